/**
 * The facts of a session: what its ledger is made of, and all that a session's
 * state follows from. Past tense, each with the points it gave or took, so that
 * a viewer's points are the plain sum of their entries.
 *
 * They are schemas because an exported ledger comes back as strangers' text.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS, LIMITS } from "../limits.ts";
import { At, Id, Recipient, Viewer } from "./events.ts";
import { Rates } from "./rates.ts";
import {
  BestOf,
  BoostOf,
  Goals,
  Hold,
  Overtime,
  PlayedBy,
  Teams,
} from "./rounds.ts";
import { whole } from "./numbers.ts";

const Whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Points = z.number().int();
/** How many of something one message may carry, as in `events.ts`. */
const Amount = z.number().int().min(0).max(1_000_000);
const Text = z.string().max(2_000);

/**
 * Why an event earned nothing: after the close, in a pause, sitting out,
 * blocked, a gift for a guest where only the host's count, or sums that could
 * not be exact.
 */
export const Idle = z.enum([
  "late",
  "paused",
  "satOut",
  "blocked",
  "toGuest",
  "full",
]);
/** As the schema of that name gives it. */
export type Idle = z.infer<typeof Idle>;

/** What the host may give, or take, in one step. */
export const AdjustedPoints = z.number().int().min(-1e12).max(1e12);

const fact = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape });

/** What every entry made from a message carries. */
const FromMessage = {
  /** TikTok's msgId. */
  id: Id,
  /** TikTok's create time, Unix ms. */
  sentAt: At,
};
const FromViewer = {
  ...FromMessage,
  viewerId: Id,
  /** The viewer's details, where they are new or have changed. */
  viewer: Viewer.optional(),
  points: Whole,
  idle: Idle.optional(),
  /** It came late, and was sent before the close. */
  inTime: z.literal(true).optional(),
  /** The team that this message joins, before its points are given. */
  joins: Id.optional(),
  /** What a boost multiplied it by. */
  boost: whole(LIMITS.boostTimes).optional(),
};

/** SHA-256 in hexadecimal digits. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
/** The hash of the next draw's secret. */
const Promise = { draw: Hash.optional() };

/** TikTok's clock at that moment, Unix ms; left out where it was not known. */
const Theirs = { tiktokAt: At.optional() };

const Started = fact("started", {
  ...Theirs,
  sessionId: Id,
  title: z.string().max(LENGTHS.title),
  channel: z.string().max(64),
  rates: Rates,
  ...Promise,
  /** A rehearsal's events are made up. */
  rehearsal: z.boolean().optional(),
  /**
   * What the connection had already seen when the session began: message ids,
   * and units counted by combo key. Only in older ledgers; today the room has
   * a memory of its own (`core/room.ts`).
   */
  before: z.object({
    ids: z.array(Id),
    combos: z.array(z.tuple([z.string().max(200), Whole])),
  }).optional(),
});

const Liked = fact("liked", { ...FromViewer, count: Amount });
const Gifted = fact("gifted", {
  ...FromViewer,
  giftId: Id,
  giftName: z.string().max(200),
  diamonds: Amount,
  /** Units this entry adds; TikTok's running total after it. */
  units: Amount,
  total: Amount,
  combo: z.boolean(),
  groupId: z.string().max(64),
  /** It ends a combo that has no group. */
  end: z.boolean().optional(),
  /** The guest it was for; left out where it was for the host. */
  to: Recipient.optional(),
});
const Commented = fact("commented", { ...FromViewer, text: Text });
const Followed = fact("followed", FromViewer);
const Shared = fact("shared", FromViewer);
const Asked = fact("asked", { ...FromViewer, questionId: Id, text: Text });
const Deleted = fact("deleted", {
  ...FromMessage,
  messageIds: z.array(Id),
  viewerIds: z.array(Id),
});
const Missed = fact("missed", { ...FromMessage, from: At, to: At });

