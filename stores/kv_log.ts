/**
 * The session ledgers in Deno KV. `["head", id]` is a ledger's end and
 * `["log", id, seq]` a pack of entries from that seq on. Every append checks
 * the head, so of two writers only one can go on.
 *
 * The head is remembered between appends: an append then is one atomic commit
 * and no read, and a head that is no longer true fails its check.
 *
 * @module
 */
import type { Entry } from "../core/shapes/entries.ts";
import {
  type Batch,
  type CommentRow,
  LogConflictError,
  type SessionLog,
} from "../core/ports.ts";
import { commit } from "./kv_commit.ts";
import { createInOrder } from "../core/in_order.ts";
import { answerRow } from "./kv_answers.ts";
import {
  commentKey,
  commentsKey,
  headKey,
  logKey,
  sessionKey,
  snapshotKey,
  streamedKey,
} from "./kv_keys.ts";
import { VALUE_BYTES } from "./kv_limits.ts";
import {
  fewerPacks,
  joined,
  type Pack,
  packsAfter,
  type Row,
  rowOf,
  type Step,
  stepsOf,
  stepsOfPacks,
} from "./kv_pack.ts";
import { byFirst, checkOrder, conflict } from "./order.ts";
import { getLarge, putLarge } from "./kv_pieces.ts";
import { fromHeld, type Held, hold } from "./kv_rows.ts";
import { cannot } from "./why.ts";

/**
 * A small pack at the ledger's end grows up to these bytes before the next one
 * begins. Measured with one entry an append: reading back is then five times
 * as fast, and appends are slower by less than a tenth.
 */
const TAIL_BYTES = 4_000;
/** Packs fetched at a time: up to 12 MB. */
const PACKS_AT_A_TIME = 200;
/** Rows of comments fetched at a time; Deno KV gives at most 1,000. */
const ROWS_AT_A_TIME = 500;
/** Who writes what is copied from a stream. */
const STREAM = "stream";

/** A ledger's end, and the batch that made it, to know that batch again. */
interface Head {
  seq: number;
  writer: string;
  after: number;
  length: number;
  /** All comments are stored as they stood at this seq. */
  stored?: number;
}

/** A ledger's end as this process knows it. */
interface End {
  versionstamp: string | null;
  head: Head | null;
  /** The last pack, where this process wrote it and it is small. */
  tail: Pack | null;
}

/** A batch, or several in one, as a stream elsewhere has it. */
interface Copied extends Omit<Batch, "entries" | "writer"> {
  /** Its entries, encoded, in order and without a hole. */
  packs: Pack[];
}

/** What is appended, whether its entries are encoded already or not. */
interface Addition extends Omit<Head, "seq" | "stored"> {
  sessionId: string;
  allComments: boolean;
  fromStream: boolean;
  /** Its steps as far as they go beyond a seq. */
  stepsAfter(from: number): Step[];
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
  const ends = new Map<string, End>();
  const appends = createInOrder();
  const snapshots = createInOrder();

  async function readEnd(id: string): Promise<End> {
    const { value, versionstamp } = await kv.get<Head>(headKey(id));
    return { versionstamp, head: value, tail: null };
  }

  async function appendInOrder(add: Addition, steps: Step[]): Promise<void> {
    const id = add.sessionId;
    let end = ends.get(id) ?? await readEnd(id);
    if (resumeAt(add, end.head) === null) end = await readEnd(id);
    for (;;) {
      const from = resumeAt(add, end.head);
      if (from === null) throw conflict(add, end.head?.seq ?? 0);
      const rest = from === add.after ? steps : add.stepsAfter(from);
      const next = await commitSteps(add, rest, end);
      if (next) {
        ends.set(id, next);
        return;
      }
      end = await readEnd(id);
    }
  }

  /** Null where the head was not the one expected. */
  async function commitSteps(
    add: Addition,
    steps: Step[],
    end: End,
  ): Promise<End | null> {
    let now: End | null = end;
    for (const step of steps) {
      now = await commitStep(add, step, now);
      if (!now) return null;
    }
    return now;
  }

  async function commitStep(
    add: Addition,
    step: Step,
    end: End,
  ): Promise<End | null> {
    const id = add.sessionId;
    const packs = withTail(end.tail, step.packs);
    const atomic = kv.atomic();
    atomic.check({ key: headKey(id), versionstamp: end.versionstamp });
    for (const { key, bytes, expireIn } of valuesOf(id, packs, step.rows)) {
      // No await for what fits: the commit is on its way before the caller
      // encodes its next batch.
      const fits = bytes.length <= VALUE_BYTES;
      const held = fits ? bytes : await hold(kv, key, bytes, expireIn);
      atomic.set(key, held, { expireIn });
    }
    if (step.info) atomic.set(sessionKey(id), step.info);
    const tail = packs.at(-1);
    const head = tail ? headOf(add, tail.last, end.head) : end.head;
    if (tail) atomic.set(headKey(id), head);
    if (tail && add.fromStream) atomic.set(streamedKey(id), tail.last);
    const result = await commit(atomic);
    if (!result.ok) return null;
    if (!tail) return end;
    const small = tail.bytes.length < TAIL_BYTES ? tail : null;
    return { versionstamp: result.versionstamp, head, tail: small };
  }

