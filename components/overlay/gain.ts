/**
 * The “+240” beside points that have jumped. A gift jumps, likes trickle: only
 * a jump shows a gain, and jumps that follow each other (a combo) add up.
 *
 * @module
 */

/** From how many points at once: the smallest gift under the usual rates. */
const JUMP = 5;
/** How long a gain stays after its last jump. */
export const GAIN_MS = 1400;

/** What a row has gained in one go. */
export interface Gain {
  points: number;
  /** Milliseconds of the same clock as `at`. */
  until: number;
}

/** The gain to show after points changed by `change`, or null. */
export function gainAfter(
  gain: Gain | null,
  change: number,
  at: number,
): Gain | null {
  const running = gain && gain.until > at ? gain : null;
  if (change < JUMP) return change < 0 ? null : running;
  return { points: (running?.points ?? 0) + change, until: at + GAIN_MS };
}
