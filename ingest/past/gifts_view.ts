/**
 * The gifts that came in a session.
 *
 * @module
 */
import type { Session } from "@/core/session.ts";
import type { SeenGift } from "@/core/shapes/history.ts";

/** How many are told. */
const MOST = 100;

/** Those that came most often first. */
export function giftsOf({ tallies }: Session): SeenGift[] {
  const seen = new Map<string, SeenGift>();
  for (const { gifts } of tallies.values()) {
    for (const [giftId, { name, diamonds, units }] of gifts ?? []) {
      const before = seen.get(giftId)?.units ?? 0;
      seen.set(giftId, { giftId, name, diamonds, units: before + units });
    }
  }
  return [...seen.values()].sort((a, b) => b.units - a.units).slice(0, MOST);
}
