/**
 * The “+240” beside a row whose points have jumped. A gift jumps, likes
 * trickle: only a jump shows a gain, and jumps that follow each other (a combo)
 * add up.
 *
 * @module
 */

/** From how many points at once: the smallest gift under the usual rates. */
const JUMP = 5;
/** How long a gain stays after its first jump. */
export const GAIN_MS = 1400;
/** More at a time nobody reads. */
const MOST = 2;

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
  return {
    points: (running?.points ?? 0) + change,
    until: running?.until ?? at + GAIN_MS,
  };
}

/** Keeps the largest gains and drops the others. */
export function largestGains<T extends { gain: Gain | null }>(all: T[]): T[] {
  const shown = all.filter(({ gain }) => gain !== null);
  if (shown.length <= MOST) return all;
  const kept = shown
    .sort((a, b) => b.gain!.points - a.gain!.points)
    .slice(0, MOST);
  return all.map((each) =>
    each.gain === null || kept.includes(each) ? each : { ...each, gain: null }
  );
}
