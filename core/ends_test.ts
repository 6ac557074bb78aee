import { strictEqual } from "node:assert";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { createEnds } from "./ends.ts";

const MINUTE = 60_000;

Deno.test("isOver() lets nothing last longer or shorter, however the clock is set", async () => {
  for (const jump of [-600_000, 600_000]) {
    const clock = createFakeClock();
    const ends = createEnds(clock);
    const endsAt = clock.wall() + MINUTE;
    strictEqual(ends.isOver("lock", endsAt, MINUTE), false);
    clock.jump(jump);
    await clock.advance(MINUTE - 1);
    strictEqual(ends.isOver("lock", endsAt, MINUTE), false);
    await clock.advance(1);
    strictEqual(ends.isOver("lock", endsAt, MINUTE), true);
  }
});

Deno.test("isOver() leaves of an end of another process at most its full length", async () => {
  const clock = createFakeClock();
  const endsAt = clock.wall() + MINUTE;
  clock.jump(-600_000);
  const ends = createEnds(clock);
  strictEqual(ends.isOver("lock", endsAt, MINUTE), false);
  await clock.advance(MINUTE - 1);
  strictEqual(ends.isOver("lock", endsAt, MINUTE), false);
  await clock.advance(1);
  strictEqual(ends.isOver("lock", endsAt, MINUTE), true);
});

Deno.test("isOver() knows an end that came while nobody looked", () => {
  const clock = createFakeClock();
  const ends = createEnds(clock);
  strictEqual(ends.isOver("lock", clock.wall() - 1, MINUTE), true);
});
