/**
 * What waits for the archive, session by session: batches that Redis has,
 * gathered into fewer and larger ones.
 *
 * @module
 */
import type { Batch } from "@/core/ports.ts";
import type { Pack } from "@/stores/kv_pack.ts";

/** Comments of one commit: rows are dear, and the ledger has them already. */
const COMMENTS_AT_A_TIME = 300;

/** What waits for the archive, of one session. */
export interface Waiting {
  /** In order, up to `end`; what is missing before them is in the stream. */
  packs: Pack[];
  end: number;
  /** The newest of each comment, by its id. */
  comments: Map<string, Batch["comments"][number]>;
  answers: Batch["answers"];
  info: Batch["info"];
}

/** All that waits. */
export interface WaitingRoom {
  /** Sessions of which something waits. */
  ids(): Iterable<string>;
  has(id: string): boolean;
  /** Puts what is newer behind what waits. */
  put(id: string, newer: Waiting): void;
  /**
   * Takes what waits; null for nothing.
   *
   * @param all Also the comments that are too many for one commit.
   */
  take(id: string, all: boolean): Waiting | null;
  /** Puts what was taken before what has come since. */
  putBack(id: string, older: Waiting): void;
}

/** Nobody waits. */
export function createWaitingRoom(): WaitingRoom {
  const waiting = new Map<string, Waiting>();

  function put(id: string, newer: Waiting) {
    const older = waiting.get(id);
    if (older) gather(older, newer);
    else waiting.set(id, newer);
  }

  return {
    ids: () => waiting.keys(),
    has: (id) => waiting.has(id),
    put,
    take(id, all) {
      const batch = waiting.get(id);
      if (!batch) return null;
      waiting.delete(id);
      const left = all ? null : leaveComments(batch);
      if (left) waiting.set(id, left);
      return batch;
    },
    putBack(id, older) {
      const newer = waiting.get(id);
      waiting.set(id, older);
      if (newer) put(id, newer);
    },
  };
}

/** What waits of a batch, its entries as they were encoded for Redis. */
export function waitingOf(batch: Batch, packs: Pack[]): Waiting {
  const comments = batch.comments.map((comment) =>
    [`${comment.row.viewerId}\n${comment.row.id}`, comment] as const
  );
  return {
    packs: [...packs],
    end: batch.after + batch.entries.length,
    comments: new Map(comments),
    answers: [...batch.answers],
    info: batch.info,
  };
}

function gather(older: Waiting, newer: Waiting) {
  if (older.end === startOf(newer)) append(older.packs, newer.packs);
  else older.packs = newer.packs;
  older.end = newer.end;
  for (const [name, comment] of newer.comments) {
    older.comments.set(name, comment);
  }
  append(older.answers, newer.answers);
  older.info = newer.info ?? older.info;
}

/** Takes out the comments that are too many for one commit; null for none. */
function leaveComments(batch: Waiting): Waiting | null {
  const { comments, end } = batch;
  if (comments.size <= COMMENTS_AT_A_TIME) return null;
  batch.comments = new Map(comments.entries().take(COMMENTS_AT_A_TIME));
  for (const name of batch.comments.keys()) comments.delete(name);
  return { packs: [], end, answers: [], info: undefined, comments };
}

/** The seq after which it begins. */
export function startOf({ packs, end }: Waiting): number {
  return packs[0] ? packs[0].first - 1 : end;
}

/** Puts a list behind another; a spread would be an argument for each. */
function append<T>(first: T[], second: T[]): void {
  for (const each of second) first.push(each);
}
