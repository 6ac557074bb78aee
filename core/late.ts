/**
 * What was sent in time and came late, or in a pause: it earned nothing, and is
 * kept so that the host may count it, by the rates, the boost and the team of
 * the moment of the close.
 *
 * @module
 */
import { type Boost, boostOf } from "./boost.ts";
import { addLikes, giftPoints } from "./rates.ts";
import { roundOf } from "./rounds.ts";
import type { Session, Tally } from "./session.ts";
import type { EntryOf } from "./shapes/entries.ts";
import type { Rates } from "./shapes/rates.ts";
import { gain, noPoints } from "./tallies.ts";
import { giveTeam, teamOf } from "./teams.ts";
import type { Made } from "./views.ts";

/** What came too late to one close, or in one pause. */
export interface Pot {
  /** Seq and time of the close. */
  seq: number;
  at: number;
  isPause: boolean;
  rates: Rates;
  boost: Boost | null;
  lots: Lot[];
}

/** What one viewer sent too late. */
export interface Lot {
  viewerId: string;
  team: string | null;
  /** Likes in parts of a point, of so many to a point. */
  parts: number;
  per: number;
  /** What the rest is worth; and the likes, once they were counted. */
  made: Made;
  /** Seq of its last entry: who is counted late has got there then. */
  last: number;
  /** Seq of the step that counted it; 0 while none has. */
  by: number;
  /** Seq of the step that had counted it and was taken back; else 0. */
  undone: number;
  /** What counting it added to the parts that are carried. */
  carried: number;
  /** `reached` of the viewer before it was counted. */
  before: number;
}

/** An event that may come late. */
type LateEntry = EntryOf<
  "liked" | "gifted" | "commented" | "followed" | "shared"
>;

/** Opens a pot where the game closes. */
export function openPot(session: Session, isPause: boolean): void {
  const { rates, boost } = session.controls;
  const { seq, at } = session;
  session.pots.push({ seq, at, isPause, rates, boost, lots: [] });
}

/** Keeps what an entry would have earned. */
export function keepLate(
  session: Session,
  tally: Tally,
  entry: LateEntry,
  isRepeated = false,
): void {
  const pot = session.pots.at(-1);
  const isOurs = entry.idle === "paused"
    ? pot?.isPause
    : entry.idle === "late" && entry.inTime;
  if (!pot || !isOurs) return;
  const lot = lotOf(session, pot, tally);
  lot.last = entry.seq;
  const { rates, boost } = pot;
  const at = pot.at - 1; // the last moment that counted
  switch (entry.type) {
    case "liked": {
      const { follower } = tally.viewer;
      const rate = follower ? rates.likes.follower : rates.likes.other;
      const { parts } = session;
      lot.parts = lot.parts * (parts / lot.per) +
        entry.count * (parts / rate) * boostOf(boost, "likes", at);
      lot.per = parts;
      return;
    }
    case "gifted":
      lot.made.gifts += giftPoints(rates, entry.units, entry.diamonds) *
        boostOf(boost, "gifts", at);
      return;
    case "commented":
      if (!isRepeated) lot.made.comments += rates.comment;
      return;
    case "followed":
      lot.made.follows += once(tally, "follows", rates.follow, lot);
      return;
    case "shared":
      lot.made.shares += once(tally, "shares", rates.share, lot);
  }
}

/** A follow earns once for a viewer and session; so does a share. */
function once(
  tally: Tally,
  of: "follows" | "shares",
  points: number,
  { made }: Lot,
): number {
  const has = of === "follows" ? tally.followed : tally.shared;
  return has || made[of] > 0 ? 0 : points;
}

function lotOf(session: Session, { lots }: Pot, tally: Tally): Lot {
  const team = teamOf(session, tally);
  const known = lots.find((lot) =>
    lot.viewerId === tally.id && lot.team === team && lot.by === 0 &&
    lot.undone === 0
  );
  if (known) return known;
  const lot: Lot = {
    ...{ viewerId: tally.id, team, parts: 0, per: session.parts },
    ...{ made: noPoints(), last: 0, by: 0, undone: 0 },
    ...{ carried: 0, before: 0 },
  };
  lots.push(lot);
  return lot;
}

