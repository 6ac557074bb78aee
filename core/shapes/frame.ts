/**
 * What one redraw of the audience's screen needs.
 *
 * @module
 */
import { z } from "zod";
import { BoostOf, GoalOf, PlayedBy } from "./rounds.ts";
import { MaybeMoment, MaybeText, Moment, Text, Whole } from "./words.ts";

/** Where a session stands. */
export const Phase = z.enum([
  "idle",
  "open",
  "closing",
  "paused",
  "frozen",
  "ended",
]);
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
  team: MaybeText.describe("Id of the viewer's team"),
  wins: Whole.describe("Stars: rounds won, of the series or of the session"),
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

/** The round that runs, or that ran last. */
export const RoundShown = z.object({
  number: Whole.describe("From 1"),
  by: PlayedBy,
  endsAt: MaybeMoment.describe(
    "When the clock shows 0: `now` and what is left",
  ),
  left: Whole.nullable().describe("Ms on the clock, while paused"),
  overtime: Whole.describe("How often the clock has gone on"),
  target: Whole.nullable().describe("Points that end it"),
});
/** As the schema of that name gives it. */
export type RoundShown = z.infer<typeof RoundShown>;

/** Rounds for the most wins. */
export const SeriesShown = z.object({
  bestOf: Whole,
  champion: MaybeText.describe("Id of a viewer or a team"),
});

/** A team and where it stands. */
export const TeamShown = z.object({
  id: Text,
  name: Text,
  colour: Text,
  join: MaybeText.describe("The word to type"),
  points: Whole,
  members: Whole,
  wins: Whole,
  best: Row.nullable(),
});
/** As the schema of that name gives it. */
export type TeamShown = z.infer<typeof TeamShown>;

/** A goal and how far it has come. */
export const GoalShown = z.object({
  id: Text,
  title: Text,
  of: GoalOf,
  value: Whole.describe("Since its scope began"),
  from: Whole.describe("The step before, or 0"),
  to: Whole.describe("The step to reach next, or the last"),
  step: Whole.describe("Steps reached"),
  steps: Whole.describe("Steps in all"),
});
/** As the schema of that name gives it. */
export type GoalShown = z.infer<typeof GoalShown>;

/** Points that count more than once. */
export const BoostShown = z.object({
  times: Whole,
  of: BoostOf,
  until: Moment.describe("`now` and what is left"),
});
/** As the schema of that name gives it. */
export type BoostShown = z.infer<typeof BoostShown>;

/** What the overlay shows of one viewer, or of a team by its best. */
export const Stage = z.object({
  kind: z.enum(["winner", "comment", "team", "champion"]),
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  points: Whole.nullable(),
  comment: MaybeText,
  team: MaybeText.optional().describe("Id of the team that has won"),
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
  round: RoundShown.nullable(),
  series: SeriesShown.nullable(),
  teams: z.array(TeamShown),
  goals: z.array(GoalShown),
  boost: BoostShown.nullable(),
  stage: Stage.nullable(),
});
/** As the schema of that name gives it. */
export type Frame = z.infer<typeof Frame>;
