import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  COUNT_MS,
  countAt,
  gainText,
  needsExact,
  pointsText,
  widthOf,
} from "./counting.ts";

Deno.test("countAt() goes from one value to the other and no further", () => {
  strictEqual(countAt(100, 900, 0), 100);
  strictEqual(countAt(100, 900, COUNT_MS), 900);
  strictEqual(countAt(100, 900, COUNT_MS * 9), 900);
  let last = 100;
  for (let elapsed = 0; elapsed <= COUNT_MS; elapsed += 16) {
    const value = countAt(100, 900, elapsed);
    ok(value >= last && value <= 900 && Number.isInteger(value));
    last = value;
  }
});

Deno.test("countAt() counts down where points were taken away", () => {
  const half = countAt(900, 100, COUNT_MS / 2);
  ok(half < 900 && half > 100);
});

Deno.test("pointsText() writes all digits to 99,999,999, then M and B", () => {
  deepStrictEqual(
    [
      0,
      999,
      1234567,
      -1234,
      99_999_999,
      100_000_000,
      123_456_789,
      7_010_000_000,
    ]
      .map((points) => pointsText(points)),
    [
      "0",
      "999",
      "1,234,567",
      "-1,234",
      "99,999,999",
      "100.00M",
      "123.45M",
      "7.01B",
    ],
  );
});

Deno.test("needsExact() is so where two scores would read the same", () => {
  const close = [123_456_789, 123_456_788];
  ok(needsExact(close));
  strictEqual(new Set(close.map((each) => pointsText(each, true))).size, 2);
  ok(!needsExact([123_456_789, 123_456_789, 5, 4]));
});

Deno.test("widthOf() knows digits, signs and letters", () => {
  ok(widthOf("12,345") < widthOf("123,456"));
  ok(widthOf("1,1") < widthOf("111"));
  ok(widthOf("11M") > widthOf("111"));
});

Deno.test("gainText() is short enough to stand beside a row", () => {
  deepStrictEqual(
    [5, 12_480, 99_999, 123_999, 1_250_000, 999_900_000, 2_000_000_000]
      .map(gainText),
    ["5", "12,480", "99,999", "123K", "1.2M", "999M", "2B"],
  );
});
