/**
 * Snapshots of the session that runs: when one is worth its time, and keeping
 * it beside the game.
 *
 * @module
 */
import type { SessionLog } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import { joinParts, snapshotParts } from "@/core/snapshot.ts";
import type { Pace } from "./pace.ts";

/** Snapshots of one session. */
export interface Snapshots {
  /** Whether one is worth its time now. */
  isDue(): boolean;
  /** Whether anything came after the last one. */
  isBehind(): boolean;
  /** Makes one while the game waits, and lets it be written beside. */
  keep(): Promise<void>;
  /** Resolves when the last one is written, or could not be. */
  idle(): Promise<void>;
}

/**
 * @param every After how many entries one is due.
 * @param breathe Lets others have a turn.
 * @param onTrouble Told when one could not be written: only a short cut is
 * missing then, the ledger itself is written.
 */
export function createSnapshots(
  session: Session,
  log: SessionLog,
  every: Pace["snapshots"],
  breathe: () => Promise<void>,
  onTrouble: (error: unknown) => void,
): Snapshots {
  let kept = session.seq;
  let keeping: Promise<void> | null = null;
  return {
    isDue() {
      const isFrozen = session.controls.phase === "frozen";
      return session.seq - kept >= (isFrozen ? every.frozen : every.running);
    },
    isBehind: () => session.seq > kept,
    async keep() {
      const { seq } = session;
      kept = seq;
      const parts: Uint8Array[] = [];
      for (const part of snapshotParts(session)) {
        parts.push(part);
        await breathe();
      }
      const bytes = joinParts(parts);
      keeping = log.saveSnapshot(session.id, { seq, bytes }).catch(onTrouble);
    },
    async idle() {
      await keeping;
    },
  };
}
