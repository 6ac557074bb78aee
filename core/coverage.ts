/**
 * What TikTok did not attribute: it names only a part of the likes, and the
 * others could have decided who is first.
 *
 * @module
 */
import type { Rates } from "./shapes/rates.ts";

/** Likes with a name, and how much the room's own total has grown. */
interface Named {
  namedLikes: number;
  roomLikes: number;
}

/** The likes without a name, and how many points they could be at most. */
export interface Unnamed {
  likes: number;
  points: number;
}

/**
 * The likes without a name, where they could have decided between the first
 * two; null where not.
 *
 * @param rows The first rows of the board.
 */
export function couldDecide(
  rows: readonly { points: number }[],
  counts: Named | null,
  rates: Rates,
): Unnamed | null {
  const [first, second] = rows;
  if (!first || !second || !counts) return null;
  const likes = counts.roomLikes - counts.namedLikes;
  const { follower, other } = rates.likes;
  const points = Math.floor(likes / Math.min(follower, other));
  return points > 0 && first.points - second.points <= points
    ? { likes, points }
    : null;
}
