/**
 * What one viewer holds, and how it grows: points that stay exact, comments by
 * their text.
 *
 * @module
 */
import type { Viewer } from "./shapes/events.ts";
import type { CommentRow, Standing as StandingRow } from "./ports.ts";
import { leastCommonMultiple, partsOf } from "./rates.ts";
import type { Rates } from "./shapes/rates.ts";
import { isOnBoard } from "./session.ts";
import type { Session, Tally } from "./session.ts";
import type { Made } from "./views.ts";

/**
 * Above so many points or diamonds a viewer, or the session, earns no more: one
 * event brings 10^15 at most (a million units of a million diamonds, times
 * 1,000) and the host as many, so that every sum stays below 2^53 and exact.
 */
export const FULL = 5e15;
/** Most that a viewer may have been given, or had taken, by hand. */
export const MAX_ADJUSTED = 1e15;

/** The tally of the viewer an entry is about, with the details it brings. */
export function meet(
  session: Session,
  entry: { seq: number; viewerId: string; viewer?: Viewer },
): Tally {
  const known = session.tallies.get(entry.viewerId);
  if (known) {
    if (entry.viewer) known.viewer = entry.viewer;
    return known;
  }
  if (!entry.viewer) {
    throw new RangeError(
      `Cannot apply entry ${entry.seq}: viewer ${entry.viewerId} was never introduced`,
    );
  }
  const tally = newTally(entry.viewer);
  session.tallies.set(entry.viewerId, tally);
  session.totals.viewers++;
  return tally;
}

/** A viewer who holds nothing yet. */
export function newTally(viewer: Viewer): Tally {
  return {
    id: viewer.id,
    viewer,
    points: 0,
    reached: 0,
    placed: null,
    made: noPoints(),
    likes: 0,
    carried: 0,
    diamonds: 0,
    gifts: null,
    comments: null,
    satOut: false,
    blocked: false,
    followed: false,
    shared: false,
    member: null,
  };
}

/** Points that are made of nothing. */
export function noPoints(): Made {
  return {
    ...{ likes: 0, gifts: 0, comments: 0, follows: 0, shares: 0 },
    ...{ adjusted: 0, won: 0 },
  };
}

/**
 * Adds an entry's points to what a viewer holds.
 *
 * @throws {RangeError} If less than nothing would be left, or a sum would not
 * be exact: no session does so by itself.
 */
export function gain(
  session: Session,
  tally: Tally,
  from: keyof Made,
  entry: { seq: number; points: number },
): void {
  if (entry.points === 0) return;
  if (!isCounted(session, tally)) return;
  mustStayExact(entry, tally.points + entry.points);
  mustStayExact(entry, session.totals.points + entry.points);
  tally.points += entry.points;
  tally.made[from] += entry.points;
  tally.reached = entry.seq;
  session.totals.points += entry.points;
  session.order.touch(tally);
}

/** Whether a viewer's points are counted, and not those of one alone. */
export function isCounted({ only }: Session, { id }: Tally): boolean {
  return only === null || only === id;
}

/** Refuses an entry that would make a sum negative or inexact. */
export function mustStayExact({ seq }: { seq: number }, sum: number): void {
  if (sum >= 0 && sum <= Number.MAX_SAFE_INTEGER) return;
  throw new RangeError(
    `Cannot apply entry ${seq}: a sum of ${sum} cannot be counted`,
  );
}

/** What makes a text a new one: all but spaces and spelling of its marks. */
export function distinct(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** A viewer's comment by its id (or that of a message that repeated it). */
export function commentById(
  session: Session,
  viewerId: string,
  commentId: string,
): CommentRow | undefined {
  const row = session.commentOf.get(commentId);
  return row?.viewerId === viewerId ? row : undefined;
}

/** What a viewer holds, for a live board. */
export function standingOf(
  tally: Tally,
  withViewer: boolean,
  marks: Pick<StandingRow, "team" | "wins"> = { team: null, wins: 0 },
): StandingRow {
  const { id, points, reached, satOut, blocked, likes, diamonds } = tally;
  const standing: StandingRow = {
    id,
    points,
    reached,
    onBoard: isOnBoard(tally),
    satOut,
    blocked,
    likes,
    diamonds,
    made: { ...tally.made },
    ...marks,
  };
  if (withViewer) standing.viewer = tally.viewer;
  return standing;
}

/** Lets new rates hold, with what viewers carry kept to the last part. */
export function divideParts(session: Session, rates: Rates): void {
  const parts = leastCommonMultiple(session.parts, partsOf(rates));
  const factor = parts / session.parts;
  if (factor === 1) return;
  for (const tally of session.tallies.values()) tally.carried *= factor;
  session.parts = parts;
}
