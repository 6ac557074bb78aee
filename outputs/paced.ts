/**
 * A step that is asked for more often than it may be done.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";

/** Runs `step` at once when asked, and then at most once in `ms`, unless 0. */
export function paced(
  clock: Clock,
  ms: number,
  step: () => void,
): { ask(): void; stop(): void } {
  let callOff: (() => void) | null = null;
  let asked = false;
  const run = () => {
    asked = false;
    callOff = callAfter(clock, ms, () => {
      callOff = null;
      if (asked) run();
    });
    step();
  };
  return {
    ask() {
      if (ms === 0) return step();
      asked = true;
      if (!callOff) run();
    },
    stop() {
      callOff?.();
      callOff = null;
      asked = false;
    },
  };
}
