/**
 * Takes what was played and could not be written out of a session again, so
 * that it is what its ledger says.
 *
 * @module
 */
import { type Batch, LogConflictError, type SessionLog } from "@/core/ports.ts";
import type { Room } from "@/core/room.ts";
import { emptySession, type Session } from "@/core/session.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { loadSession } from "../past/shelf.ts";

/** What was played, as far as taking it back is concerned. */
interface Unwritten {
  batch: Batch;
  room: Room | null;
}

/**
 * The session as its ledger has it; null where that cannot be known now.
 *
 * @param played What may have been written of it.
 * @throws {LogConflictError} If another writer has gone on in its place.
 */
export async function readAgain(
  log: SessionLog,
  id: string,
  played: Pick<Unwritten, "batch">[],
): Promise<Session | null> {
  try {
    const head = await log.head(id);
    const read = await loadSession(log, id) ?? emptySession();
    if (read.seq !== head) return null;
    await mustBeOurs(log, id, played.flatMap(({ batch }) => batch.entries));
    return read;
  } catch (error) {
    if (error instanceof LogConflictError) throw error;
    return null; // whoever asks tries again, and has said what is wrong
  }
}

/** Makes sure that where these entries belong stand they alone, or nothing. */
async function mustBeOurs(log: SessionLog, id: string, entries: Entry[]) {
  if (entries.length === 0) return;
  const texts = new Map(
    entries.map((entry) => [entry.seq, JSON.stringify(entry)]),
  );
  for await (const kept of log.read(id, entries[0]!.seq - 1)) {
    const other = kept.find((entry) =>
      texts.get(entry.seq) !== JSON.stringify(entry)
    );
    if (!other) continue;
    throw new LogConflictError(
      `Cannot go on with "${id}": another process has written entry ${other.seq}`,
    );
  }
}

/**
 * Lets a session be what was read of its ledger.
 *
 * @returns Entries of what was played that had been written all the same.
 */
export function standAt(
  session: Session,
  read: Session,
  played: Unwritten[],
): Entry[] {
  const pending = [
    ...session.changed,
    ...played.flatMap(({ batch }) =>
      batch.comments.map(({ row, seq }) => [row, seq] as const)
    ),
  ];
  const standings = played.flatMap(({ batch }) => batch.standings ?? []);
  for (const { room } of played) room?.takeBack();
  const { id, touched } = session;
  Object.assign(session, read, { id, touched });
  for (const [row, seq] of pending) {
    const same = session.commentOf.get(row.id);
    if (same && seq <= session.seq) session.changed.set(same, seq);
  }
  touched?.clear();
  for (const { id } of standings) {
    const tally = session.tallies.get(id);
    if (tally) touched?.set(tally, true);
  }
  return played.flatMap(({ batch }) => batch.entries)
    .filter(({ seq }) => seq <= session.seq);
}
