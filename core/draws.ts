/**
 * Draws that anybody can check. The hash of a secret stands in the ledger before
 * the game closes; the draw reveals the secret, and what is drawn follows from
 * it and from what could be drawn at the close. `docs/draws.md` says the rule.
 *
 * @module
 */
import type { CommentRow } from "./ports.ts";
import type { Session } from "./session.ts";
import { sha256 } from "./sha256.ts";
import type { FactOf } from "./shapes/entries.ts";

/** Gives the secret of a draw by its number; the same one each time. */
export type SecretOf = (draw: number) => string;

/** What the session knows of draws; undo takes none of it back. */
export interface DrawState {
  /** The hash that the next secret must have; null where none is promised. */
  hash: string | null;
  /** How many were promised. */
  count: number;
  /** The last close: its seq, and how many comments there were. */
  closed: { seq: number; comments: number } | null;
  /** What was used at that close, of comments whose mark was set since. */
  used: Record<string, boolean>;
}

/** What a win was drawn from. */
export interface Drawn {
  secret: string;
  /** Ids of comments, in the order of the ledger. */
  from: string[];
}

/** No draw is promised yet. */
export function noDraws(): DrawState {
  return { hash: null, count: 0, closed: null, used: {} };
}

/** What is said of a secret before it is revealed. */
export function commitmentTo(secret: string): string {
  return sha256(secret);
}

/**
 * The one of several ids that a secret draws: each is hashed behind the secret,
 * and the least hash wins. The order of the ids does not matter, and without
 * one of the others it is the same.
 *
 * @returns Null of none.
 */
export function drawBy(secret: string, ids: readonly string[]): string | null {
  const hashed = ids.map((id): [string, string] => [
    sha256(`${secret}\n${id}`),
    id,
  ]);
  return hashed.reduce<[string, string] | null>(
    (least, each) => least !== null && least[0] <= each[0] ? least : each,
    null,
  )?.[1] ?? null;
}

/** Takes note of a promise. */
export function promise(session: Session, hash: string | undefined): void {
  if (hash === undefined) return;
  session.draw.hash = hash;
  session.draw.count++;
}

/** The promise that a session lacks, or whose secret is not known here. */
export function missingPromise(
  { draw }: Session,
  secretOf: SecretOf,
): FactOf<"drawCommitted"> | null {
  if (isKept(draw, secretOf)) return null;
  const lost = draw.hash !== null && { lost: true as const };
  const hash = commitmentTo(secretOf(draw.count));
  return { type: "drawCommitted", draw: hash, ...lost };
}

/** Draws one of a viewer's comments. */
export function drawComment(
  session: Session,
  { viewerId, rows }: { viewerId: string; rows: CommentRow[] },
  secretOf: SecretOf,
) {
  const drawnFrom = listAtClose(session, rows);
  const about = { choice: "random" as const, drawnFrom };
  if (drawnFrom.length === 0) return { ...about, commentId: null };
  const again = takenBack(session, viewerId, drawnFrom);
  const secret = again ?? secretOfNext(session.draw, secretOf);
  const commentId = drawBy(secret, drawnFrom);
  const next = commitmentTo(secretOf(session.draw.count));
  const told = { ...about, commentId, secret };
  return again === null ? { ...told, draw: next } : told;
}

/** The game has closed: what could be drawn is what there is. */
export function noteClose({ draw, feed, seq }: Session): void {
  draw.closed = { seq, comments: feed.length };
  draw.used = {};
}

/** A comment's mark is about to be set. */
export function noteUse({ draw, controls }: Session, row: CommentRow): void {
  if (controls.phase === "frozen") draw.used[row.id] ??= row.used;
}

/**
 * Which of a viewer's comments can be drawn: those that were there at the
 * close, the unused ones if there are any, and that nobody has won with since.
 */
function listAtClose(session: Session, rows: CommentRow[]): string[] {
  const { draw, feed, controls } = session;
  const closed = controls.phase === "frozen" ? draw.closed : null;
  const late = new Set(closed ? feed.slice(closed.comments) : []);
  const there = rows.filter((row) => !late.has(row));
  const won = new Set(
    session.wins.filter(({ seq, undone }) =>
      !undone && closed !== null && seq >= closed.seq
    ).map(({ commentId }) => commentId),
  );
  const isUsed = ({ id, used }: CommentRow) =>
    won.has(id) || (closed ? draw.used[id] ?? used : used);
  const unused = there.filter((row) => !isUsed(row));
  return (unused.length > 0 ? unused : there).map(({ id }) => id);
}

/** The secret of a draw from all of these that was taken back; or null. */
function takenBack(
  { wins }: Session,
  viewerId: string,
  ids: string[],
): string | null {
  const before = wins.findLast(({ undone, drawn, ...win }) =>
    undone && win.viewerId === viewerId &&
    drawn !== undefined && ids.every((id) => drawn.from.includes(id))
  );
  return before?.drawn?.secret ?? null;
}

/** The secret that was promised; one of its own where it is not known here. */
function secretOfNext(draw: DrawState, secretOf: SecretOf): string {
  return isKept(draw, secretOf)
    ? secretOf(draw.count - 1)
    : secretOf(-1 - draw.count);
}

function isKept({ hash, count }: DrawState, secretOf: SecretOf): boolean {
  return hash !== null && hash === commitmentTo(secretOf(count - 1));
}
