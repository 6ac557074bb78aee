import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { COUNT_MS, countAt, pointsText } from "./counting.ts";

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

Deno.test("pointsText() groups digits and shortens what is huge", () => {
  deepStrictEqual(
    [0, 999, 1000, 1234567, -1234, 9999999, 10_000_000, 123_456_789]
      .map(pointsText),
    [
      "0",
      "999",
      "1,000",
      "1,234,567",
      "-1,234",
      "9,999,999",
      "10.00M",
      "123.45M",
    ],
  );
});
