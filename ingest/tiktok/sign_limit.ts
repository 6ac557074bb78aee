/**
 * A sliding window over the requests to the signing service, which bans those
 * who ask too often. One window serves the whole process, however many times
 * the host connects and reconnects.
 *
 * @module
 */
import { systemClock } from "../clock.ts";

/** Keeps count of the requests made lately. */
export interface SignLimit {
  /** Takes a place and gives 0, or gives the ms until one is free. */
  take(): number;
}

const WINDOW_MS = 60_000;
const MOST = 5;

/**
 * A window of five requests a minute.
 *
 * @param now Ms on a clock that never goes back.
 */
export function createSignLimit(
  now: () => number = systemClock.elapsed,
): SignLimit {
  const taken: number[] = [];
  return {
    take() {
      const time = now();
      while (taken.length > 0 && time - taken[0]! >= WINDOW_MS) taken.shift();
      if (taken.length >= MOST) return Math.ceil(taken[0]! + WINDOW_MS - time);
      taken.push(time);
      return 0;
    },
  };
}

/** The window of this process. */
export const processSignLimit: SignLimit = createSignLimit();
