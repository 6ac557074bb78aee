/**
 * What the host asks: one schema a command. Separate from the session because the HTTP side parses with it and the API
 * document is made from it.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS, LIMITS } from "../limits.ts";
import { AdjustedPoints } from "./entries.ts";
import { Id } from "./events.ts";
import { whole } from "./numbers.ts";
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

const ViewerId = Id;
const CommentId = Id;

/** Whole seconds a countdown may take. */
export const FreezeSeconds = whole(LIMITS.freezeSeconds);

const order = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

/** Commands about the connection to a channel. */
export const ConnectionCommand = z.discriminatedUnion("type", [
  order("connect", {
    /** `@name`, `name` or a LIVE link. */
    channel: z.string().trim().min(1).max(300),
    /** Connects straight to a room, where TikTok hides the look-up. */
    roomId: z.string().regex(/^\d{1,20}$/, "A room id is digits").optional(),
  }),
  order("disconnect", {}),
]);
/** As the schema of that name gives it. */
export type ConnectionCommand = z.infer<typeof ConnectionCommand>;

/** Commands that choose which session runs. */
export const SessionsCommand = z.discriminatedUnion("type", [
  order("newSession", {
    title: z.string().trim().max(LENGTHS.title).optional(),
    channel: z.string().trim().min(1).max(300).optional(),
  }),
  order("continueSession", { sessionId: z.string().min(1).max(64) }),
]);
/** As the schema of that name gives it. */
export type SessionsCommand = z.infer<typeof SessionsCommand>;

/** Commands that one session decides on. All but undo and redo can be undone. */
export const GameCommand = z.discriminatedUnion("type", [
  order("endSession", {}),
  order("freeze", { seconds: FreezeSeconds.optional() }),
  order("cancelFreeze", {}),
  order("open", {}),
  order("selectWinner", {
    viewerId: ViewerId.optional(),
    /** The first of this team that is on the board. */
    teamId: ViewerId.optional(),
    /** `latest` (the default), `random`, `none`, or a comment's id. */
    comment: z.string().min(1).max(64).optional(),
  }),
  order("showComment", { viewerId: ViewerId, commentId: CommentId }),
  order("clearStage", {}),
  order("markComment", {
    viewerId: ViewerId,
    commentId: CommentId,
    used: z.boolean(),
  }),
  /** Off every list and screen, or back on. */
  order("hideComment", {
    viewerId: ViewerId,
    commentId: CommentId,
    hidden: z.boolean(),
  }),
  order("adjustPoints", {
    viewerId: ViewerId,
    points: AdjustedPoints.refine((n) => n !== 0, {
      message: "Nothing to adjust: points must not be 0",
    }),
    reason: z.string().trim().min(1).max(LENGTHS.reason),
  }),
  order("sitOut", { viewerId: ViewerId }),
  order("comeBack", { viewerId: ViewerId }),
  order("blockViewer", { viewerId: ViewerId }),
  order("unblockViewer", { viewerId: ViewerId }),
  order("setRates", { rates: Rates }),
  /**
   * The step of entry `seq`, of the last 200, or a win, wherever it lies; else
   * the newest step that can be taken back.
   */
  order("undo", { seq: z.number().int().min(1).optional() }),
  order("redo", {}),
  /** What is left out is as in the round before. */
  order("startRound", {
    seconds: z.union([z.literal(0), whole(LIMITS.roundSeconds)]).optional(),
    fromZero: z.boolean().optional(),
    target: whole(LIMITS.target).optional(),
    by: PlayedBy.optional(),
    overtime: Overtime.nullable().optional(),
    bestOf: BestOf.nullable().optional(),
  }),
  /** So many seconds from now (0 takes the clock away), or more, or less. */
  order("setClock", {
    seconds: whole({ ...LIMITS.roundSeconds, min: 0 }).optional(),
    add: whole(LIMITS.clockStep).optional(),
  }).refine(
    ({ seconds, add }) => (seconds === undefined) !== (add === undefined),
    "Give either seconds or add",
  ),
  order("pause", {}),
  order("resume", {}),
  order("setTeams", { teams: Teams, hold: Hold.optional() }),
  /** Null takes the viewer out. */
  order("assignTeam", { viewerId: ViewerId, teamId: ViewerId.nullable() }),
  order("setGoals", { goals: Goals }),
  order("boost", {
    times: whole(LIMITS.boostTimes),
    seconds: whole(LIMITS.boostSeconds),
    of: BoostOf,
  }),
  order("endBoost", {}),
  /** What was sent in time and came late, of one viewer or of all. */
  order("countLate", { viewerId: ViewerId.optional() }),
  /** What the winner of entry `seq` gets was handed over, or was not. */
  order("markPrize", { seq: z.number().int().min(1), done: z.boolean() }),
]);
/** As the schema of that name gives it. */
export type GameCommand = z.infer<typeof GameCommand>;

/** Commands about OBS. */
export const SceneCommand = z.discriminatedUnion("type", [
  order("switchScene", { scene: z.string().min(1).max(300) }),
  /** Loads our overlays in OBS anew. */
  order("refreshOverlays", {}),
  /** Tries the connection to OBS now. */
  order("reconnectObs", {}),
]);
/** As the schema of that name gives it. */
export type SceneCommand = z.infer<typeof SceneCommand>;

/** Commands about the comments lined up for the screen. */
export const QueueCommand = z.discriminatedUnion("type", [
  order("queueComment", { viewerId: ViewerId, commentId: CommentId }),
  order("unqueueComment", { viewerId: ViewerId, commentId: CommentId }),
]);
/** As the schema of that name gives it. */
export type QueueCommand = z.infer<typeof QueueCommand>;

/** One test event; only a rehearsal takes it. */
export const SimulateCommand = order("simulate", {
  kind: z.enum(["like", "gift", "comment", "follow", "share"]),
  viewerId: ViewerId.optional(),
  count: z.number().int().min(1).max(10_000).optional(),
  giftId: z.string().min(1).max(64).optional(),
});
/** As the schema of that name gives it. */
export type SimulateCommand = z.infer<typeof SimulateCommand>;

/** Everything `POST /api/commands` takes. */
export const Command = z.discriminatedUnion("type", [
  ConnectionCommand,
  SessionsCommand,
  GameCommand,
  SceneCommand,
  QueueCommand,
  SimulateCommand,
]);
/** As the schema of that name gives it. */
export type Command = z.infer<typeof Command>;
