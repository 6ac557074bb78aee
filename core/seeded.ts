/**
 * Chance that a seed decides: the same seed gives the same choices. For
 * rehearsals and tests; draws for a prize use a strong source instead.
 *
 * @module
 */

/** Random choices; the same seed gives the same ones. */
export interface Seeded {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** Puts a list into another order, in place. */
  shuffle<T>(list: T[]): void;
}

/** Mulberry32: 32 bits of state, good enough to look random. */
export function createSeeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) =>
    low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick(list) {
      if (list.length === 0) {
        throw new RangeError("Cannot pick: the list is empty");
      }
      return list[between(0, list.length - 1)]!;
    },
    shuffle(list) {
      for (let i = list.length - 1; i > 0; i--) {
        const j = between(0, i);
        [list[i], list[j]] = [list[j]!, list[i]!];
      }
    },
  };
}
