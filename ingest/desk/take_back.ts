/**
 * Takes what was played and could not be written out of a session again, so
 * that it is what its ledger says.
 *
 * @module
 */
import type { Batch, SessionLog } from "@/core/ports.ts";
import type { Room } from "@/core/room.ts";
import { emptySession, type Session } from "@/core/session.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { loadSession } from "../past/shelf.ts";

/** What was played, as far as taking it back is concerned. */
interface Unwritten {
  batch: Batch;
  room: Room | null;
}

/** The session as its ledger has it; null where that cannot be known now. */
export async function readAgain(
  log: SessionLog,
  id: string,
): Promise<Session | null> {
  try {
    const head = await log.head(id);
    const read = await loadSession(log, id) ?? emptySession();
    return read.seq === head ? read : null;
  } catch {
    return null; // whoever asks tries again, and has said what is wrong
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
