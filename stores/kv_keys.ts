/**
 * Every key this program uses in Deno KV, in one place. Keys hold ids, never
 * names that a viewer can change.
 *
 * @module
 */

/** Which program has written all of it last. */
export const dataVersionKey = ["dataVersion"];
/** The end of a session's ledger. */
export const headKey = (id: string) => ["head", id];
/** The last seq that an archive has from its stream. */
export const streamedKey = (id: string) => ["streamed", id];
/** All packs of a ledger; each sits at `[...logKey(id), its first seq]`. */
export const logKey = (id: string) => ["log", id];
/** All comments of a session. */
export const commentsKey = (id: string) => ["comment", id];
/** One comment of one viewer. */
export const commentKey = (id: string, viewerId: string, commentId: string) => [
  "comment",
  id,
  viewerId,
  commentId,
];
/** The newest snapshot of a session. */
export const snapshotKey = (id: string) => ["snapshot", id];
/** A session's line in the list. */
export const sessionKey = (id: string) => ["session", id];
/** The answer kept for an Idempotency-Key. */
export const answerKey = (key: string) => ["answer", key];
/** A document by name. */
export const documentKey = (name: string) => ["document", name];
/** What the memory of a room holds; its parts sit at `[...roomKey(channel), name]`. */
export const roomKey = (channel: string) => ["room", channel];
/** The pieces of a value that is too large for its key. */
export const piecesKey = (key: Deno.KvKey) => ["piece", ...key];
