/**
 * The machine's clocks and its chance: the one place that reads them for what
 * takes them as arguments, so that a test can let an hour pass in a moment.
 *
 * @module
 */
import type { Clock as Time } from "@/core/clock.ts";

/** What a loop needs of time and chance. */
export interface Clock extends Time {
  /** From 0 up to, but not including, 1. */
  random(): number;
}

/** Timers hold 32 bits of ms; a longer wait is cut to this. */
const LONGEST_MS = 2 ** 31 - 1;

/** The machine's own. */
export const systemClock: Clock = {
  wall: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  after(ms, signal) {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(ms, LONGEST_MS));
      signal.addEventListener("abort", wake);
    });
  },
};

let waiting = 0;

/** The end of this turn of the event loop: a timer would take a whole ms. */
export function turn(): Promise<void> {
  waiting++;
  return new Promise((resolve) =>
    setImmediate(() => {
      waiting--;
      resolve();
    })
  );
}

/** How many wait for the end of this turn: whoever lets time pass waits, too. */
export function waitingTurns(): number {
  return waiting;
}
