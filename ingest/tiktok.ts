/**
 * A TikTok message -> the product's live events. The one file that knows
 * TikTok's names for what viewers do.
 *
 * Messages come from strangers through a schema that changes without notice,
 * so each is parsed with zod here, once, and nothing here throws: what cannot
 * be read gives nothing and is counted.
 *
 * @module
 */
import { z } from "zod";
import type { Incoming, Viewer } from "@/core/events.ts";

/** What could not be read; the numbers only grow. */
export interface ReadCounts {
  /** Messages of a known kind that do not fit its schema. */
  undecodable: number;
  /** Messages whose name or text is empty: how a changed schema shows. */
  empty: number;
}

/** Longest texts that are kept; what is longer is cut. */
const LONGEST = { handle: 200, nickname: 400, text: 2_000, gift: 200 };

/** An int64 that names something; "0" and "" name nothing. */
const Id = z.string().regex(/^[1-9]\d{0,19}$/);
/** TikTok's create time: Unix ms as text, "0" where unknown. */
const Time = z.string().regex(/^\d{1,16}$/).transform(Number);
const Count = z.number().int().min(1).max(1_000_000);

const Common = z.object({ msgId: Id, createTime: Time });
const User = z.object({
  id: Id,
  displayId: z.string(),
  nickname: z.string(),
  avatarThumb: z.object({ urlList: z.array(z.string()) }).optional(),
  followInfo: z.object({ followStatus: z.string() }).optional(),
});
const Identity = z.object({
  isFollowerOfAnchor: z.boolean(),
  isModeratorOfAnchor: z.boolean(),
  isSubscriberOfAnchor: z.boolean(),
}).optional();

const Chat = z.object({
  common: Common,
  user: User,
  userIdentity: Identity,
  content: z.string(),
  emotes: z.array(z.unknown()),
});
const Like = z.object({
  common: Common,
  user: User,
  count: Count,
  total: z.string().regex(/^\d{1,15}$/).transform(Number),
});
const Gift = z.object({
  common: Common,
  user: User,
  userIdentity: Identity,
  giftId: Id,
  groupId: z.string().max(64),
  repeatCount: z.number().int().max(1_000_000),
  gift: z.object({
    name: z.string(),
    type: z.number(),
    diamondCount: z.number().int().min(0).max(1_000_000),
  }).optional(),
});
const Social = z.object({ common: Common, user: User, action: z.string() });
const Question = z.object({
  common: Common,
  data: z.object({
    questionId: Id,
    content: z.string(),
    createTime: Time,
    user: User,
  }),
});
const Deletion = z.object({
  common: Common,
  deleteMsgIds: z.array(z.string()),
  deleteUserIds: z.array(z.string()),
});
const Control = z.object({
  common: Common.partial().optional(),
  action: z.number(),
});
const RoomUser = z.object({
  common: Common.partial().optional(),
  total: z.string().regex(/^\d{1,15}$/).transform(Number),
});

type User = z.infer<typeof User>;
type Identity = z.infer<typeof Identity>;
/** What every reader is given beside the message. */
interface Reading {
  receivedAt: number;
  counts: ReadCounts;
}

/**
 * What a decoded message says: usually one thing, nothing for the kinds that
 * the game has no use for, two for a like (the taps, and the room's total).
 *
 * Stickers (`WebcastEmoteChatMessage`) and comments that consist of them are
 * left out: they have no text to show, to count as distinct, or to read aloud.
 *
 * @param method TikTok's name of the message, `WebcastChatMessage`.
 * @param data The message as the connector decoded it; anything at all.
 * @param counts Grows by what could not be read.
 * @param receivedAt Unix ms, used where the message has no time of its own.
 */
export function readMessage(
  method: string,
  data: unknown,
  counts: ReadCounts,
  receivedAt: number,
): Incoming[] {
  const read = READERS.get(method);
  if (!read) return [];
  const events = read(data, { receivedAt, counts });
  if (events) return events;
  counts.undecodable += 1;
  return [];
}

/** A reader gives null for what does not fit its schema. */
type Reader = (data: unknown, reading: Reading) => Incoming[] | null;

