import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { backoff, lookAgain } from "./pauses.ts";
import { createSignLimit } from "./sign_limit.ts";

Deno.test("backoff() begins at 5 to 10 s and never waits longer than 125 s", () => {
  deepStrictEqual([backoff(0, 0), backoff(0, 1)], [5_000, 10_000]);
  deepStrictEqual([backoff(1_000, 0), backoff(1_000, 1)], [5_000, 125_000]);
});

Deno.test("lookAgain() waits 60 to 180 s", () => {
  deepStrictEqual([lookAgain(0), lookAgain(1)], [60_000, 180_000]);
});

Deno.test("createSignLimit() slides: five in any minute, not in each", () => {
  let now = 0;
  const limit = createSignLimit(() => now);
  const taken: number[] = [];
  for (now = 0; now < 300_000; now += 1_000) {
    if (limit.take() === 0) taken.push(now);
  }
  for (const at of taken) {
    ok(taken.filter((t) => t > at - 60_000 && t <= at).length <= 5);
  }
  strictEqual(taken.length, 25);
});

Deno.test("createSignLimit() says how long to wait", () => {
  let now = 0;
  const limit = createSignLimit(() => now);
  for (now = 0; now < 5_000; now += 1_000) strictEqual(limit.take(), 0);
  strictEqual(limit.take(), 55_000);
  now = 59_999;
  strictEqual(limit.take(), 1);
  now = 60_000;
  strictEqual(limit.take(), 0);
});
