/**
 * How many events come a second, for the health report.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";

/** Seconds that the rate is taken over. */
const SECONDS = 10;

/** Counts events by the second. */
export function createPulse(clock: Clock) {
  const counts = new Array<number>(SECONDS).fill(0);
  let second = Math.floor(clock.elapsed() / 1000);
  let last: number | null = null;

  /** Empties the places of seconds that have passed without an event. */
  function turn() {
    const current = Math.floor(clock.elapsed() / 1000);
    for (
      let s = Math.max(second + 1, current - SECONDS + 1);
      s <= current;
      s++
    ) {
      counts[s % SECONDS] = 0;
    }
    second = Math.max(second, current);
  }

  return {
    beat(events: number) {
      turn();
      counts[second % SECONDS]! += events;
      last = clock.wall();
    },
    /** Events a second, over the last ten. */
    perSecond() {
      turn();
      return counts.reduce((sum, n) => sum + n, 0) / SECONDS;
    },
    /** Unix ms of the last event, or null. */
    last: () => last,
  };
}
