import { strictEqual } from "node:assert";
import { runningTime, secondsLeft } from "./clock.ts";

Deno.test("secondsLeft() shows each second for a second and ends at 0", () => {
  strictEqual(secondsLeft(5_000, 0), 5);
  strictEqual(secondsLeft(5_000, 1), 5);
  strictEqual(secondsLeft(5_000, 4_001), 1);
  strictEqual(secondsLeft(5_000, 5_000), 0);
  strictEqual(secondsLeft(5_000, 9_000), 0);
});

Deno.test("runningTime() shows hours only once there are any", () => {
  strictEqual(runningTime(761_900), "12:41");
  strictEqual(runningTime(3_761_000), "1:02:41");
  strictEqual(runningTime(-5), "00:00");
});
