/**
 * Carries what Redis has acknowledged on to Deno KV, a moment later and
 * several batches at a time. Each commit also says up to which item of the
 * stream the archive goes; what is missing after a crash, or because another
 * process led, is read from the stream.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { type Batch, LogConflictError } from "@/core/ports.ts";
import { createInOrder } from "@/core/in_order.ts";
import { whyOf } from "@/core/why.ts";
import type { Archive } from "@/stores/kv_log.ts";
import { type Pack, packsAfter, packsOf } from "@/stores/kv_pack.ts";
import type { RedisLedger } from "./ledger.ts";
import {
  createWaitingRoom,
  startOf,
  type Waiting,
  waitingOf,
} from "./waiting.ts";

/** How long a batch may wait for others, in ms; the archive is due in 100. */
const GATHER_MS = 20;
const RETRY_MS = 500;
/** Entries that may wait; above it Redis waits for the disk. */
const MAX_WAITING = 100_000;
/** Entries of one commit when the archive is far behind. */
const ENTRIES_AT_A_TIME = 4_000;
/** Entries of one step of a process that stands by: some 100 ms. */
const STEP_ENTRIES = 10_000;

/** From where to where. */
interface Ways {
  archive: Archive;
  ledger: RedisLedger;
}

/** The way to the archive. */
export interface Archiver {
  /**
   * Takes a batch that Redis has, its entries as they were encoded for it;
   * resolves when there is room for the next.
   */
  take(batch: Batch, packs: Pack[]): Promise<void>;
  /**
   * Resolves once the archive has all that was taken.
   *
   * @throws {Error} With the reason why it cannot be written.
   */
  drained(id: string): Promise<void>;
  /** Brings the archive up to the stream's end, also with others' entries. */
  follow(id: string): Promise<void>;
  /** A part of that way; where the archive ends then. */
  step(id: string): Promise<number>;
  /** Why the archive cannot be written now, or null. */
  trouble(): string | null;
  /** Writes what waits, as far as that is possible. */
  close(): Promise<void>;
}

/** Copies what it is given; `onTrouble` is called when that fails or works again. */
export function createArchiver(
  archive: Archive,
  ledger: RedisLedger,
  clock: Clock,
  onTrouble: () => void,
): Archiver {
  const ways = { archive, ledger };
  const waiting = createWaitingRoom();
  /** Sessions of which something waits or is being written. */
  const unwritten = new Set<string>();
  const inOrder = createInOrder();
  let trouble: string | null = null;
  let callOff: (() => void) | null = null;
  let count = 0;
  let closed = false;

  function later(ms: number) {
    if (closed) return;
    callOff ??= callAfter(clock, ms, () => {
      callOff = null;
      for (const id of waiting.ids()) tried(id, false);
    });
  }

  function say(reason: string | null) {
    if (trouble === reason) return;
    trouble = reason;
    onTrouble();
  }

  function flush(id: string, all: boolean): Promise<void> {
    return inOrder(id, async () => {
      for (;;) {
        const batch = waiting.take(id, all);
        if (!batch) return void unwritten.delete(id);
        try {
          await write(ways, id, batch);
          say(null);
        } catch (error) {
          waiting.putBack(id, batch);
          say(whyOf(error));
          throw error;
        }
        count -= batch.end - startOf(batch);
        if (!all && waiting.has(id)) return later(GATHER_MS);
      }
    });
  }

  /** Flushes; what does not work is told by `trouble` and tried again. */
  async function tried(id: string, all = true) {
    try {
      await flush(id, all);
    } catch {
      later(RETRY_MS);
    }
  }

  return {
    async take(batch, packs) {
      const { sessionId: id, entries } = batch;
      unwritten.add(id);
      waiting.put(id, waitingOf(batch, packs));
      count += entries.length;
      later(GATHER_MS);
      if (count > MAX_WAITING) await tried(id);
    },
    drained: (id) => flush(id, true),
    async follow(id) {
      await inOrder(id, () => follow(ways, id));
    },
    step: (id) => inOrder(id, () => follow(ways, id, STEP_ENTRIES)),
    trouble: () => trouble,
    async close() {
      closed = true;
      callOff?.();
      for (const id of [...unwritten]) await tried(id);
    },
  };
}

/** Writes what was taken, and before it what only the stream has. */
async function write(ways: Ways, id: string, batch: Waiting) {
  const { archive } = ways;
  const { end, answers, info } = batch;
  const comments = Array.from(batch.comments.values());
  let { packs } = batch;
  for (let tries = 0;; tries++) {
    const after = packs[0] ? packs[0].first - 1 : end;
    const rest = { sessionId: id, comments, answers, ...(info && { info }) };
    try {
      return await archive.archive({ ...rest, after, packs });
    } catch (error) {
      if (!(error instanceof LogConflictError) || tries > 3) throw error;
      let head = await archive.head(id);
      if (head < after) head = await copy(ways, id, head);
      // Beyond its end where the stream had more: then only rows are left.
      packs = packsAfter(packs, head);
      if (head > end) {
        return await archive.archive({ ...rest, after: head, packs });
      }
    }
  }
}

/** Copies what the stream has after a seq; where the archive ends then. */
async function copy(
  { archive, ledger }: Ways,
  id: string,
  after: number,
  most = Infinity,
): Promise<number> {
  const stop = after + most;
  let entries: Entry[] = [];
  const write = async () => {
    if (entries.length === 0) return;
    const rest = { sessionId: id, comments: [], answers: [] };
    await archive.archive({ ...rest, after, packs: packsOf(entries) });
    after += entries.length;
    entries = [];
  };
  for await (const pack of ledger.read(id, after)) {
    for (const entry of pack) entries.push(entry);
    if (entries.length >= ENTRIES_AT_A_TIME) await write();
    if (after >= stop) break;
  }
  await write();
  return after;
}

/** Brings the archive up to the stream's end, or so many entries nearer. */
async function follow(
  ways: Ways,
  id: string,
  most?: number,
): Promise<number> {
  for (let tries = 0;; tries++) {
    try {
      return await copy(ways, id, await ways.archive.head(id), most);
    } catch (error) {
      if (!(error instanceof LogConflictError) || tries > 3) throw error;
    }
  }
}
