/**
 * Appends to the ledgers in Deno KV. Every append checks a ledger's end, so of
 * two writers only one can go on.
 *
 * The end is remembered between appends: an append then is one atomic commit
 * and no read, and an end that is no longer true fails its check.
 *
 * @module
 */
import { LogConflictError } from "../core/ports.ts";
import { createInOrder } from "../core/in_order.ts";
import { commit } from "./kv_commit.ts";
import { headKey, logKey, sessionKey, streamedKey } from "./kv_keys.ts";
import { VALUE_BYTES } from "./kv_limits.ts";
import { joined, type KvRow, type KvStep, type Pack } from "./kv_pack.ts";
import { hold } from "./kv_rows.ts";
import { conflict } from "./batch_order.ts";
import { cannot } from "./why.ts";

/**
 * A small pack at the ledger's end grows up to these bytes before the next one
 * begins. Measured with one entry an append: reading back is then five times
 * as fast, and appends are slower by less than a tenth.
 */
const TAIL_BYTES = 4_000;

/** A ledger's end, and the batch that made it, to know that batch again. */
export interface Head {
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

/** What is appended, whether its entries are encoded already or not. */
export interface Addition extends Omit<Head, "seq" | "stored"> {
  sessionId: string;
  allComments: boolean;
  fromStream: boolean;
  /** Its steps as far as they go beyond a seq. */
  stepsAfter(from: number): KvStep[];
}

/** The ends of ledgers, and ways to move them. */
export interface Appends {
  /** @throws {LogConflictError} If the ledger does not end where it must. */
  append(add: Addition): Promise<void>;
  /** Looks for a ledger's end anew, after the ledger was removed. */
  forgetEnd(id: string): void;
}

/** Knows no ends yet. */
export function createAppends(kv: Deno.Kv): Appends {
  const ends = new Map<string, End>();
  const inOrder = createInOrder();

  async function appendInOrder(add: Addition, steps: KvStep[]): Promise<void> {
    const id = add.sessionId;
    let end = ends.get(id) ?? await readEnd(kv, id);
    if (resumeAt(add, end.head) === null) end = await readEnd(kv, id);
    for (;;) {
      const from = resumeAt(add, end.head);
      if (from === null) throw conflict(add, end.head?.seq ?? 0);
      const rest = from === add.after ? steps : add.stepsAfter(from);
      const next = await commitSteps(kv, add, rest, end);
      if (next) {
        ends.set(id, next);
        return;
      }
      end = await readEnd(kv, id);
    }
  }

  return {
    async append(add) {
      // Encoded while the append before it is still being committed.
      const steps = add.stepsAfter(add.after);
      const id = add.sessionId;
      try {
        await inOrder(id, () => appendInOrder(add, steps));
      } catch (error) {
        if (error instanceof LogConflictError) throw error;
        throw cannot(`append to "${id}"`, error);
      }
    },
    forgetEnd: (id) => void ends.delete(id),
  };
}

/** Where a ledger ends. */
export async function readEnd(kv: Deno.Kv, id: string): Promise<End> {
  const { value, versionstamp } = await kv.get<Head>(headKey(id));
  return { versionstamp, head: value, tail: null };
}

/** Null where the head was not the one expected. */
async function commitSteps(
  kv: Deno.Kv,
  add: Addition,
  steps: KvStep[],
  end: End,
): Promise<End | null> {
  let now: End | null = end;
  for (const step of steps) {
    now = await commitStep(kv, add, step, now);
    if (!now) return null;
  }
  return now;
}

async function commitStep(
  kv: Deno.Kv,
  add: Addition,
  step: KvStep,
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

/** The seq after which a batch goes on, or null where it may not. */
function resumeAt(add: Addition, head: Head | null): number | null {
  const { writer, after, length } = add;
  if ((head?.seq ?? 0) === after) return after;
  const begun = head && head.writer === writer && head.after === after &&
    head.length === length;
  return begun ? head.seq : null;
}

type Value = Pick<KvRow, "key" | "bytes" | "expireIn">;

function valuesOf(id: string, packs: Pack[], rows: KvRow[]): Value[] {
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
