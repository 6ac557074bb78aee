import { deepStrictEqual, strictEqual } from "node:assert";
import { GAIN_MS, gainAfter, largestGains } from "./gain.ts";

Deno.test("gainAfter() shows a jump and lets likes trickle", () => {
  deepStrictEqual(gainAfter(null, 240, 1000), {
    points: 240,
    until: 1000 + GAIN_MS,
  });
  strictEqual(gainAfter(null, 4, 1000), null);
});

Deno.test("gainAfter() adds up a combo, and starts anew after a pause", () => {
  const first = gainAfter(null, 50, 1000);
  const second = gainAfter(first, 50, 1500);
  deepStrictEqual(second, { points: 100, until: 1000 + GAIN_MS });
  deepStrictEqual(gainAfter(second, 50, 9000)?.points, 50);
  deepStrictEqual(gainAfter(second, 1, 1600), second);
});

Deno.test("gainAfter() shows nothing when points are taken away", () => {
  strictEqual(gainAfter({ points: 50, until: 5000 }, -10, 1000), null);
});

Deno.test("largestGains() leaves two, the largest", () => {
  const all = [30, 10, 20].map((points) => ({ gain: { points, until: 1 } }));
  deepStrictEqual(
    largestGains([...all, { gain: null }]).map(({ gain }) => gain?.points),
    [30, undefined, 20, undefined],
  );
});
