/**
 * What the rates the host is typing would give, before they count. The same
 * arithmetic as `core/rates.ts`, whose schemas would bring a validator into
 * the browser; the test beside this holds the two together.
 *
 * @module
 */
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
export function ratesAreGood(rates: Rates): boolean {
  const { likes, gifts, comment, follow, share } = rates;
  return within(likes.follower, 1, 1_000) && within(likes.other, 1, 1_000) &&
    [comment, follow, share].every((n) => within(n, 0, 1_000_000)) &&
    gifts.length >= 1 && gifts.length <= 20 && gifts.every(isGoodTier);
}

function isGoodTier(
  tier: Rates["gifts"][number],
  i: number,
  tiers: Rates["gifts"],
): boolean {
  if (!within(tier.times, 0, 1_000)) return false;
  if (i === tiers.length - 1) return tier.upTo === null;
  const before = tiers[i - 1]?.upTo ?? -1;
  return tier.upTo !== null && within(tier.upTo, 0, 1_000_000) &&
    tier.upTo > before;
}

function within(n: number, least: number, most: number): boolean {
  return Number.isInteger(n) && n >= least && n <= most;
}
