/**
 * What one redraw of the audience's screen needs.
 *
 * @module
 */

import type { Frame, Stage } from "./shapes/frame.ts";

/** Defined there, and part of what this file is about. */
export type {
  BoostShown,
  Frame,
  GoalShown,
  Overtaking,
  Phase,
  RoundShown,
  Row,
  Stage,
  TeamShown,
} from "./shapes/frame.ts";

/** Rows a frame holds before a stream cuts it to its own size. */
export const MAX_ROWS = 30;
/** Rows a stream gets unless it asks (`?rows=`). */
export const DEFAULT_ROWS = 5;

/** What is shown while no session runs. */
export function idleFrame(now: number): Frame {
  return {
    seq: 0,
    session: null,
    phase: "idle",
    closesAt: null,
    countdownTo: null,
    now,
    viewers: 0,
    rows: [],
    overtakings: [],
    round: null,
    series: null,
    teams: [],
    goals: [],
    boost: null,
    stage: null,
  };
}

/** Whether the stage shows somebody who has won: a viewer, a team's best. */
export function isWin(stage: Pick<Stage, "kind"> | null): boolean {
  return stage !== null && stage.kind !== "comment";
}

/** Whether something runs on it whose length is promised. */
export function isTimed(
  { phase, round, boost }: Pick<Frame, "phase" | "round" | "boost">,
): boolean {
  if (phase === "closing" || phase === "paused" || boost !== null) return true;
  return round !== null && round.endsAt !== null;
}

/** A frame of so many rows, and what happened among them. */
export function cutTo(frame: Frame, rows = frame.rows.length): Frame {
  return {
    ...frame,
    rows: frame.rows.slice(0, rows),
    overtakings: frame.overtakings.filter(({ to }) => to <= rows),
  };
}
