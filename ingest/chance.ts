/**
 * Chance for draws, from the system's strong random source.
 *
 * @module
 */

/** A whole number from 0 to below `n` (1 to 2^32), all equally likely. */
export function choose(n: number): number {
  // Numbers above the last whole multiple of n would favour the low ones.
  const limit = Math.floor(2 ** 32 / n) * n;
  const drawn = new Uint32Array(1);
  do crypto.getRandomValues(drawn); while (drawn[0]! >= limit);
  return drawn[0]! % n;
}

/** An id for a session: time first, so that ids sort by age; 60 random bits. */
export function newId(now: number): string {
  const random = crypto.getRandomValues(new Uint8Array(12));
  const digits = Array.from(random, (byte) => (byte & 31).toString(32));
  return now.toString(32) + digits.join("");
}
