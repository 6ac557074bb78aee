import { deepStrictEqual as equal, strictEqual } from "node:assert";
import { idleFrame } from "@/core/frame.ts";
import { clockText, leftAt, untilNextSecond } from "./clock.ts";

const NOW = 1_790_000_000_000;
const round = {
  ...{ number: 1, by: "viewer" as const, overtime: 0, target: null },
  ...{ endsAt: NOW + 61_500, left: null },
};
const open = { ...idleFrame(NOW), phase: "open" as const, round };

Deno.test("leftAt() tells the seconds by the server's clock, and none where nothing runs", () => {
  equal(leftAt(open, NOW), { round: 62, boost: null });
  equal(leftAt(open, NOW + 61_500), { round: 0, boost: null });
  equal(leftAt(open, NOW + 90_000), { round: 0, boost: null });
  const boost = { times: 2, of: "all" as const, until: NOW + 2_000 };
  equal(leftAt({ ...open, boost }, NOW).boost, 2);
  const still = { ...round, endsAt: null, left: 30_000 };
  const paused = { ...open, phase: "paused" as const, round: still };
  equal(leftAt(paused, NOW + 5_000).round, 30);
  equal(leftAt({ ...open, phase: "frozen" }, NOW).round, null);
  equal(leftAt(idleFrame(NOW), NOW), { round: null, boost: null });
});

Deno.test("untilNextSecond() wakes when a second changes, and not in a pause", () => {
  strictEqual(untilNextSecond(open, NOW), 500);
  strictEqual(untilNextSecond(open, NOW + 500), 1_000);
  strictEqual(untilNextSecond({ ...open, phase: "paused" }, NOW), Infinity);
  strictEqual(untilNextSecond(idleFrame(NOW), NOW), Infinity);
});

Deno.test("clockText() is minutes and seconds", () => {
  equal([0, 9, 75, 7_200].map(clockText), ["0:00", "0:09", "1:15", "120:00"]);
});
