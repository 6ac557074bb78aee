/**
 * What one redraw of the audience's screen needs.
 *
 * @module
 */

import type { Frame } from "./shapes/frame.ts";

/** Defined there, and part of what this file is about. */
export type { Frame, Overtaking, Phase, Row, Stage } from "./shapes/frame.ts";

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
    stage: null,
  };
}

/** A frame of so many rows, and what happened among them. */
export function cutTo(frame: Frame, rows = frame.rows.length): Frame {
  return {
    ...frame,
    rows: frame.rows.slice(0, rows),
    overtakings: frame.overtakings.filter(({ to }) => to <= rows),
  };
}
