/**
 * Chance from the system's strong random source: the one place that asks it,
 * for what takes chance as an argument.
 *
 * @module
 */
import type { Chance } from "@/core/chance.ts";

/** A whole number from 0 to below `n` (1 to 2^32), all equally likely. */
function choose(n: number): number {
  // Numbers above the last whole multiple of n would favour the low ones.
  const limit = Math.floor(2 ** 32 / n) * n;
  const drawn = new Uint32Array(1);
  do crypto.getRandomValues(drawn); while (drawn[0]! >= limit);
  return drawn[0]! % n;
}

/** The machine's own. */
export const systemChance: Chance = {
  choose,
  name: () => crypto.randomUUID(),
};
