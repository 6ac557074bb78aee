/**
 * A viewer's receipts: what each entry gave or took. A fact about many viewers
 * carries no list of them, so this is the ledger played for one viewer alone,
 * without what the others sent. That it comes to the viewer's points is what
 * every fact must keep to: they follow from the viewer's own entries and from
 * what the host and the program did.
 *
 * @module
 */
import { evolve } from "./evolve.ts";
import { emptySession, type Session } from "./session.ts";
import type { Entry } from "./shapes/entries.ts";
import { meet } from "./tallies.ts";

/** An entry that concerns a viewer. */
export interface ReceiptLine {
  entry: Entry;
  /** What it gave, or took, below 0. */
  points: number;
  /** The viewer's points after it. */
  sum: number;
  /** Of likes: how many made a point then. */
  per?: number;
}

/** Plays a ledger for one viewer; give it every entry, in order. */
export function receiptsFor(
  viewerId: string,
): (entry: Entry) => ReceiptLine | null {
  const session = { ...emptySession(), only: viewerId };
  let sum = 0;
  return (entry) => {
    const about = "viewerId" in entry ? entry.viewerId : undefined;
    const isOfOther = about !== undefined && about !== viewerId;
    if (isOfOther) {
      if ("id" in entry) return null; // what others have sent
      if (!session.tallies.has(about)) {
        meet(session, stranger(about, entry.seq));
      }
    }
    session.seq = entry.seq - 1;
    evolve(session, entry);
    const now = session.tallies.get(viewerId)?.points ?? 0;
    const points = now - sum;
    sum = now;
    const isOwn = about === viewerId && !bringsNothing(entry);
    if (!isOwn && points === 0) return null;
    return { entry, points, sum, ...likesFor(session, entry) };
  };
}

/** How many likes of this viewer made a point, where an entry is of likes. */
function likesFor(
  { tallies, controls }: Session,
  entry: Entry,
): Pick<ReceiptLine, "per"> {
  if (entry.type !== "liked") return {};
  const { follower, other } = controls.rates.likes;
  const { viewer } = tallies.get(entry.viewerId)!;
  return { per: viewer.follower ? follower : other };
}

/** Whether it only says that a combo is over. */
function bringsNothing(entry: Entry): boolean {
  return entry.type === "gifted" && entry.units === 0;
}

/** Somebody whom the host did something to. */
function stranger(id: string, seq: number) {
  const who = { handle: "", nickname: "", avatarUrl: null, follower: false };
  return { seq, viewerId: id, viewer: { id, ...who } };
}
