/**
 * Everybody from zero: what viewers and teams had is put aside, to be given
 * back where the start is taken back. What came since lies on top then.
 *
 * @module
 */
import type { Session, Tally } from "./session.ts";
import { isCounted, noPoints } from "./tallies.ts";
import type { Made } from "./views.ts";

/** How many of them can be taken back, one after the other. */
const MOST_KEPT = 3;

/** What somebody had when all were set to zero. */
export interface PutAside {
  points: number;
  reached: number;
  /** Left out for a team. */
  made?: Made;
}

/** One time that everybody was set to zero. */
export interface Zeroing {
  /** Seq of the start that did it. */
  seq: number;
  stands: boolean;
  /** By viewer; null where it cannot be taken back any more. */
  viewers: Map<string, PutAside> | null;
  teams: [id: string, had: PutAside][];
  points: number;
}

/** Seq of the last start from zero that stands; 0 for none. */
export function zeroedAt({ zeroings }: Session): number {
  return zeroings.findLast(({ stands }) => stands)?.seq ?? 0;
}

/** The start from zero that what was given at a seq lies behind; or null. */
export function zeroedSince(
  { zeroings }: Session,
  seq: number,
): Zeroing | null {
  return zeroings.find((each) => each.stands && each.seq > seq) ?? null;
}

/** Notes that everybody starts from zero here; `setZero` makes it so. */
export function openZeroing(session: Session, seq: number): void {
  const { zeroings } = session;
  // After a new step nothing that was taken back is done again.
  const standing = zeroings.filter(({ stands }) => stands);
  const kept = standing.slice(-(MOST_KEPT - 1));
  for (const each of zeroings) if (!kept.includes(each)) each.viewers = null;
  zeroings.push({ seq, stands: false, viewers: null, teams: [], points: 0 });
}

/** Sets everybody to zero, or gives back what they had. */
export function setZero(session: Session, seq: number, stands: boolean): void {
  const zeroing = zeroingAt(session, seq);
  if (zeroing.stands === stands) return;
  zeroing.stands = stands;
  if (stands && zeroing.viewers === null) putAside(session, zeroing);
  const sign = stands ? -1 : 1;
  for (const [id, had] of zeroing.viewers!) {
    moveViewer(session, session.tallies.get(id)!, had, { sign, seq });
  }
  for (const [id, had] of zeroing.teams) {
    const standing = session.teamStandings.get(id)!;
    standing.points += sign * had.points;
    standing.reached = reachedAfter(standing.reached, had, { sign, seq });
  }
  session.totals.points += sign * zeroing.points;
  movePlaces(session, zeroing);
}

/**
 * Who had earned nothing since the start got where they were, before a step or
 * a win, by what the start has put aside or given back.
 */
function movePlaces(session: Session, { seq, stands, viewers }: Zeroing): void {
  const place = (id: string | null, from: number, before: number): number => {
    if (from <= seq || before > seq) return before;
    return stands ? 0 : viewers!.get(id ?? "")?.reached ?? 0;
  };
  for (const { of, viewerId, points } of [...session.undo, ...session.redo]) {
    if (points) points.before = place(viewerId, of, points.before);
  }
  for (const win of session.wins) {
    win.reached = place(win.viewerId, win.seq, win.reached);
  }
  for (const lot of session.pots.flatMap(({ lots }) => lots)) {
    lot.before = place(lot.viewerId, lot.by, lot.before);
  }
}

/** What a zeroing of this seq has put aside. */
export function zeroingAt({ zeroings }: Session, seq: number): Zeroing {
  const found = zeroings.find((each) => each.seq === seq);
  if (found) return found;
  throw new RangeError(`Cannot start from zero: there was no ${seq}`);
}

function putAside(session: Session, zeroing: Zeroing): void {
  zeroing.viewers = new Map();
  for (const tally of session.tallies.values()) {
    const { points, reached, made } = tally;
    if (Object.values(made).every((part) => part === 0)) continue;
    zeroing.viewers.set(tally.id, { points, reached, made: { ...made } });
  }
  zeroing.teams = Array.from(
    session.teamStandings.values(),
    ({ id, points, reached }) => [id, { points, reached }],
  );
  zeroing.points = session.totals.points;
}

function moveViewer(
  session: Session,
  tally: Tally,
  had: PutAside,
  how: { sign: number; seq: number },
): void {
  tally.points += how.sign * had.points;
  for (const from of Object.keys(had.made!) as (keyof Made)[]) {
    tally.made[from] += how.sign * had.made![from];
  }
  tally.reached = reachedAfter(tally.reached, had, how);
  session.order.touch(tally);
}

/** Who has earned since keeps the place of that; the others get theirs back. */
function reachedAfter(
  reached: number,
  had: PutAside,
  { sign, seq }: { sign: number; seq: number },
): number {
  if (reached > seq) return reached;
  return sign < 0 ? 0 : had.reached;
}

/**
 * Changes what a viewer had, for something that was given before everybody
 * was set to zero: nothing of it is seen unless the start is taken back.
 */
export function changeAside(
  session: Session,
  zeroing: Zeroing,
  tally: Tally,
  { from, points, reached }: {
    from: keyof Made;
    points: number;
    /** Told when they had got there before: when they have now. */
    reached(before: number): number;
  },
): void {
  const { viewers } = zeroing;
  if (viewers === null || !isCounted(session, tally)) return;
  let had = viewers.get(tally.id);
  if (!had) {
    had = { points: 0, reached: 0, made: noPoints() };
    viewers.set(tally.id, had);
  }
  had.points += points;
  had.made![from] += points;
  had.reached = reached(had.reached);
  zeroing.points += points;
}