function reader<T>(
  schema: z.ZodType<T>,
  read: (message: T, reading: Reading) => Incoming[],
): Reader {
  return (data, reading) => {
    const message = schema.safeParse(data);
    return message.success ? read(message.data, reading) : null;
  };
}

const READERS = new Map<string, Reader>([
  ["WebcastChatMessage", reader(Chat, readChat)],
  ["WebcastLikeMessage", reader(Like, readLike)],
  ["WebcastGiftMessage", reader(Gift, readGift)],
  ["WebcastSocialMessage", reader(Social, readSocial)],
  ["WebcastQuestionNewMessage", reader(Question, readQuestion)],
  ["WebcastImDeleteMessage", reader(Deletion, readDeletion)],
  ["WebcastControlMessage", reader(Control, readControl)],
  ["WebcastRoomUserSeqMessage", reader(RoomUser, readRoomUser)],
]);

function readChat(
  message: z.infer<typeof Chat>,
  reading: Reading,
): Incoming[] {
  const text = clean(message.content, LONGEST.text);
  if (text === "") {
    if (message.emotes.length === 0) reading.counts.empty += 1;
    return [];
  }
  const viewer = viewerOf(message.user, message.userIdentity, reading);
  return [{ type: "comment", ...stamp(message.common, reading), viewer, text }];
}

function readLike(
  message: z.infer<typeof Like>,
  reading: Reading,
): Incoming[] {
  const viewer = viewerOf(message.user, null, reading);
  const { id, at } = stamp(message.common, reading);
  const taps: Incoming = { type: "like", id, at, viewer, count: message.count };
  if (message.total === 0) return [taps];
  return [taps, { type: "room", at, likes: message.total }];
}

// A gift without its details keeps its id and its units; without a price it is
// worth nothing, which the count of empty messages makes visible.
function readGift(
  message: z.infer<typeof Gift>,
  reading: Reading,
): Incoming[] {
  const { gift, groupId } = message;
  if (!gift) reading.counts.empty += 1;
  return [{
    type: "gift",
    ...stamp(message.common, reading),
    viewer: viewerOf(message.user, message.userIdentity, reading),
    giftId: message.giftId,
    giftName: clean(gift?.name ?? "", LONGEST.gift),
    diamonds: gift?.diamondCount ?? 0,
    repeatCount: Math.max(1, message.repeatCount),
    combo: gift ? gift.type === 1 : groupId !== "0",
    groupId,
  }];
}

function readSocial(
  message: z.infer<typeof Social>,
  reading: Reading,
): Incoming[] {
  const viewer = viewerOf(message.user, null, reading);
  const what = stamp(message.common, reading);
  switch (message.action) {
    case "1":
      return [{
        type: "follow",
        ...what,
        viewer: { ...viewer, follower: true },
      }];
    case "3":
      return [{ type: "share", ...what, viewer }];
    default:
      return [];
  }
}

// TikTok gives a question's own time in seconds, and the message's in ms.
function readQuestion(
  message: z.infer<typeof Question>,
  reading: Reading,
): Incoming[] {
  const { questionId, content, createTime, user } = message.data;
  const text = clean(content, LONGEST.text);
  if (text === "") {
    reading.counts.empty += 1;
    return [];
  }
  const asked = createTime > 0 ? createTime * 1_000 : reading.receivedAt;
  return [{
    type: "question",
    ...stamp(message.common, { ...reading, receivedAt: asked }),
    viewer: viewerOf(user, null, reading),
    questionId,
    text,
  }];
}

function readDeletion(
  message: z.infer<typeof Deletion>,
  reading: Reading,
): Incoming[] {
  const messageIds = ids(message.deleteMsgIds);
  const viewerIds = ids(message.deleteUserIds);
  if (messageIds.length + viewerIds.length === 0) return [];
  const what = stamp(message.common, reading);
  return [{ type: "deletion", ...what, messageIds, viewerIds }];
}

