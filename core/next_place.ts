/**
 * What a viewer lacks to the place above, in likes and in gifts, under the
 * rates and the boost in force.
 *
 * @module
 */
import { boostOf } from "./boost.ts";
import { giftPoints } from "./rates.ts";
import type { Session, Tally } from "./session.ts";

/** Kinds of gifts that are named. */
const GIFTS = 3;

/** The viewer above, and what is missing to pass them. */
export interface Missing {
  above: Tally;
  /** Points; equal ones leave the one ahead who got there first. */
  points: number;
  likes: number;
  /** Each alone; null for a name where it is any gift of this price. */
  gifts: { name: string | null; diamonds: number; units: number }[];
}

/**
 * What is missing to the next place; null for the first and those who are not
 * on the board.
 *
 * @param now Unix ms.
 */
export function missingToNext(
  session: Session,
  tally: Tally,
  now: number,
): Missing | null {
  const rank = session.order.rankOf(tally);
  if (rank === null || rank === 1) return null;
  const above = session.order.slice(rank - 2, 1)[0]!;
  const points = above.points - tally.points + 1;
  return {
    ...{ above, points },
    likes: likesFor(session, tally, points, now),
    gifts: giftsFor(session, tally, points, now),
  };
}

/** Likes that bring so many points, with what is carried. */
function likesFor(
  { controls, parts }: Session,
  { viewer, carried }: Tally,
  points: number,
  now: number,
): number {
  const { follower, other } = controls.rates.likes;
  const each = parts / (viewer.follower ? follower : other) *
    boostOf(controls.boost, "likes", now);
  return Math.ceil((points * parts - carried) / each);
}

/** Gifts of kinds that this viewer has given, else of one diamond. */
function giftsFor(
  { controls }: Session,
  { gifts }: Tally,
  points: number,
  now: number,
): Missing["gifts"] {
  const { rates, boost } = controls;
  const known = [...gifts?.values() ?? []]
    .filter(({ diamonds }) => diamonds > 0)
    .sort((a, b) => a.diamonds - b.diamonds)
    .slice(0, GIFTS);
  const kinds: { name: string | null; diamonds: number }[] = known.length > 0
    ? known
    : [{ name: null, diamonds: 1 }];
  return kinds.flatMap(({ name, diamonds }) => {
    const each = giftPoints(rates, 1, diamonds) *
      boostOf(boost, "gifts", now);
    return each > 0
      ? [{ name, diamonds, units: Math.ceil(points / each) }]
      : [];
  });
}
