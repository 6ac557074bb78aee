/**
 * Boosts: for a while points count more than once.
 *
 * @module
 */
import type { BoostOf } from "./shapes/rounds.ts";

/** A boost and when it holds, Unix ms. */
export interface Boost {
  times: number;
  of: BoostOf;
  from: number;
  until: number;
}

/** What likes or gifts are multiplied by at a time; 1 without a boost. */
export function boostOf(
  boost: Boost | null,
  what: "likes" | "gifts",
  at: number,
): number {
  if (boost === null || at < boost.from || at >= boost.until) return 1;
  return boost.of === "all" || boost.of === what ? boost.times : 1;
}
