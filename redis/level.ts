/**
 * Brings the ledger in Redis and its copy in the archive to one level: what one
 * of them lacks it gets, and where they have gone apart both are kept.
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
import type { Availability } from "./availability.ts";

/** What the truth is kept with. */
export interface TruthOptions {
  archive: KvStore;
  archiver: Archiver;
  ledger: RedisLedger;
  availability: Availability;
  /** Of this process. */
  name: string;
  /** A session's line, as Redis has it. */
  line(id: string): Promise<SessionInfo | null>;
}

/** Ways to one level. */
export interface Level {
  /**
   * Gives Redis what only the archive has.
   *
   * @throws {LogConflictError} If somebody else leads.
   */
  bringUp(id: string, anew?: Batch["anew"]): Promise<void>;
  /** Whether stream and archive have the same entry there. */
  isSame(id: string, seq: number): Promise<boolean>;
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

/** The ways between a stream and an archive. */
export function createLevel(options: TruthOptions): Level {
  const { archive, archiver, ledger, availability, name, line } = options;
  const { sessions: { behind, whole, running }, unsent } = availability;

  async function bringUp(id: string, anew?: Batch["anew"]): Promise<void> {
    const end = await archive.head(id);
    const { seq: start } = await ledger.head(id);
    if (start > end || !await isSame(id, start)) throw otherWriter(id);
    let after = start;
    const rest = { sessionId: id, writer: "archive", comments: [] };
    for await (const entries of inParts(archive.read(id, start))) {
      await ledger.append(
        { ...rest, after, entries, answers: [] },
        availability.token(),
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
    }, availability.token());
    unsent.answers.clear();
    unsent.lines.delete(id);
    await archive.markStreamed(id, after);
    behind.delete(id);
    if (anew) whole.delete(id);
    else if (running.has(id)) whole.add(id);
    availability.tell();
  }

  async function isSame(id: string, seq: number): Promise<boolean> {
    if (seq === 0) return true;
    const [ours, theirs] = await Promise.all([
      entryAt(archive.read(id, seq - 1)),
      ledger.entry(id, seq),
    ]);
    return JSON.stringify(ours) === JSON.stringify(theirs);
  }

  async function reconcile(id: string): Promise<string | null> {
    if (!availability.mayUse()) return null;
    await archiver.drained(id);
    const { seq: there } = await ledger.head(id);
    let here = await archive.head(id);
    let said: string | null = null;
    if (!await isSame(id, Math.min(here, there))) {
      const kept = await setAside(archive, name, id, here);
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

  return { bringUp, isSame, reconcile, follow };
}

/** Keeps the archive's version as a session of its own, and makes room. */
async function setAside(
  archive: KvStore,
  name: string,
  id: string,
  head: number,
): Promise<string> {
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
