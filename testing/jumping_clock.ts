/**
 * A machine whose wall clock is set again and again: `Date` jumps ten minutes
 * back and forth, and by less, while timers and `performance.now()` go on as
 * they are. It is preloaded, so that any test runs over it:
 *
 * ```sh
 * deno test -c deno.test.json -A --preload=testing/jumping_clock.ts ingest
 * ```
 *
 * `CLOCK_SEED` gives other jumps.
 *
 * @module
 */
import { createSeeded } from "@/core/seeded.ts";

/** How far the clock is set, in ms; each look at it finds one of them. */
const OFFSETS = [-600_000, -60_000, -200, 0, 200, 60_000, 600_000];

const seeded = createSeeded(Number(Deno.env.get("CLOCK_SEED") ?? 1));
const realNow = Date.now;

Date.now = () => realNow() + seeded.pick(OFFSETS);
globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) =>
    Reflect.construct(target, args.length === 0 ? [Date.now()] : args, self),
});