/** TikTok's control actions: 3 the LIVE has ended, 4 TikTok ended it. */
function readControl(
  message: z.infer<typeof Control>,
  reading: Reading,
): Incoming[] {
  const at = timeOf(message.common?.createTime, reading);
  if (message.action === 3) return [{ type: "ended", at, reason: "ended" }];
  if (message.action === 4) return [{ type: "ended", at, reason: "suspended" }];
  return [];
}

function readRoomUser(
  message: z.infer<typeof RoomUser>,
  reading: Reading,
): Incoming[] {
  const at = timeOf(message.common?.createTime, reading);
  return [{ type: "room", at, viewers: message.total }];
}

/**
 * Someone as one message shows them. Whether they follow the host stands in
 * `userIdentity` on chats and gifts and in `followInfo` elsewhere (`null` here);
 * `user.isFollower` is always false, and `followInfo` is wrong on gifts.
 */
function viewerOf(
  user: User,
  identity: Identity | null,
  reading: Reading,
): Viewer {
  const handle = clean(user.displayId, LONGEST.handle);
  const nickname = clean(user.nickname, LONGEST.nickname);
  if (nickname === "" || handle === "") reading.counts.empty += 1;
  const status = user.followInfo?.followStatus;
  return {
    id: user.id,
    handle,
    nickname: nickname || handle,
    avatarUrl: avatarOf(user),
    follower: identity === null
      ? status === "1" || status === "2"
      : identity?.isFollowerOfAnchor ?? false,
    ...(identity?.isModeratorOfAnchor && { moderator: true }),
    ...(identity?.isSubscriberOfAnchor && { subscriber: true }),
  };
}

function avatarOf(user: User): string | null {
  const usable = (url: string) =>
    url.startsWith("https://") && url.length <= 2_000;
  return user.avatarThumb?.urlList.find(usable) ?? null;
}

function stamp(common: z.infer<typeof Common>, reading: Reading) {
  return { id: common.msgId, at: timeOf(common.createTime, reading) };
}

// Before 2001 in ms means that the field is missing or no longer in ms.
function timeOf(createTime: number | undefined, reading: Reading): number {
  const plausible = createTime !== undefined && createTime > 1e12 &&
    createTime < 8.64e15;
  return plausible ? createTime : reading.receivedAt;
}

function ids(list: string[]): string[] {
  return list.filter((id) => Id.safeParse(id).success).slice(0, 1_000);
}

/** A stranger's text without control characters, cut between characters. */
function clean(text: string, longest: number): string {
  // deno-lint-ignore no-control-regex -- these are what is taken out
  const plain = text.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").trim();
  if (plain.length <= longest) return plain;
  return plain.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
}

/** Why a text cannot be a channel. */
export type ChannelProblem = "empty" | "not_tiktok" | "bad_name";

/** TikTok's own rule for names: letters, digits, `_` and `.`, at most 24. */
const HANDLE = /^[\p{L}\p{M}\p{N}_.]{1,24}$/u;

/**
 * The channel that a host means by `@name`, `name` or a link to a LIVE.
 * TikTok's names know no upper case, so `@Name` and `@name` are one channel.
 */
export function parseChannel(
  text: string,
): { ok: true; channel: string } | { ok: false; problem: ChannelProblem } {
  const typed = text.trim();
  if (typed === "" || typed === "@") return { ok: false, problem: "empty" };
  const name = /[/:]/.test(typed) ? nameInLink(typed) : typed;
  if (name === null) return { ok: false, problem: "not_tiktok" };
  const channel = name.replace(/^@/, "").toLowerCase();
  return HANDLE.test(channel)
    ? { ok: true, channel }
    : { ok: false, problem: "bad_name" };
}

// A link may have been typed without its scheme: tiktok.com/@name/live
function nameInLink(typed: string): string | null {
  const link = URL.parse(
    /^https?:\/\//i.test(typed) ? typed : `https://${typed}`,
  );
  if (!link || !/(^|\.)tiktok\.com$/i.test(link.hostname)) return null;
  const first = link.pathname.split("/")[1] ?? "";
  try {
    return first.startsWith("@") ? decodeURIComponent(first) : null;
  } catch {
    return first; // a broken escape, which no name may have in it
  }
}
