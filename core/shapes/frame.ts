/**
 * What one redraw of the audience's screen needs.
 *
 * @module
 */
import { z } from "zod";
import { MaybeMoment, MaybeText, Moment, Text, Whole } from "./words.ts";

/** Where a session stands. */
export const Phase = z.enum(["idle", "open", "closing", "frozen", "ended"]);
/** As the schema of that name gives it. */
export type Phase = z.infer<typeof Phase>;

/** One line of the board. */
export const Row = z.object({
  rank: Whole.describe("From 1"),
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  points: Whole,
  follower: z.boolean(),
});
/** As the schema of that name gives it. */
export type Row = z.infer<typeof Row>;

/** A row that now stands above others it was below. */
export const Overtaking = z.object({
  viewerId: Text,
  /** Rank before and now. */
  from: Whole,
  to: Whole,
  /** Viewer ids that were above and are now below, best first. */
  passed: z.array(Text),
});
/** As the schema of that name gives it. */
export type Overtaking = z.infer<typeof Overtaking>;

/** What the overlay shows of one viewer. */
export const Stage = z.object({
  kind: z.enum(["winner", "comment"]),
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  points: Whole.nullable(),
  comment: MaybeText,
});
/** As the schema of that name gives it. */
export type Stage = z.infer<typeof Stage>;

/** Everything one redraw needs; each stands alone. */
export const Frame = z.object({
  seq: Whole.describe("Of the ledger; grows"),
  session: z.object({ id: Text, title: Text, channel: Text }).nullable(),
  phase: Phase,
  /** Unix ms, while closing. */
  closesAt: MaybeMoment,
  /** Unix ms at which the countdown shows 0; `closesAt` less the stream delay. */
  countdownTo: MaybeMoment,
  /**
   * The server's clock as the frame left, Unix ms. What is left of a countdown
   * is its end less this; while one runs nobody can set the clock that tells
   * both.
   */
  now: Moment,
  viewers: Whole.describe("How many are on the board"),
  rows: z.array(Row),
  overtakings: z.array(Overtaking),
  stage: Stage.nullable(),
});
/** As the schema of that name gives it. */
export type Frame = z.infer<typeof Frame>;
