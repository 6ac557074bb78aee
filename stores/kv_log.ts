/**
 * The session ledgers in Deno KV. `["head", id]` is a ledger's end and
 * `["log", id, seq]` a pack of entries from that seq on.
 *
 * @module
 */
import type { Batch, SessionLog } from "../core/ports.ts";
import { createInOrder } from "../core/in_order.ts";
import { answerRow } from "./kv_answers.ts";
import { createAppends, readEnd } from "./kv_append.ts";
import { commit } from "./kv_commit.ts";
import { commentKey, snapshotKey, streamedKey } from "./kv_keys.ts";
import {
  fewerPacks,
  type KvRow,
  type KvStep,
  type Pack,
  packsAfter,
  rowOf,
  stepsOf,
  stepsOfPacks,
} from "./kv_pack.ts";
import { getLarge, putLarge } from "./kv_pieces.ts";
import { readComments, readLedger } from "./kv_read.ts";
import { checkOrder } from "./batch_order.ts";
import { cannot } from "./why.ts";

/** Who writes what is copied from a stream. */
const STREAM = "stream";

/** A batch, or several in one, as a stream elsewhere has it. */
interface Copied extends Omit<Batch, "entries" | "writer"> {
  /** Its entries, encoded, in order and without a hole. */
  packs: Pack[];
}

/** Ledgers that may be the archive of a stream elsewhere. */
export interface Archive extends SessionLog {
  /**
   * Adds what the stream has already: every commit also says up to where the
   * archive is the stream's copy.
   *
   * @throws {LogConflictError} If the ledger does not end at `after`.
   */
  archive(copied: Copied): Promise<void>;
  /** Looks for a ledger's end anew, after the ledger was removed. */
  forgetEnd(sessionId: string): void;
  /** The last seq known to be in the stream too; 0 where there is none. */
  streamed(sessionId: string): Promise<number>;
  /** Says that the stream has all up to that seq. */
  markStreamed(sessionId: string, seq: number): Promise<void>;
}

/** The ledgers in an open Deno KV. */
export function kvLog(kv: Deno.Kv): Archive {
  const { append, forgetEnd } = createAppends(kv);
  const snapshots = createInOrder();
  const headOf = async (id: string) => (await readEnd(kv, id)).head;

  return {
    async append(batch) {
      checkOrder(batch);
      const { sessionId, writer, after, entries } = batch;
      await append({
        ...{ sessionId, writer, after, length: entries.length },
        allComments: batch.allComments ?? false,
        fromStream: false,
        stepsAfter: (from) => stepsAfter(batch, from),
      });
    },

    async archive(copied) {
      const { sessionId, after } = copied;
      const packs = fewerPacks(copied.packs);
      const length = (packs.at(-1)?.last ?? after) - after;
      await append({
        ...{ sessionId, writer: STREAM, after, length },
        allComments: copied.allComments ?? false,
        fromStream: true,
        stepsAfter: (from) => copiedAfter({ ...copied, packs }, from),
      });
    },

    forgetEnd,

    async streamed(id) {
      return (await kv.get<number>(streamedKey(id))).value ?? 0;
    },

    async markStreamed(id, seq) {
      await commit(kv.atomic().set(streamedKey(id), seq));
    },

    async commentsStored(id) {
      return (await headOf(id))?.stored ?? 0;
    },

    async head(id) {
      return (await headOf(id))?.seq ?? 0;
    },

    async *read(id, after = 0) {
      yield* readLedger(kv, id, after, (await headOf(id))?.seq ?? 0);
    },

    comments: (id, viewerId) => readComments(kv, id, viewerId),

    saveSnapshot(id, { seq, bytes }) {
      return snapshots(id, async () => {
        try {
          await putLarge(kv, snapshotKey(id), { about: { seq }, bytes });
        } catch (error) {
          throw cannot(`keep a snapshot of "${id}"`, error);
        }
      });
    },

    async snapshot(id) {
      const kept = await getLarge<{ seq: number }>(kv, snapshotKey(id));
      return kept && { seq: kept.about.seq, bytes: kept.bytes };
    },
  };
}

/**
 * The steps of a batch whose entries up to that seq are already kept. Comments
 * and answers are set once more: they are totals, and nothing changes.
 */
function stepsAfter(batch: Batch, from: number): KvStep[] {
  const { after, entries } = batch;
  const missing = entries.slice(from - after);
  if (entries.length > 0 && missing.length === 0) return [];
  return withInfo(stepsOf(missing, rowsOf(batch)), batch, from);
}

function copiedAfter(copied: Copied, from: number): KvStep[] {
  const missing = packsAfter(copied.packs, from);
  if (copied.packs.length > 0 && missing.length === 0) return [];
  return withInfo(stepsOfPacks(missing, rowsOf(copied)), copied, from);
}

function rowsOf(
  { sessionId, comments, answers }: Omit<Copied, "packs">,
): KvRow[] {
  const rows: KvRow[] = [];
  for (const { seq, row } of comments) {
    rows.push(rowOf(seq, commentKey(sessionId, row.viewerId, row.id), row));
  }
  for (const { seq, answer } of answers) rows.push(answerRow(seq, answer));
  return rows;
}

/** The session's line goes with the first step. */
function withInfo(
  steps: KvStep[],
  { after, info }: Omit<Copied, "packs">,
  from: number,
): KvStep[] {
  if (from > after) return steps;
  const [first = { packs: [], rows: [] }, ...rest] = steps;
  return [{ ...first, info }, ...rest];
}
