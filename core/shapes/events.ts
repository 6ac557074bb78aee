/**
 * What viewers do: the live events that reach a session, with the names the
 * product uses. Separate from the session, because everything that lets events
 * in (TikTok, a recording, a simulated crowd) needs these and nothing else.
 *
 * The schemas also read events back from recordings, so their bounds are wide
 * enough for anything TikTok sends and narrow enough that points stay exact
 * (well below 2^53).
 *
 * @module
 */
import { z } from "zod";

/** TikTok's ids: decimal int64 as text, because they do not fit a number. */
export const Id = z.string().min(1).max(64);
/** Unix milliseconds, as late as a `Date` can hold. */
export const At = z.number().int().min(0).max(8.64e15);
/** How many of something one message may carry. */
const Count = z.number().int().min(1).max(1_000_000);

/** Someone in the LIVE, as one message shows them. */
export const Viewer = z.object({
  /** TikTok's numeric id: the only name that never changes. */
  id: Id,
  /** The @name, without the @. */
  handle: z.string().max(200),
  nickname: z.string().max(400),
  /** A signed address that expires, or null. */
  avatarUrl: z.string().max(2_000).nullable(),
  /** Whether this message shows the viewer as a follower of the host. */
  follower: z.boolean(),
  moderator: z.boolean().optional(),
  subscriber: z.boolean().optional(),
});
/** As the schema of that name gives it. */
export type Viewer = z.infer<typeof Viewer>;

/** Whom a gift was for: a guest of the room, not its host. */
export const Recipient = z.object({
  id: Id,
  handle: z.string().max(200),
  nickname: z.string().max(400),
});
/** As the schema of that name gives it. */
export type Recipient = z.infer<typeof Recipient>;

/** What every message carries: `id` is TikTok's msgId, `at` its create time. */
const Message = { id: Id, at: At };

/** Taps on the heart: `count` is this viewer's taps in this message. */
export const Like = z.object({
  type: z.literal("like"),
  ...Message,
  viewer: Viewer,
  count: Count,
});

/** One gift message. A combo's messages repeat with a growing `repeatCount`. */
export const Gift = z.object({
  type: z.literal("gift"),
  ...Message,
  viewer: Viewer,
  giftId: Id,
  giftName: z.string().max(200),
  /** Price of one unit. */
  diamonds: z.number().int().min(0).max(1_000_000),
  /** TikTok's running total of a combo; the units of any other gift. */
  repeatCount: Count,
  /** True for gift type 1: later messages of the same group repeat the total. */
  combo: z.boolean(),
  /** TikTok's groupId: tells one combo of a viewer from the next. */
  groupId: z.string().max(64),
  /** It ends a combo without a group, which nothing else tells from the next. */
  end: z.boolean().optional(),
  /** Left out where it was for the host. */
  to: Recipient.optional(),
});

/** TikTok's chat. */
export const Comment = z.object({
  type: z.literal("comment"),
  ...Message,
  viewer: Viewer,
  text: z.string().max(2_000),
});

/** Somebody began to follow the host. */
export const Follow = z.object({
  type: z.literal("follow"),
  ...Message,
  viewer: Viewer,
});

/** Somebody passed the LIVE on. */
export const Share = z.object({
  type: z.literal("share"),
  ...Message,
  viewer: Viewer,
});

/** A question from TikTok's own Q&A. */
export const Question = z.object({
  type: z.literal("question"),
  ...Message,
  viewer: Viewer,
  questionId: Id,
  text: z.string().max(2_000),
});

/** Messages that TikTok or a moderator took away. */
export const Deletion = z.object({
  type: z.literal("deletion"),
  ...Message,
  messageIds: z.array(Id).max(1_000),
  viewerIds: z.array(Id).max(1_000),
});

/** A time in which nothing could arrive; made by the connection, not by TikTok. */
export const Gap = z.object({
  type: z.literal("gap"),
  ...Message,
  /** Unix ms of the last message before the outage. */
  from: At,
  /** Unix ms of the moment messages could arrive again. */
  to: At,
});

/** Everything that becomes an entry of the ledger. */
export const LiveEvent = z.discriminatedUnion("type", [
  Like,
  Gift,
  Comment,
  Follow,
  Share,
  Question,
  Deletion,
  Gap,
]);
/** As the schema of that name gives it. */
export type LiveEvent = z.infer<typeof LiveEvent>;
/** One kind of live event: `LiveEventOf<"gift">`. */
export type LiveEventOf<T extends LiveEvent["type"]> = Extract<
  LiveEvent,
  { type: T }
>;

/**
 * What is true of the room as a whole. Shown to the host, never scored and
 * never kept: `viewers` is how many watch now, `likes` the room's own total
 * (which counts likes that TikTok sends no name for).
 */
export type RoomNews =
  | { type: "room"; at: number; viewers?: number; likes?: number }
  | { type: "ended"; at: number; reason: "ended" | "suspended" };

/** Anything a source of events can tell. */
export type Incoming = LiveEvent | RoomNews;
