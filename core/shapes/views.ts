/**
 * What can be read of a session.
 *
 * @module
 */
import { z } from "zod";
import { HOST_STEPS } from "../entries.ts";
import { Idle } from "./entries.ts";
import { Phase, Row } from "./frame.ts";
import { Gap } from "./history.ts";
import { Rates } from "./rates.ts";
import { BestOf, Goals, Hold, Overtime, PlayedBy, Teams } from "./rounds.ts";
import { MaybeMoment, MaybeText, Moment, Text, Whole } from "./words.ts";

/** What a viewer's points are made of; the parts sum to the points. */
const Made = z.object({
  likes: Whole,
  gifts: Whole,
  comments: Whole,
  follows: Whole,
  shares: Whole,
  /** Adjusted by the host. */
  adjusted: Whole,
  /** Taken away with wins, 0 or less. */
  won: Whole,
});
/** As the schema of that name gives it. */
export type Made = z.infer<typeof Made>;

/** A page of the board. */
export const BoardPage = z.object({
  /** Rows that match, on all pages. */
  total: Whole,
  rows: z.array(Row.extend({ made: Made })),
});
/** As the schema of that name gives it. */
export type BoardPage = z.infer<typeof BoardPage>;

/** The same at a moment that has passed, with the entry it stands at. */
export const PastBoard = BoardPage.extend({ seq: Whole.optional() });

/** One distinct text of one viewer. */
const CommentRow = z.object({
  /** The msgId of its first message. */
  id: Text,
  viewerId: Text,
  text: Text,
  /** How often it was sent. */
  times: Whole,
  /** On TikTok's clock. */
  firstAt: Moment,
  lastAt: Moment,
  /** Shown on stage or marked by hand. */
  used: z.boolean(),
  /** Taken away on TikTok. */
  deleted: z.boolean(),
  hidden: z.boolean().optional().describe("Kept off the screen by hand"),
});
/** As the schema of that name gives it. */
export type CommentRow = z.infer<typeof CommentRow>;

const Masked = z.boolean().optional()
  .describe("Kept off the screen by the blocked words");

/** A comment in the feed. */
export const FeedComment = CommentRow.extend({
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  follower: z.boolean(),
  masked: Masked,
});
/** As the schema of that name gives it. */
export type FeedComment = z.infer<typeof FeedComment>;

/** Part of a list; `cursor` asks for what follows, null at the end. */
export interface Page<T> {
  items: T[];
  cursor: string | null;
}

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), cursor: MaybeText });

/** Comments, newest first. */
export const CommentsPage = pageOf(FeedComment);

/** What is missing to the place above, in points, in likes or in gifts. */
const NextPlace = z.object({
  viewerId: Text,
  nickname: Text,
  rank: Whole,
  points: Whole,
  likes: Whole,
  gifts: z.array(z.object({
    name: MaybeText.describe("Null for any gift of this price"),
    diamonds: Whole,
    units: Whole,
  })),
});
/** As the schema of that name gives it. */
export type NextPlace = z.infer<typeof NextPlace>;

/** One viewer, in full. */
export const ViewerDetails = z.object({
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  follower: z.boolean(),
  /** From 1, or null while not on the board. */
  rank: Whole.nullable(),
  points: Whole,
  team: MaybeText.describe("Id of the viewer's team"),
  wins: Whole.describe("Stars"),
  next: NextPlace.nullable(),
  made: Made,
  satOut: z.boolean(),
  blocked: z.boolean(),
  own: z.enum(["host", "moderator"]).nullable().describe(
    "Whether it is the channel's own account, or a moderator's",
  ),
  /** Likes that counted, and what they have gathered towards the next point. */
  likes: Whole,
  carried: z.object({ parts: Whole, of: Whole }),
  diamonds: Whole,
  gifts: z.array(z.object({
    giftId: Text,
    name: Text,
    diamonds: Whole,
    units: Whole,
  })),
  /** Newest first, without the ones taken away. */
  comments: z.array(CommentRow.extend({ masked: Masked })),
});
/** As the schema of that name gives it. */
export type ViewerDetails = z.infer<typeof ViewerDetails>;