/** What can be counted now: of the round that is played, of one viewer or all. */
export function lotsToCount(session: Session, viewerId?: string): Lot[] {
  const since = roundOf(session)?.seq ?? 0;
  return session.pots.filter(({ seq }) => seq >= since)
    .flatMap(({ lots }) => lots)
    .filter((lot) =>
      lot.by === 0 && (viewerId === undefined || lot.viewerId === viewerId)
    );
}

/** The lots that a step has counted. */
export function lotsCountedBy({ pots }: Session, step: number): Lot[] {
  return pots.flatMap(({ lots }) => lots).filter(({ by }) => by === step);
}

/** The lots that a step had counted, before it was taken back. */
export function lotsTakenBackOf({ pots }: Session, step: number): Lot[] {
  return pots.flatMap(({ lots }) => lots)
    .filter(({ by, undone }) => by === 0 && undone === step);
}

/** What counting lots would give a viewer. */
export interface Worth {
  points: number;
  /** Seq of the last entry of them: the viewer has got there then. */
  last: number;
}

/** What lots would give if they were counted now. */
export function worthOf(session: Session, lots: Lot[]): number {
  let sum = 0;
  for (const { points } of worthByViewer(session, lots).values()) sum += points;
  return sum;
}

/** The same by viewer: likes of several lots may make a point together. */
export function worthByViewer(
  session: Session,
  lots: Lot[],
): Map<string, Worth> {
  const carried = new Map<string, number>();
  const worth = new Map<string, Worth>();
  for (const lot of lots) {
    const { viewerId } = lot;
    const before = carried.get(viewerId) ??
      session.tallies.get(viewerId)!.carried;
    const added = addParts(before, lot, session.parts);
    carried.set(viewerId, added.carried);
    const { points, last } = worth.get(viewerId) ?? { points: 0, last: 0 };
    worth.set(viewerId, {
      points: points + added.points + pointsOf(lot),
      last: Math.max(last, lot.last),
    });
  }
  return worth;
}

/** What a lot is worth, or has given. */
export function pointsOf({ made }: Lot): number {
  return Object.values(made).reduce((sum, points) => sum + points, 0);
}

function addParts(carried: number, lot: Lot, parts: number) {
  const more = lot.parts * (parts / lot.per);
  return addLikes(carried + more, 0, parts, parts);
}

/** Gives what a lot is worth; the points. */
export function countLot(session: Session, lot: Lot, by: number): number {
  const tally = session.tallies.get(lot.viewerId)!;
  const added = addParts(tally.carried, lot, session.parts);
  lot.made.likes = added.points;
  lot.carried = added.carried - tally.carried;
  lot.parts *= session.parts / lot.per;
  lot.per = session.parts;
  Object.assign(lot, { by, undone: 0 });
  lot.before = tally.reached;
  tally.carried = added.carried;
  const points = move(session, lot, 1);
  // They got there when it came.
  if (points > 0) tally.reached = Math.max(lot.before, lot.last);
  if (lot.made.follows > 0) tally.followed = true;
  if (lot.made.shares > 0) tally.shared = true;
  return points;
}

/** Takes just that back; likes may be owed after it. */
export function uncountLot(session: Session, lot: Lot): number {
  const tally = session.tallies.get(lot.viewerId)!;
  const { parts } = session;
  // A point that other likes have completed since is not taken.
  const rest = addLikes(
    tally.carried - lot.carried * (parts / lot.per),
    ...[0, parts, parts] as const,
  );
  lot.made.likes -= rest.points;
  tally.carried = rest.carried;
  const { reached } = tally;
  const points = move(session, lot, -1);
  const hasMoved = reached !== Math.max(lot.before, lot.last);
  if (points !== 0) tally.reached = hasMoved ? reached : lot.before;
  Object.assign(lot, { by: 0, undone: lot.by, carried: 0 });
  lot.made.likes = 0;
  return points;
}

function move(session: Session, lot: Lot, sign: 1 | -1): number {
  const tally = session.tallies.get(lot.viewerId)!;
  const { seq } = session;
  let sum = 0;
  for (const [from, points] of Object.entries(lot.made)) {
    gain(session, tally, from as keyof Made, { seq, points: sign * points });
    sum += sign * points;
  }
  if (lot.team !== null) giveTeam(session, lot.team, { seq, points: sum });
  session.order.touch(tally);
  return sum;
}
