/**
 * Which log is the truth: the ledger in Redis and its copy in the archive, kept
 * at one through everything that may come between them. `store.ts` says which
 * one it is, and when.
 *
 * @module
 */
import {
  type Batch,
  LogConflictError,
  type SessionInfo,
} from "@/core/ports.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import type { Archiver } from "./archiver.ts";
import type { RedisLedger } from "./ledger.ts";
import { PART_ENTRIES } from "./parts.ts";
import type { Standing } from "./standing.ts";

/** What the truth is kept with. */
interface TruthOptions {
  archive: KvStore;
  archiver: Archiver;
  ledger: RedisLedger;
  standing: Standing;
  /** Of this process. */
  name: string;
  /** A session's line, as Redis has it. */
  line(id: string): Promise<SessionInfo | null>;
}

/** The ledgers. */
export interface Truth {
  /** @throws {LogConflictError} If somebody else writes. */
  append(batch: Batch): Promise<void>;
  read(id: string, after?: number): AsyncGenerator<Entry[]>;
  head(id: string): Promise<number>;
  /**
   * Makes stream and archive one before a session is opened; what is to be said
   * of it, or null.
   */
  reconcile(id: string): Promise<string | null>;
  /**
   * A step of a process that stands by. Whoever does is not the one who writes
   * this session, so nothing of its own is left to be brought to Redis.
   */
  follow(id: string): Promise<"level" | "more" | "apart">;
}

/** Takes the archive for the truth wherever Redis is known to be behind. */
export function createTruth(options: TruthOptions): Truth {
  const { archive, archiver, ledger, standing, name, line } = options;
  const { sessions: { behind, whole, running }, unsent } = standing;

  async function append(batch: Batch): Promise<void> {
    const id = batch.sessionId;
    if (standing.isAlone()) behind.add(id);
    if (!behind.has(id)) {
      try {
        const packs = await ledger.append(batch, standing.token());
        if (batch.anew) whole.delete(id);
        return await archiver.take(batch, packs);
      } catch (error) {
        if (error instanceof LogConflictError) throw error;
        behind.add(id);
        standing.fail(error);
      }
    }
    await archiver.drained(id);
    await archive.append(batch);
    for (const { answer } of batch.answers) {
      unsent.answers.set(answer.key, answer);
    }
    if (batch.info) unsent.lines.set(id, batch.info);
    if (!standing.isUsable()) return;
    try {
      await bringUp(id, batch.anew);
      standing.succeed();
    } catch (error) {
      if (error instanceof LogConflictError) throw error;
      standing.fail(error); // durable all the same
    }
  }

  /**
   * Gives Redis what only the archive has.
   *
   * @throws {LogConflictError} If somebody else leads.
   */
  async function bringUp(id: string, anew?: Batch["anew"]): Promise<void> {
    const end = await archive.head(id);
    const { seq: start } = await ledger.head(id);
    if (start > end || !await isSame(id, start)) throw otherWriter(id);
    let after = start;
    const rest = { sessionId: id, writer: "archive", comments: [] };
    for await (const entries of inParts(archive.read(id, start))) {
      await ledger.append(
        { ...rest, after, entries, answers: [] },
        standing.token(),
      );
      after += entries.length;
    }
    const info = await archive.session(id);
    await ledger.append({
      ...rest,
      after,
      entries: [],
      answers: [...unsent.answers.values()].map((answer) => ({
        seq: after,
        answer,
      })),
      ...(info && { info }),
      ...(anew && { anew }),
    }, standing.token());
    unsent.answers.clear();
    unsent.lines.delete(id);
    await archive.markStreamed(id, after);
    behind.delete(id);
    if (anew) whole.delete(id);
    else if (running.has(id)) whole.add(id);
    standing.tell();
  }

  /** Whether stream and archive have the same entry there. */
  async function isSame(id: string, seq: number): Promise<boolean> {
    if (seq === 0) return true;
    const [ours, theirs] = await Promise.all([
      entryAt(archive.read(id, seq - 1)),
      ledger.entry(id, seq),
    ]);
    return JSON.stringify(ours) === JSON.stringify(theirs);
  }

  async function reconcile(id: string): Promise<string | null> {
    if (!standing.mayUse()) return null;
    await archiver.drained(id);
    const { seq: there } = await ledger.head(id);
    let here = await archive.head(id);
    let said: string | null = null;
    if (!await isSame(id, Math.min(here, there))) {
      const kept = await setAside(id, here);
      said =
        `Another process went on with "${id}"; what only this machine had is kept as "${kept}"`;
      here = 0;
    }
    if (there > here) {
      await archiver.follow(id);
      const info = await line(id);
      if (info) await archive.putSession(info);
    }
    if (there < here) {
      behind.add(id);
      await bringUp(id);
    }
    return said;
  }

  async function follow(id: string): Promise<"level" | "more" | "apart"> {
    running.delete(id);
    behind.delete(id);
    const there = (await ledger.head(id)).seq;
    const here = await archive.head(id);
    if (here > there || !await isSame(id, here)) return "apart";
    if (here === there) return "level";
    return await archiver.step(id) < there ? "more" : "level";
  }

  /** Keeps the archive's version as a session of its own, and makes room. */
  async function setAside(id: string, head: number): Promise<string> {
    const kept = `${id}-apart-${head}`;
    const rest = { sessionId: kept, writer: name, comments: [], answers: [] };
    let after = await archive.head(kept);
    for await (const entries of archive.read(id, after)) {
      await archive.append({ ...rest, after, entries });
      after += entries.length;
    }
    const info = await archive.session(id);
    if (info) {
      const title = `${info.title} (apart)`.trim();
      await archive.putSession({ ...info, id: kept, title });
    }
    await archive.purgeSession(id);
    return kept;
  }

  async function* read(id: string, after = 0): AsyncGenerator<Entry[]> {
    await archiver.drained(id);
    const isApart = !behind.has(id) && await standing.ask(async () => {
      const { seq } = await ledger.head(id);
      const here = await archive.head(id);
      if (seq <= here) return false;
      if (!await isSame(id, here)) return true;
      await archiver.follow(id);
      return false;
    }, false);
    yield* isApart ? ledger.read(id, after) : archive.read(id, after);
  }

  return {
    append,
    read,
    async head(id) {
      const there = await standing.ask(() => ledger.head(id), null);
      return Math.max(there?.seq ?? 0, await archive.head(id));
    },
    reconcile,
    follow,
  };
}

function otherWriter(id: string): LogConflictError {
  return new LogConflictError(
    `Cannot append to "${id}": another process has written to it`,
  );
}

/** The first entry that comes. */
async function entryAt(packs: AsyncIterable<Entry[]>): Promise<Entry | null> {
  for await (const [entry] of packs) return entry ?? null;
  return null;
}

/** The same entries in packs as large as one transaction takes. */
async function* inParts(
  packs: AsyncIterable<Entry[]>,
): AsyncGenerator<Entry[]> {
  let part: Entry[] = [];
  for await (const pack of packs) {
    for (const entry of pack) {
      part.push(entry);
      if (part.length < PART_ENTRIES) continue;
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}
