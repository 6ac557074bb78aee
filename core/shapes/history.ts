/**
 * What a game's page shows besides its totals: who won, what was asked, how the
 * points came in over time.
 *
 * @module
 */
import { z } from "zod";
import { MaybeText, Moment, Text, Whole } from "./words.ts";

/** Someone who was picked. */
export const Winner = z.object({
  /** Of the entry that says so. */
  seq: Whole,
  at: Moment,
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  round: Whole.nullable().describe("Number of its round"),
  team: MaybeText.describe("Name of the team that it is a win of"),
  delivered: z.boolean().describe("What the winner gets was handed over"),
  /** Held then, and taken away. */
  points: Whole,
  /** What they had said, or null. */
  comment: MaybeText,
  /** Taken back by undo. */
  undone: z.boolean(),
});
/** As the schema of that name gives it. */
export type Winner = z.infer<typeof Winner>;

/** In the order they were picked. */
export const WinnersAnswer = z.object({ items: z.array(Winner) });

/** A question from TikTok's own Q&A. */
export const AskedQuestion = z.object({
  id: Text,
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  follower: z.boolean(),
  text: Text,
  at: Moment,
});
/** As the schema of that name gives it. */
export type AskedQuestion = z.infer<typeof AskedQuestion>;

/** A gift that came in a session. */
export const SeenGift = z.object({
  giftId: Text,
  name: Text,
  diamonds: Whole.describe("Of one unit"),
  units: Whole.describe("How many came, from all viewers"),
});
/** As the schema of that name gives it. */
export type SeenGift = z.infer<typeof SeenGift>;

/** Those that came most often first, a hundred at most. */
export const GiftsAnswer = z.object({ items: z.array(SeenGift) });

/** Newest first. */
export const QuestionsAnswer = z.object({ items: z.array(AskedQuestion) });

/** One stretch of a timeline, as long as its `stepMs`. */
const Bucket = z.object({
  /** Points that viewers earned. */
  points: Whole,
  /** Live events, late ones too. */
  events: Whole,
  /** Of those, how many came after the close. */
  late: Whole,
});
/** As the schema of that name gives it. */
export type Bucket = z.infer<typeof Bucket>;

/** A moment on the timeline. */
const Mark = z.object({
  at: Moment,
  what: z.enum(["opened", "frozen", "winner", "ended"]),
});
/** As the schema of that name gives it. */
export type Mark = z.infer<typeof Mark>;

/** A time in which nothing could arrive. */
export const Gap = z.object({ from: Moment, to: Moment });

/** How a game went, from its first entry to its last. */
export const Timeline = z.object({
  from: Moment,
  to: Moment,
  stepMs: Whole,
  /** From `from` on, without a hole. */
  buckets: z.array(Bucket),
  marks: z.array(Mark),
  gaps: z.array(Gap),
});
/** As the schema of that name gives it. */
export type Timeline = z.infer<typeof Timeline>;
