/**
 * What the host asks: one schema a command, and the ways the game says no.
 * Separate from the session because the HTTP side parses with it and the API
 * document is made from it.
 *
 * @module
 */
import { z } from "zod";
import { AdjustedPoints, type HostStep } from "./entries.ts";
import { Rates } from "./rates.ts";

const ViewerId = z.string().min(1).max(64);
const CommentId = z.string().min(1).max(64);

/** Whole seconds a countdown may take. */
export const FreezeSeconds = z.number().int().min(0).max(60);

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
export type ConnectionCommand = z.infer<typeof ConnectionCommand>;

/** Commands that choose which session runs. */
export const SessionsCommand = z.discriminatedUnion("type", [
  order("newSession", {
    title: z.string().trim().max(200).optional(),
    channel: z.string().trim().min(1).max(300).optional(),
  }),
  order("continueSession", { sessionId: z.string().min(1).max(64) }),
]);
export type SessionsCommand = z.infer<typeof SessionsCommand>;

/** Commands that one session decides on. All but undo and redo can be undone. */
export const GameCommand = z.discriminatedUnion("type", [
  order("endSession", {}),
  order("freeze", { seconds: FreezeSeconds.optional() }),
  order("cancelFreeze", {}),
  order("open", {}),
  order("selectWinner", {
    viewerId: ViewerId.optional(),
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
    reason: z.string().trim().min(1).max(300),
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
]);
export type GameCommand = z.infer<typeof GameCommand>;

/** Commands about OBS. */
export const SceneCommand = z.discriminatedUnion("type", [
  order("switchScene", { scene: z.string().min(1).max(300) }),
  /** Loads our overlays in OBS anew. */
  order("refreshOverlays", {}),
  /** Tries the connection to OBS now. */
  order("reconnectObs", {}),
]);
export type SceneCommand = z.infer<typeof SceneCommand>;

/** Commands about the comments lined up for the screen. */
export const QueueCommand = z.discriminatedUnion("type", [
  order("queueComment", { viewerId: ViewerId, commentId: CommentId }),
  order("unqueueComment", { viewerId: ViewerId, commentId: CommentId }),
]);
export type QueueCommand = z.infer<typeof QueueCommand>;

/** One test event; only a rehearsal takes it. */
export const SimulateCommand = order("simulate", {
  kind: z.enum(["like", "gift", "comment", "follow", "share"]),
  viewerId: ViewerId.optional(),
  count: z.number().int().min(1).max(10_000).optional(),
  giftId: z.string().min(1).max(64).optional(),
});
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
export type Command = z.infer<typeof Command>;

/**
 * Why the game says no, as a code the pages put into words:
 *
 * - `no_session`: no session runs
 * - `ended`: the session has ended
 * - `not_open` / `not_closing` / `already_open`: wrong phase for this
 * - `empty_board`: nobody to pick
 * - `no_viewer` / `no_comment`: unknown here
 * - `comment_hidden`: kept off the screen, by hand or by the blocked words
 * - `not_enough_points`: would leave less than nothing
 * - `too_many_points`: could no longer be counted exactly
 * - `already`: nothing would change
 * - `nothing_to_undo` / `nothing_to_redo`
 * - `not_a_win`: only wins and the last 200 steps can be taken back
 * - `too_late`: something came after it and set the same; or its time is over
 * - `rates_too_fine`: parts of a point would no longer be exact
 * - `obs_off`: OBS cannot be reached now
 * - `no_scene` / `scene_not_allowed`: OBS has no such scene; it is not among
 *   those that may be switched to
 * - `no_overlay`: OBS shows none of our overlays
 * - `session_runs`: it has to end first
 * - `bad_channel`, `not_connected`, `session_not_found`, `not_a_rehearsal`,
 *   `busy`
 * - `was_rehearsed` / `was_real`: a game is continued among its own kind, so
 *   that nothing made up reaches a real one
 */
export type RefusalCode =
  | "no_session"
  | "ended"
  | "not_open"
  | "not_closing"
  | "already_open"
  | "empty_board"
  | "no_viewer"
  | "no_comment"
  | "comment_hidden"
  | "not_enough_points"
  | "too_many_points"
  | "already"
  | "nothing_to_undo"
  | "nothing_to_redo"
  | "not_a_win"
  | "too_late"
  | "rates_too_fine"
  | "session_runs"
  | "bad_channel"
  | "not_connected"
  | "session_not_found"
  | "obs_off"
  | "no_scene"
  | "scene_not_allowed"
  | "no_overlay"
  | "not_a_rehearsal"
  | "was_rehearsed"
  | "was_real"
  | "busy";

/** What came after a step that can no longer be taken back. */
export interface After {
  seq: number;
  /** A step of the host, or the close of a countdown. */
  step: HostStep | "frozen";
  /** Nickname of the viewer it concerns, or null. */
  viewer: string | null;
}

/** An expected no: nothing was recorded, nothing changed. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  /** One plain English sentence, for programs and logs. */
  reason: string;
  /** For `too_late`: what came after, where something did. */
  after?: After;
}
