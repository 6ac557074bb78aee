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

/** How long a batch may wait for others, in ms; the archive is due in 100. */
const GATHER_MS = 20;
const RETRY_MS = 500;
/** Entries that may wait; above it Redis waits for the disk. */
const MAX_WAITING = 100_000;
/** Comments of one commit: rows are dear, and the ledger has them already. */
const COMMENTS_AT_A_TIME = 300;
/** Entries of one commit when the archive is far behind. */
const ENTRIES_AT_A_TIME = 4_000;
/** Entries of one step of a process that stands by: some 100 ms. */
const STEP_ENTRIES = 10_000;

/** What waits for the archive, of one session. */
interface Waiting {
  /** In order, up to `end`; what is missing before them is in the stream. */
  packs: Pack[];
  end: number;
  /** The newest of each comment, by its id. */
  comments: Map<string, Batch["comments"][number]>;
  answers: Batch["answers"];
  info: Batch["info"];
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
  const waiting = new Map<string, Waiting>();
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
      for (const id of waiting.keys()) tried(id, false);
    });
  }

  function say(reason: string | null) {
    if (trouble === reason) return;
    trouble = reason;
    onTrouble();
  }

  /** Puts what is newer behind what waits. */
  function put(id: string, newer: Waiting) {
    unwritten.add(id);
    const older = waiting.get(id);
    if (!older) return void waiting.set(id, newer);
    if (older.end === startOf(newer)) append(older.packs, newer.packs);
    else older.packs = newer.packs;
    older.end = newer.end;
    for (const [name, comment] of newer.comments) {
      older.comments.set(name, comment);
    }
    append(older.answers, newer.answers);
    older.info = newer.info ?? older.info;
  }

  function flush(id: string, all: boolean): Promise<void> {
    return inOrder(id, async () => {
      for (;;) {
        const batch = waiting.get(id);
        if (!batch) return void unwritten.delete(id);
        waiting.delete(id);
        if (!all) leaveComments(id, batch);
        try {
          await write(id, batch);
          say(null);
        } catch (error) {
          putBack(id, batch);
          say(whyOf(error));
          throw error;
        }
        count -= batch.end - startOf(batch);
        if (!all && waiting.has(id)) return later(GATHER_MS);
      }
    });
  }

  /** Lets the comments wait that are too many for one commit. */
  function leaveComments(id: string, batch: Waiting) {
    const { comments, end } = batch;
    if (comments.size <= COMMENTS_AT_A_TIME) return;
    batch.comments = new Map(comments.entries().take(COMMENTS_AT_A_TIME));
    for (const name of batch.comments.keys()) comments.delete(name);
    const rest = { packs: [], end, answers: [], info: undefined };
    waiting.set(id, { ...rest, comments });
  }

  /** Puts what was taken before what has come since. */
  function putBack(id: string, older: Waiting) {
    const newer = waiting.get(id);
    waiting.set(id, older);
    if (newer) put(id, newer);
  }

  async function write(id: string, batch: Waiting) {
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
        if (head < after) head = await copy(id, head);
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

  async function follow(id: string, most?: number): Promise<number> {
    for (let tries = 0;; tries++) {
      try {
        return await copy(id, await archive.head(id), most);
      } catch (error) {
        if (!(error instanceof LogConflictError) || tries > 3) throw error;
      }
    }
  }

  return {
    async take(batch, packs) {
      const { sessionId: id, after, entries, answers, info } = batch;
      const comments = batch.comments.map((comment) =>
        [`${comment.row.viewerId}\n${comment.row.id}`, comment] as const
      );
      put(id, {
        packs: [...packs],
        end: after + entries.length,
        comments: new Map(comments),
        answers: [...answers],
        info,
      });
      count += entries.length;
      later(GATHER_MS);
      if (count > MAX_WAITING) await tried(id);
    },
    drained: (id) => flush(id, true),
    async follow(id) {
      await inOrder(id, () => follow(id));
    },
    step: (id) => inOrder(id, () => follow(id, STEP_ENTRIES)),
    trouble: () => trouble,
    async close() {
      closed = true;
      callOff?.();
      for (const id of [...unwritten]) await tried(id);
    },
  };

  /** Flushes; what does not work is told by `trouble` and tried again. */
  async function tried(id: string, all = true) {
    try {
      await flush(id, all);
    } catch {
      later(RETRY_MS);
    }
  }
}

/** The seq after which it begins. */
function startOf({ packs, end }: Waiting): number {
  return packs[0] ? packs[0].first - 1 : end;
}

/** Puts a list behind another; a spread would be an argument for each. */
function append<T>(first: T[], second: T[]): void {
  for (const each of second) first.push(each);
}
