/**
 * The orders every store agrees on: of entries in a batch, of a viewer's
 * comments, of sessions in the list; and the error where a ledger has another
 * writer.
 *
 * @module
 */
import {
  type Batch,
  type CommentRow,
  LogConflictError,
  type SessionInfo,
} from "../core/ports.ts";

/**
 * Refuses a batch whose entries leave a hole.
 *
 * @throws {RangeError} If an entry is not in its place.
 */
export function checkOrder({ sessionId, after, entries }: Batch): void {
  entries.forEach(({ seq }, index) => {
    const due = after + 1 + index;
    if (seq === due) return;
    throw new RangeError(
      `Cannot append to "${sessionId}": entry ${due} has the seq ${seq}`,
    );
  });
}

/**
 * The error that tells a writer that a ledger is no longer its own.
 *
 * @param head Where the ledger ends.
 */
export function conflict(
  { sessionId, after }: Pick<Batch, "sessionId" | "after">,
  head: number,
): LogConflictError {
  return new LogConflictError(
    `Cannot append to "${sessionId}": it ends at ${head}, not at ${after}`,
  );
}

/** Comments in order of their first message. */
export function byFirst(a: CommentRow, b: CommentRow): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}

/** Sessions by their start, the newest first. */
export function newestFirst(a: SessionInfo, b: SessionInfo): number {
  return b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);
}

/** In order of names, as all stores compare them. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