  async function* read(id: string, after = 0): AsyncGenerator<Entry[]> {
    const end = await readEnd(id);
    const last = end.head?.seq ?? 0;
    for (let next = after + 1; next <= last;) {
      const before = next;
      for await (const { first, pack } of packsFrom(id, next, last)) {
        // A tail that grew behind us holds what seems to be missing here.
        if (first > next) break;
        const fresh = first === next ? pack : pack.slice(next - first);
        if (fresh.length === 0) continue;
        yield fresh;
        next += fresh.length;
      }
      if (next === before) {
        throw new Error(`Cannot read "${id}": entry ${next} is missing`);
      }
    }
  }

  async function* packsFrom(id: string, seq: number, last: number) {
    const start = [...logKey(id), await packWith(id, seq)];
    const range = { start, end: [...logKey(id), last + 1] };
    const options = { batchSize: PACKS_AT_A_TIME };
    for await (const { key, value } of kv.list<Held>(range, options)) {
      const pack = await fromHeld<Entry[]>(kv, key, value);
      yield { first: Number(key[2]), pack };
    }
  }

  /** The first seq of the pack that holds this one. */
  async function packWith(id: string, seq: number): Promise<number> {
    const range = { prefix: logKey(id), end: [...logKey(id), seq + 1] };
    const options = { limit: 1, reverse: true };
    for await (const { key } of kv.list(range, options)) return Number(key[2]);
    return seq;
  }

  async function append(add: Addition): Promise<void> {
    // Encoded while the append before it is still being committed.
    const steps = add.stepsAfter(add.after);
    const id = add.sessionId;
    try {
      await appends(id, () => appendInOrder(add, steps));
    } catch (error) {
      if (error instanceof LogConflictError) throw error;
      throw cannot(`append to "${id}"`, error);
    }
  }

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

    forgetEnd: (id) => void ends.delete(id),

    async streamed(id) {
      return (await kv.get<number>(streamedKey(id))).value ?? 0;
    },

    async markStreamed(id, seq) {
      await commit(kv.atomic().set(streamedKey(id), seq));
    },

    async commentsStored(id) {
      return (await readEnd(id)).head?.stored ?? 0;
    },

    async head(id) {
      return (await readEnd(id)).head?.seq ?? 0;
    },

    read,

    async comments(id, viewerId) {
      const prefix = [...commentsKey(id), viewerId];
      const options = { batchSize: ROWS_AT_A_TIME };
      const found: CommentRow[] = [];
      for await (const { key, value } of kv.list<Held>({ prefix }, options)) {
        found.push(await fromHeld<CommentRow>(kv, key, value));
      }
      return found.sort(byFirst);
    },

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

/** The seq after which a batch goes on, or null where it may not. */
function resumeAt(add: Addition, head: Head | null): number | null {
  const { writer, after, length } = add;
  if ((head?.seq ?? 0) === after) return after;
  const begun = head && head.writer === writer && head.after === after &&
    head.length === length;
  return begun ? head.seq : null;
}

/**
 * The steps of a batch whose entries up to that seq are already kept. Comments
 * and answers are set once more: they are totals, and nothing changes.
 */
function stepsAfter(batch: Batch, from: number): Step[] {
  const { after, entries } = batch;
  const missing = entries.slice(from - after);
  if (entries.length > 0 && missing.length === 0) return [];
  return withInfo(stepsOf(missing, rowsOf(batch)), batch, from);
}

function copiedAfter(copied: Copied, from: number): Step[] {
  const missing = packsAfter(copied.packs, from);
  if (copied.packs.length > 0 && missing.length === 0) return [];
  return withInfo(stepsOfPacks(missing, rowsOf(copied)), copied, from);
}

function rowsOf(
  { sessionId, comments, answers }: Omit<Copied, "packs">,
): Row[] {
  const rows: Row[] = [];
  for (const { seq, row } of comments) {
    rows.push(rowOf(seq, commentKey(sessionId, row.viewerId, row.id), row));
  }
  for (const { seq, answer } of answers) rows.push(answerRow(seq, answer));
  return rows;
}

/** The session's line goes with the first step. */
function withInfo(
  steps: Step[],
  { after, info }: Omit<Copied, "packs">,
  from: number,
): Step[] {
  if (from > after) return steps;
  const [first = { packs: [], rows: [] }, ...rest] = steps;
  return [{ ...first, info }, ...rest];
}

type Value = Pick<Row, "key" | "bytes" | "expireIn">;

function valuesOf(id: string, packs: Pack[], rows: Row[]): Value[] {
  const values: Value[] = packs.map(({ first, bytes }) => ({
    key: [...logKey(id), first],
    bytes,
  }));
  return rows.length ? values.concat(rows) : values;
}

function headOf(add: Addition, seq: number, before: Head | null): Head {
  const { writer, after, length } = add;
  const isWhole = add.allComments && seq === after + length;
  const stored = isWhole ? seq : before?.stored ?? 0;
  return { seq, writer, after, length, stored };
}

/** The packs, the first of them put together with a small tail before it. */
function withTail(tail: Pack | null, packs: Pack[]): Pack[] {
  const [first, ...rest] = packs;
  if (!first || !tail) return packs;
  const length = tail.bytes.length + first.bytes.length - 1;
  return length > TAIL_BYTES ? packs : [joined([tail, first]), ...rest];
}
