/**
 * Chance that a seed decides, for tests that want disorder and the same
 * disorder again.
 *
 * @module
 */

/** Random choices; the same seed gives the same ones. */
export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** Puts a list into another order, in place. */
  shuffle<T>(list: T[]): void;
}

/** Mulberry32: 32 bits of state, good enough for tests. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    shuffle(list) {
      for (let i = list.length - 1; i > 0; i--) {
        const j = Math.floor(next() * (i + 1));
        [list[i], list[j]] = [list[j]!, list[i]!];
      }
    },
  };
}
