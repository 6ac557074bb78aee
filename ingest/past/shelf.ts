/**
 * Sessions that are read, not played: opened from snapshot and ledger, the last
 * few kept open; and exports that come in.
 *
 * @module
 */
import type { Entry } from "@/core/shapes/entries.ts";
import type { SessionInfo, SessionLog, Store } from "@/core/ports.ts";
import { evolve } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import type { Session } from "@/core/session.ts";
import { joinParts, readSnapshot, snapshotParts } from "@/core/snapshot.ts";
import { type Chance, newId } from "@/core/chance.ts";
import { turn } from "../clock.ts";
import { readLedgerLines } from "./ledger_lines.ts";

/** Sessions kept open for readers. */
const OPEN = 3;
/** Entries played without a pause: some 20 ms. */
const PLAYED_AT_A_TIME = 5_000;
/** What took longer to play is kept as a snapshot for the next start. */
const SNAPSHOT_FROM = 20_000;
/** Entries of one append while importing. */
const IMPORT_BATCH = 2_000;

/** Opens sessions that do not run here. */
export interface Shelf {
  /** The session as its ledger has it; null where there is none. */
  open(id: string): Promise<Session | null>;
  /**
   * Forgets an open copy, because the session runs or has changed; all of them,
   * where another process may have changed any.
   */
  forget(id?: string): void;
  import(lines: AsyncIterable<string>, now: number): Promise<SessionInfo>;
}

/** A shelf on which nothing is open yet. */
export function createShelf(store: Store, chance: Chance): Shelf {
  const open = new Map<string, Promise<Session | null>>();
  return {
    async open(id) {
      const kept = open.get(id) ?? loadSession(store, id);
      open.delete(id); // to the newest end
      open.set(id, kept);
      for (const oldest of open.keys()) {
        if (open.size <= OPEN) break;
        open.delete(oldest);
      }
      try {
        return await kept;
      } catch (error) {
        open.delete(id);
        throw error;
      }
    },
    forget(id) {
      if (id === undefined) open.clear();
      else open.delete(id);
    },
    import: (lines, now) =>
      importSession(store, lines, newId(now, chance), now),
  };
}

/**
 * A session from its newest snapshot and what came after it. Comments of that
 * rest stay marked as changed where their rows may not have been stored.
 *
 * @param known The session as it was earlier, which goes on instead.
 * @returns Null where there is no ledger of that name.
 */
export async function loadSession(
  store: SessionLog,
  id: string,
  known?: Session | null,
): Promise<Session | null> {
  const session = known ?? await fromNewest(store, id) ?? emptySession();
  let paused = session.seq;
  for await (const entries of store.read(id, session.seq)) {
    for (const entry of entries) evolve(session, entry);
    if (session.seq - paused < PLAYED_AT_A_TIME) continue;
    paused = session.seq;
    await turn();
  }
  if (session.seq === 0) return null;
  session.id = id; // an imported ledger may carry another one
  const stored = await store.commentsStored?.(id) ?? 0;
  for (const [row, seq] of session.changed) {
    if (seq <= stored) session.changed.delete(row);
  }
  return session;
}

/**
 * The same for whoever goes on with it: where much had to be played, a snapshot
 * is kept, so that the next start is a short one.
 *
 * @param log Takes a line where it could not be kept.
 */
export async function loadToWrite(
  store: Store,
  id: string,
  log: (line: string) => void,
): Promise<Session | null> {
  const known = await fromNewest(store, id);
  const from = known?.seq ?? 0;
  const session = await loadSession(store, id, known);
  if (!session || session.seq - from < SNAPSHOT_FROM) return session;
  try {
    await keepSnapshot(store, session);
  } catch (error) {
    log(`The next start will take as long: ${error}`);
  }
  return session;
}

async function fromNewest(
  store: SessionLog,
  id: string,
): Promise<Session | null> {
  const snapshot = await store.snapshot(id);
  if (!snapshot) return null;
  const reading = readSnapshot(snapshot.bytes);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
    await turn();
  }
}

/** Keeps what a session is, made while others have their turn. */
export async function keepSnapshot(
  store: Store,
  session: Session,
): Promise<void> {
  const parts: Uint8Array[] = [];
  for (const part of snapshotParts(session)) {
    parts.push(part);
    await turn();
  }
  const { id, seq } = session;
  await store.saveSnapshot(id, { seq, bytes: joinParts(parts) });
}

async function importSession(
  store: Store,
  lines: AsyncIterable<string>,
  id: string,
  now: number,
): Promise<SessionInfo> {
  const writer = `import-${id}`;
  let entries: Entry[] = [];
  let after = 0;
  const write = async () => {
    const batch = { sessionId: id, writer, after, entries };
    await store.append({ ...batch, comments: [], answers: [] });
    after += entries.length;
    entries = [];
  };
  try {
    const { info, session } = await readLedgerLines(lines, async (entry) => {
      entries.push(entry);
      if (entries.length === IMPORT_BATCH) await write();
    }, now);
    if (entries.length > 0) await write();
    session.id = id;
    await keepSnapshot(store, session);
    const endedAt = session.endedAt ?? session.at;
    const imported: SessionInfo = { ...info, id, endedAt, deletedAt: null };
    await store.putSession(imported);
    return imported;
  } catch (error) {
    await store.purgeSession(id);
    throw error;
  }
}