const Closing = fact("closing", {
  seconds: Whole,
  /** Unix ms at which the countdown shows 0, and at which the game closes. */
  countdownTo: At,
  closesAt: At,
});
const Frozen = fact("frozen", {});
const FreezeCancelled = fact("freezeCancelled", {});
const Opened = fact("opened", {
  /** It took off what was on stage. */
  clears: z.literal(true).optional(),
  /** When the clock that goes on will show 0; left out where none does. */
  endsAt: At.optional(),
});
const WinnerSelected = fact("winnerSelected", {
  viewerId: Id,
  rank: Whole,
  /** What the winner held; `points` takes it away. */
  won: Whole,
  points: Points,
  commentId: Id.nullable(),
  choice: z.enum(["latest", "random", "none", "chosen"]),
  /** The team that it is a win of, in a round of teams. */
  teamId: Id.optional(),
  /** For a random choice: the comments it chose from, in order. */
  drawnFrom: z.array(Id).optional(),
  /** What it was drawn by, and the promise that takes its place. */
  secret: z.string().max(200).optional(),
  ...Promise,
  satOut: z.boolean(),
});
/** A win taken back later on, when other steps lie above it. */
const WinTakenBack = fact("winTakenBack", {
  /** The seq of the win. */
  of: Whole,
  viewerId: Id,
  /** What the win had taken. */
  points: Points,
  /** The comment that no win has used any more, or null. */
  commentId: Id.nullable(),
  /** Whether the viewer plays again, who sat out as a winner. */
  comesBack: z.boolean(),
});
const CommentShown = fact("commentShown", { viewerId: Id, commentId: Id });
const StageCleared = fact("stageCleared", {});
const CommentMarked = fact("commentMarked", {
  viewerId: Id,
  commentId: Id,
  used: z.boolean(),
});
const CommentHidden = fact("commentHidden", {
  viewerId: Id,
  commentId: Id,
  hidden: z.boolean(),
});
const PointsAdjusted = fact("pointsAdjusted", {
  viewerId: Id,
  points: AdjustedPoints,
  reason: z.string().max(LENGTHS.reason),
});
const SatOut = fact("satOut", { viewerId: Id });
const CameBack = fact("cameBack", { viewerId: Id });
const ViewerBlocked = fact("viewerBlocked", { viewerId: Id });
const ViewerUnblocked = fact("viewerUnblocked", { viewerId: Id });
const RatesSet = fact("ratesSet", { rates: Rates });
const Ended = fact("ended", Theirs);
const Continued = fact("continued", Theirs);

/** Undo or redo of a step of the host; points of the viewer it concerns. */
const Step = {
  /** The seq and type of the entry it takes back or does again. */
  of: Whole,
  step: z.string().max(40),
  viewerId: Id.optional(),
  points: Points.optional(),
  /**
   * Only what the step changed goes back, and any step may. Without it, as in
   * earlier ledgers, it is the last step, and all controls go back with it.
   */
  fields: z.literal(true).optional(),
};
const Undone = fact("undone", Step);
const Redone = fact("redone", Step);

