/**
 * What one redraw of the audience's screen needs.
 *
 * @module
 */

export type Phase = "idle" | "open" | "closing" | "frozen" | "ended";

/** One line of the board. */
export interface Row {
  /** From 1. */
  rank: number;
  viewerId: string;
  handle: string;
  nickname: string;
  avatarUrl: string | null;
  points: number;
  follower: boolean;
}

/** A row that now stands above others it was below. */
export interface Overtaking {
  viewerId: string;
  /** Rank before and now. */
  from: number;
  to: number;
  /** Viewer ids that were above and are now below, best first. */
  passed: string[];
}

/** What the overlay shows of one viewer. */
export interface Stage {
  kind: "winner" | "comment";
  viewerId: string;
  handle: string;
  nickname: string;
  avatarUrl: string | null;
  points: number | null;
  comment: string | null;
}

/** Everything one redraw needs; each stands alone. */
export interface Frame {
  /** Of the ledger; grows. */
  seq: number;
  session: { id: string; title: string; channel: string } | null;
  phase: Phase;
  /** Unix ms, while closing. */
  closesAt: number | null;
  /** Unix ms at which the countdown shows 0; `closesAt` less the stream delay. */
  countdownTo: number | null;
  /**
   * The server's clock as the frame left, Unix ms. What is left of a countdown is
   * its end less this; while one runs nobody can set the clock that tells both.
   */
  now: number;
  /** How many are on the board. */
  viewers: number;
  rows: Row[];
  overtakings: Overtaking[];
  stage: Stage | null;
}

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
