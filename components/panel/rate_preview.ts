/**
 * What the rates the host is typing would give, before they count. The same
 * arithmetic as `core/rates.ts`, whose schemas would bring a validator into
 * the browser; the test beside this holds the two together.
 *
 * @module
 */
import type { Bounds, Limits } from "@/core/limits.ts";
import type { Rates } from "@/core/rates.ts";

/** Points for gift units of one price. */
export function previewGift(
  rates: Rates,
  units: number,
  diamonds: number,
): number {
  const tier = rates.gifts.find((t) => t.upTo === null || diamonds <= t.upTo);
  return units * diamonds * (tier?.times ?? 0);
}

/** Whole points that so many likes give. */
export function previewLikes(likes: number, likesForAPoint: number): number {
  return Math.floor(likes / likesForAPoint);
}

/** Whether the game would take these rates. */
export function ratesAreGood(rates: Rates, limits: Limits): boolean {
  const { likes, gifts, comment, follow, share } = rates;
  return [likes.follower, likes.other].every((n) =>
    within(n, limits.likesForAPoint)
  ) &&
    [comment, follow, share].every((n) => within(n, limits.pointsForEach)) &&
    within(gifts.length, limits.tiers) &&
    gifts.every((tier, i) => isGoodTier(tier, gifts[i - 1], limits)) &&
    gifts.findIndex(({ upTo }) => upTo === null) === gifts.length - 1;
}

type Tier = Rates["gifts"][number];

/** Whether it fits and is above the one before. */
function isGoodTier(
  { upTo, times }: Tier,
  before: Tier | undefined,
  { tierPrice, tierTimes }: Limits,
): boolean {
  return within(times, tierTimes) &&
    (upTo === null ||
      within(upTo, tierPrice) && upTo > (before?.upTo ?? -1));
}

function within(n: number, { min, max }: Bounds): boolean {
  return Number.isInteger(n) && n >= min && n <= max;
}
