/**
 * A clock that a test of the overlay turns.
 *
 * @module
 */
import type { Timing } from "@/components/overlay/pace.ts";

/** Time that stands until it is turned, and one timer. */
export function turned(): Timing & { turn(ms: number): void } {
  let now = 0;
  let due: { at: number; call: () => void } | null = null;
  return {
    now: () => now,
    after(ms, call) {
      const mine = due = { at: now + ms, call };
      return () => {
        if (due === mine) due = null;
      };
    },
    turn(ms) {
      const end = now + ms;
      while (due && due.at <= end) {
        const { at, call } = due;
        due = null;
        now = at;
        call();
      }
      now = end;
    },
  };
}