/** One entry that concerns a viewer. */
const Receipt = z.object({
  seq: Whole,
  at: Moment,
  /** The entry's type. */
  type: Text,
  points: Whole,
  sum: Whole.describe("The viewer's points after it"),
  per: Whole.optional().describe("Of likes: how many made a point then"),
  /** Why it earned nothing, where that is so. */
  idle: Idle.nullable(),
  /** The fact itself, for the words and for programs. */
  entry: z.record(Text, z.unknown()),
});
/** As the schema of that name gives it. */
export type Receipt = z.infer<typeof Receipt>;

/** A viewer's entries, oldest first unless asked otherwise. */
export const ReceiptsPage = pageOf(Receipt);

/** Closing hashes that a session had before somebody was forgotten in it. */
export const Earlier = z.array(z.object({
  at: Moment,
  hash: z.string().length(64),
})).max(1_000);

/** A session's line in the list. */
export const SessionInfo = z.object({
  id: Text,
  title: Text,
  channel: Text,
  rehearsal: z.boolean(),
  startedAt: Moment,
  endedAt: MaybeMoment,
  /** Unix ms of its removal from the list, or null. Restorable for 30 days. */
  deletedAt: MaybeMoment,
  earlier: Earlier.optional(),
});
/** As the schema of that name gives it. */
export type SessionInfo = z.infer<typeof SessionInfo>;

/** Sessions, newest first. */
export const SessionsPage = pageOf(SessionInfo);

/** Totals of a session. */
const Totals = z.object({
  /** Everyone who did anything. */
  viewers: Whole,
  points: Whole,
  likes: Whole,
  diamonds: Whole,
  comments: Whole,
  winners: Whole,
  /** Entries that came after the close. */
  late: Whole,
  gaps: z.array(Gap),
});
/** As the schema of that name gives it. */
export type Totals = z.infer<typeof Totals>;

/** A session in the list and on its page. */
export const SessionSummary = SessionInfo.extend({
  phase: Phase,
  seq: Whole,
  rates: Rates,
  totals: Totals,
});
/** As the schema of that name gives it. */
export type SessionSummary = z.infer<typeof SessionSummary>;

/** The step that undo would take back, or that redo would do again. */
export const StepLabel = z.object({
  seq: Whole.describe("Of its entry; undo takes it"),
  step: z.enum(HOST_STEPS),
  /** Nickname of the viewer it concerns, or null. */
  viewer: MaybeText,
});
/** As the schema of that name gives it. */
export type StepLabel = z.infer<typeof StepLabel>;

/** A round that stands, and who has won it. */
export const RoundLine = z.object({
  seq: Whole.describe("Of the entry that started it"),
  number: Whole,
  by: PlayedBy,
  series: Whole.nullable().describe("Number of the first round of its series"),
  win: z.object({
    seq: Whole.describe("Of the entry that says so; markPrize takes it"),
    viewerId: Text,
    handle: Text,
    nickname: Text,
    team: MaybeText.describe("Name of the team that has won"),
    delivered: z.boolean(),
  }).nullable().describe("Its first win that stands"),
});
/** As the schema of that name gives it. */
export type RoundLine = z.infer<typeof RoundLine>;

/** An account of the channel's own people that stands high on the board. */
export const OwnAccount = z.object({
  viewerId: Text,
  nickname: Text,
  is: z.enum(["host", "moderator"]),
});
/** As the schema of that name gives it. */
export type OwnAccount = z.infer<typeof OwnAccount>;

/** What came late and could be counted now. */
export const LateSum = z.object({
  viewers: Whole,
  points: Whole,
  nickname: MaybeText.describe("Of the viewer, where it is one"),
  matters: z.boolean().describe(
    "It came after an outage shortly before the close, or would change the first place",
  ),
});
/** As the schema of that name gives it. */
export type LateSum = z.infer<typeof LateSum>;

/** How rounds, teams and goals are set, as a form needs it. */
export const GameSetUp = z.object({
  round: z.object({
    seconds: Whole,
    fromZero: z.boolean(),
    target: Whole,
    by: PlayedBy,
    overtime: Overtime.nullable(),
    bestOf: BestOf.nullable(),
  }).nullable().describe("The round that is played, as it was started"),
  teams: Teams,
  hold: Hold,
  goals: Goals,
  boost: z.object({ seconds: Whole.describe("In all") }).nullable(),
});
/** As the schema of that name gives it. */
export type GameSetUp = z.infer<typeof GameSetUp>;

/** What became of forgetting a viewer. */
export const Forgotten = z.object({
  sessions: Whole.describe("In how many the viewer was forgotten"),
  pending: z.boolean().describe("The running session follows when it is over"),
});