const RoundStarted = fact("roundStarted", {
  /** From 1, of the rounds that stand. */
  number: Whole,
  /** Everybody starts from zero. */
  fromZero: z.boolean(),
  /** The clock, and when it will show 0; 0 and null without. */
  seconds: Whole,
  endsAt: At.nullable(),
  /** How long its countdown is, and how much later it closes, in seconds. */
  freezeSeconds: Whole,
  streamDelay: Whole,
  /** It ends once somebody has so many points. */
  target: Whole.nullable(),
  by: PlayedBy,
  overtime: Overtime.nullable(),
  bestOf: BestOf.nullable(),
});
/** When the clock will show 0, or what is left of it in a pause, in ms. */
const ClockSet = fact("clockSet", {
  endsAt: At.nullable(),
  left: Whole.nullable(),
});
const Paused = fact("paused", { left: Whole.nullable() });
const Resumed = fact("resumed", { endsAt: At.nullable() });
const TeamsSet = fact("teamsSet", { teams: Teams, hold: Hold });
const TeamAssigned = fact("teamAssigned", {
  viewerId: Id,
  teamId: Id.nullable(),
});
const GoalsSet = fact("goalsSet", { goals: Goals });
const Boosted = fact("boosted", {
  times: whole(LIMITS.boostTimes),
  of: BoostOf,
  from: At,
  until: At,
});
const BoostEnded = fact("boostEnded", {});
/** What came late, or in a pause, has its points: of one viewer, or of all. */
const LateCounted = fact("lateCounted", {
  viewerId: Id.optional(),
  /** Where it is of one viewer: what it gave. */
  points: Points.optional(),
});
/** What a winner was promised has been handed over, or not. */
const PrizeMarked = fact("prizeMarked", {
  /** Seq of the win. */
  of: Whole,
  done: z.boolean(),
});

// What the program does by itself: no steps of the host.
/** The last seconds of a clock. */
const RoundClosing = fact("roundClosing", { countdownTo: At, closesAt: At });
/** At 0: whether the clock goes on, and why. */
const OvertimeDecided = fact("overtimeDecided", {
  why: z.enum(["overtaken", "close", "none"]),
  /** The new zero, or the one that stays. */
  endsAt: At,
});
const TargetReached = fact("targetReached", {
  viewerId: Id.optional(),
  teamId: Id.optional(),
});
const BoostOver = fact("boostOver", {});
/** The next draw's secret is promised; the one before it is not known here. */
const DrawCommitted = fact("drawCommitted", {
  draw: Hash,
  lost: z.literal(true).optional(),
});
const GoalReached = fact("goalReached", {
  goalId: Id,
  /** Which of its steps, from 1. */
  step: Whole,
});
/** The room's own total of likes, while a goal counts it. */
const RoomLiked = fact("roomLiked", { roomId: Id, total: Whole });

const SceneSwitched = fact("sceneSwitched", { scene: z.string().max(300) });

/** One thing that happened. */
export const Fact = z.discriminatedUnion("type", [
  Started,
  Liked,
  Gifted,
  Commented,
  Followed,
  Shared,
  Asked,
  Deleted,
  Missed,
  Closing,
  Frozen,
  FreezeCancelled,
  Opened,
  WinnerSelected,
  WinTakenBack,
  CommentShown,
  StageCleared,
  CommentMarked,
  CommentHidden,
  PointsAdjusted,
  SatOut,
  CameBack,
  ViewerBlocked,
  ViewerUnblocked,
  RatesSet,
  Ended,
  Continued,
  Undone,
  Redone,
  SceneSwitched,
  RoundStarted,
  ClockSet,
  Paused,
  Resumed,
  TeamsSet,
  TeamAssigned,
  GoalsSet,
  Boosted,
  BoostEnded,
  LateCounted,
  PrizeMarked,
  RoundClosing,
  OvertimeDecided,
  TargetReached,
  BoostOver,
  GoalReached,
  RoomLiked,
  DrawCommitted,
]);
/** As the schema of that name gives it. */
export type Fact = z.infer<typeof Fact>;
/** A fact of one type. */
export type FactOf<T extends Fact["type"]> = Extract<Fact, { type: T }>;

/** A fact in its place in the ledger. */
export const Entry = z.intersection(
  z.object({
    /** From 1, without a hole. */
    seq: z.number().int().min(1),
    /** When it was recorded, Unix ms. */
    at: At,
  }),
  Fact,
);
/** A fact in its place: `seq` from 1 without a hole, `at` in Unix ms. */
export type Entry = { seq: number; at: number } & Fact;
/** An entry of one type. */
export type EntryOf<T extends Fact["type"]> = Extract<Entry, { type: T }>;
