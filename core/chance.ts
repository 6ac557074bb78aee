/**
 * Chance, as a port: whoever draws, names or numbers something takes it as an
 * argument, so that a seed can decide instead.
 *
 * @module
 */

/** Where chance comes from. */
export interface Chance {
  /** A whole number from 0 to below `n` (1 to 2^32), all equally likely. */
  choose(n: number): number;
  /** A name that nothing else has. */
  name(): string;
}

/** Digits of an id that are left to chance, 5 bits each. */
const DIGITS = 12;

/**
 * An id for a session: time first, so that ids sort by age; 60 random bits.
 *
 * @param now Unix ms.
 */
export function newId(now: number, { choose }: Chance): string {
  const digits = Array.from({ length: DIGITS }, () => choose(32).toString(32));
  return now.toString(32) + digits.join("");
}
