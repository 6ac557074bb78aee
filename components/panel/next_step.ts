/**
 * What the evening needs next: the one button that is large and filled.
 *
 * @module
 */
import type { ConnectionPhase } from "@/core/connection.ts";
import { type Frame, isWin } from "@/core/frame.ts";

/** The control to press next; `wait` while a countdown runs or a game loads. */
export type NextStep =
  | "connect"
  | "start"
  | "freeze"
  | "wait"
  | "winner"
  | "open"
  | "resume";

/** Where a new connection is needed before anything can happen. */
const UNCONNECTED: ConnectionPhase[] = ["off", "failed", "ended"];

/**
 * Says which control comes next. Opening clears the stage, so a winner on it is
 * the one of this freeze.
 */
export function nextStep(
  connection: ConnectionPhase,
  frame: Pick<Frame, "phase" | "stage" | "viewers">,
): NextStep {
  switch (frame.phase) {
    case "open":
      return "freeze";
    case "closing":
      return "wait";
    case "paused":
      return "resume";
    case "frozen":
      if (frame.viewers === 0) return "open";
      return isWin(frame.stage) ? "open" : "winner";
    case "idle":
    case "ended":
      return UNCONNECTED.includes(connection) ? "connect" : "start";
  }
}
