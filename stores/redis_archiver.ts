/**
 * Carries what Redis has acknowledged on to Deno KV, a moment later and
 * several batches at a time. Each commit also says up to which item of the
 * stream the archive goes; what is missing after a crash, or because another
 * process led, is read from the stream.
 *
 * @module
 */
import type { Entry } from "../core/entries.ts";
import { type Batch, LogConflictError } from "../core/ports.ts";
import { createInOrder } from "../core/in_order.ts";
import type { Archive } from "./kv_log.ts";
import type { RedisLedger } from "./redis_ledger.ts";

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
const WRITER = "stream";

/** What waits for the archive, of one session. */
interface Waiting {
  /** In order, up to `end`; what is missing before them is in the stream. */
  entries: Entry[];
  end: number;
  /** The newest of each comment, by its id. */
  comments: Map<string, Batch["comments"][number]>;
  answers: Batch["answers"];
  info: Batch["info"];
}

/** The way to the archive. */
export interface Archiver {
  /** Takes a batch that Redis has; resolves when there is room for the next. */
  take(batch: Batch): Promise<void>;
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

export function createArchiver(
  archive: Archive,
  ledger: RedisLedger,
  onTrouble: () => void,
): Archiver {
  const waiting = new Map<string, Waiting>();
  /** Sessions of which something waits or is being written. */
  const unwritten = new Set<string>();
  const inOrder = createInOrder();
  let trouble: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;
  let closed = false;

  function later(ms: number) {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const id of waiting.keys()) {
        tried(id, false);
      }
    }, ms);
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
    const follows = older.end === newer.end - newer.entries.length;
    waiting.set(id, {
      entries: follows ? append(older.entries, newer.entries) : newer.entries,
      end: newer.end,
      comments: new Map([...older.comments, ...newer.comments]),
      answers: append(older.answers, newer.answers),
      info: newer.info ?? older.info,
    });
  }

  function flush(id: string, all: boolean): Promise<void> {
    return inOrder(id, async () => {
      for (;;) {
        const batch = waiting.get(id);
        if (!batch) return void unwritten.delete(id);
        waiting.delete(id);
        const rows = [...batch.comments];
        const now = all ? rows : rows.slice(0, COMMENTS_AT_A_TIME);
        try {
          await write(id, batch, now.map(([, row]) => row));
          say(null);
        } catch (error) {
          putBack(id, batch);
          say(error instanceof Error ? error.message : String(error));
          throw error;
        }
        count -= batch.entries.length;
        if (now.length === rows.length) continue;
        const comments = new Map(rows.slice(now.length));
        putBack(id, { ...batch, entries: [], answers: [], comments });
        return later(GATHER_MS);
      }
    });
  }

  /** Puts what was taken before what has come since. */
  function putBack(id: string, older: Waiting) {
    const newer = waiting.get(id);
    waiting.set(id, older);
    if (newer) put(id, newer);
  }

  async function write(
    id: string,
    batch: Waiting,
    comments: Batch["comments"],
  ) {
    const { end, answers, info } = batch;
    let { entries } = batch;
    for (let tries = 0;; tries++) {
      const after = end - entries.length;
      const rest = { sessionId: id, writer: WRITER, comments, answers };
      try {
        return await archive.archive({
          ...rest,
          after,
          entries,
          ...(info && { info }),
        });
      } catch (error) {
        if (!(error instanceof LogConflictError) || tries > 3) throw error;
        let head = await archive.head(id);
        if (head < after) head = await copy(id, head);
        // Beyond its end where the stream had more: then only rows are left.
        entries = entries.slice(Math.max(0, head - after));
        if (head > end) return await rowsOnly(id, head, rest, info);
      }
    }
  }

  async function rowsOnly(
    id: string,
    after: number,
    rest: Pick<Batch, "writer" | "comments" | "answers">,
    info: Batch["info"],
  ) {
    const batch = { ...rest, sessionId: id, after, entries: [] };
    await archive.archive({ ...batch, ...(info && { info }) });
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
      const rest = { comments: [], answers: [], writer: WRITER };
      await archive.archive({ ...rest, sessionId: id, after, entries });
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
    async take(batch) {
      const { sessionId: id, after, entries, answers, info } = batch;
      const comments = batch.comments.map(({ seq, row }) =>
        [`${row.viewerId}\n${row.id}`, { seq, row: { ...row } }] as const
      );
      put(id, {
        entries: entries.map((entry) => ({ ...entry })),
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
      clearTimeout(timer);
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

/** Both lists; the first is used up, because it may be long. */
function append<T>(first: T[], second: T[]): T[] {
  for (const each of second) first.push(each);
  return first;
}
