/**
 * The arithmetic of points. Separate from the session so that the panel's
 * preview and the game count with the same few lines.
 *
 * Likes are counted in parts of a point. With the default rates a point has 30
 * parts: a follower's like is 3 of them (10 likes a point), another viewer's 2
 * (15 likes a point). Whole parts can be added in any order and grouping and
 * always give the same points; a fraction could not.
 *
 * @module
 */
import { type Bounds, LIMITS } from "./limits.ts";
import type { Rates } from "./shapes/rates.ts";

/** The rates a new session starts with. */
export const DEFAULT_RATES: Rates = {
  likes: { follower: 10, other: 15 },
  gifts: [
    { upTo: 4, times: 5 },
    { upTo: 9, times: 6 },
    { upTo: 19, times: 7 },
    { upTo: 49, times: 8 },
    { upTo: 99, times: 10 },
    { upTo: 299, times: 15 },
    { upTo: 999, times: 20 },
    { upTo: null, times: 30 },
  ],
  comment: 0,
  follow: 0,
  share: 0,
};

/** Whether the game takes these rates: what the schema holds them to. */
export function ratesAreGood(rates: Rates): boolean {
  const { likes, gifts, comment, follow, share } = rates;
  return isWithin(gifts.length, LIMITS.tiers) &&
    [likes.follower, likes.other].every((n) =>
      isWithin(n, LIMITS.likesForAPoint)
    ) &&
    [comment, follow, share].every((n) => isWithin(n, LIMITS.pointsForEach)) &&
    gifts.every(({ upTo, times }, i) =>
      isWithin(times, LIMITS.tierTimes) &&
      (upTo === null || isWithin(upTo, LIMITS.tierPrice)) &&
      faultOfTier(gifts, i) === null
    );
}

/** What is wrong with the place of a step among its like, or null. */
export function faultOfTier(tiers: Rates["gifts"], i: number): string | null {
  const isLast = i === tiers.length - 1;
  const { upTo } = tiers[i]!;
  if (isLast !== (upTo === null)) {
    return isLast
      ? "The last tier has no limit: upTo must be null"
      : "Only the last tier may have no limit";
  }
  const before = tiers[i - 1]?.upTo ?? null;
  return upTo !== null && before !== null && upTo <= before
    ? `Tiers ascend: ${upTo} does not come after ${before}`
    : null;
}

function isWithin(n: number, { min, max }: Bounds): boolean {
  return Number.isInteger(n) && n >= min && n <= max;
}

/** The largest number of parts a point may be divided into. */
export const MAX_PARTS = 1_000_000_000;

/**
 * Points for gift units of one price.
 *
 * @param units How many units, whole, 0 or more.
 * @param diamonds Price of one unit.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(giftPoints(DEFAULT_RATES, 10, 1), 50); // ten roses
 * ```
 */
export function giftPoints(
  rates: Rates,
  units: number,
  diamonds: number,
): number {
  return units * diamonds * timesFor(rates, diamonds);
}

/** Points for one diamond of a gift whose unit costs `diamonds`. */
export function timesFor(rates: Rates, diamonds: number): number {
  const tier = rates.gifts.find((t) => t.upTo === null || diamonds <= t.upTo);
  if (!tier) {
    throw new RangeError(
      `Cannot price a gift: no tier covers ${diamonds} diamonds`,
    );
  }
  return tier.times;
}

/**
 * Units of a combo that no earlier message has counted.
 *
 * TikTok repeats a combo's message with a growing total, skips numbers, may let
 * messages overtake each other and sometimes never sends the closing one, so
 * the growth is counted and the end is not waited for.
 *
 * @param counted Units counted so far; 0 for a new combo.
 * @param repeatCount TikTok's running total, from 1.
 * @returns Units to add. A late, smaller total adds 0.
 * @see {@link https://github.com/zerodytrash/TikTok-Live-Connector/issues/74}
 */
export function newUnits(counted: number, repeatCount: number): number {
  return Math.max(0, repeatCount - counted);
}

/** Parts of a point that every like of these rates is a whole number of. */
export function partsOf(rates: Rates): number {
  return leastCommonMultiple(rates.likes.follower, rates.likes.other);
}

/** The smallest whole number that both divide. Both are whole and positive. */
export function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/**
 * Adds likes to what a viewer carries.
 *
 * @param carried Parts carried so far, below `parts`; below 0 where likes are
 * owed.
 * @param likes How many likes.
 * @param likesForAPoint The rate that holds for this viewer now.
 * @param parts Parts in a point; a multiple of `likesForAPoint`.
 * @returns Whole points gained, and the parts carried on.
 */
export function addLikes(
  carried: number,
  likes: number,
  likesForAPoint: number,
  parts: number,
): { points: number; carried: number } {
  const sum = carried + likes * (parts / likesForAPoint);
  if (sum < 0) return { points: 0, carried: sum };
  const rest = sum % parts;
  return { points: (sum - rest) / parts, carried: rest };
}
