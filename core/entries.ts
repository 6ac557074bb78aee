/**
 * What can be said of an entry of the ledger (`shapes/entries.ts`).
 *
 * @module
 */
import type { Fact } from "./shapes/entries.ts";

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
