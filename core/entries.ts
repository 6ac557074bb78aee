/**
 * What can be said of an entry of the ledger (`shapes/entries.ts`).
 *
 * @module
 */
import type { Entry, Fact } from "./shapes/entries.ts";

/** The host's steps: entries that undo can take back. */
export const HOST_STEPS = [
  "closing",
  "freezeCancelled",
  "opened",
  "winnerSelected",
  "winTakenBack",
  "commentShown",
  "stageCleared",
  "commentMarked",
  "commentHidden",
  "pointsAdjusted",
  "satOut",
  "cameBack",
  "viewerBlocked",
  "viewerUnblocked",
  "ratesSet",
  "ended",
  "roundStarted",
  "clockSet",
  "teamsSet",
  "teamAssigned",
  "goalsSet",
  "boosted",
  "boostEnded",
  "lateCounted",
  "prizeMarked",
] as const satisfies readonly Fact["type"][];
/** One of them. */
export type HostStep = (typeof HOST_STEPS)[number];

/** What the program does by itself, and the host's pauses: undo takes none back. */
export const PROGRAM_STEPS = [
  "frozen",
  "paused",
  "resumed",
  "roundClosing",
  "overtimeDecided",
  "targetReached",
  "boostOver",
] as const satisfies readonly Fact["type"][];
/** One of them. */
export type ProgramStep = (typeof PROGRAM_STEPS)[number];

/** What an entry gave (or took, below 0) and to whom; null where nobody. */
export function receiptOf(
  entry: Entry,
): { viewerId: string; points: number } | null {
  if (!("viewerId" in entry) || entry.viewerId === undefined) return null;
  const points = "points" in entry ? entry.points ?? 0 : 0;
  return { viewerId: entry.viewerId, points };
}
