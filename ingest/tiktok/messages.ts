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
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Incoming, Recipient, Viewer } from "@/core/shapes/events.ts";
import { NO_GROUP } from "@/core/combos.ts";
import { isVisible } from "@/core/names.ts";
import { systemChance } from "../chance.ts";

/** What could not be read; the numbers only grow. */
export interface ReadCounts {
  /** Messages of a known kind that do not fit its schema. */
  undecodable: number;
  /** Messages without a name, text, id or time: how a changed schema shows. */
  empty: number;
}

/** Longest texts that are kept; what is longer is cut. */
const LONGEST = { handle: 200, nickname: 400, text: 2_000, gift: 200 };

/**
 * The most that one message can bring; what claims more is none of TikTok's.
 * Every bound lies far above what was ever seen, so that none costs a gift.
 */
const MOST = {
  /** The app gathers taps and sends 15 of them at most. */
  taps: 1_000,
  /** The dearest gift of the catalogue costs 44,999 diamonds. */
  diamonds: 1_000_000,
  /** A running total; a million of the cheapest cost more than 10,000 dollars. */
  units: 1_000_000,
};

/** An int64 that names something; "0" and "" name nothing. */
const ID = /^[1-9]\d{0,19}$/;
const Id = z.string().regex(ID);
/** A text that may be missing. */
const Text = z.string().catch("");
/** The room's own number, null where there is none. */
const Total = z.string().regex(/^\d{1,15}$/).transform(Number).nullable()
  .catch(null);

// Only who it was, and how much, may cost a message. Nothing else here fails:
// what is missing or odd falls back to what a message without it would say.
const Common = z.object({ msgId: Text, createTime: Text })
  .catch({ msgId: "", createTime: "" });
const User = z.object({
  id: Id,
  displayId: Text,
  nickname: Text,
  avatarThumb: z.object({ urlList: z.array(z.string()) }).optional()
    .catch(undefined),
  followInfo: z.object({ followStatus: z.string() }).optional()
    .catch(undefined),
});
const Identity = z.object({
  isFollowerOfAnchor: z.boolean(),
  isModeratorOfAnchor: z.boolean(),
  isSubscriberOfAnchor: z.boolean(),
}).partial().optional().catch(undefined);

const Chat = z.object({
  common: Common,
  user: User,
  userIdentity: Identity,
  content: z.string(),
  emotes: z.array(z.unknown()).catch([]),
});
const Like = z.object({
  common: Common,
  user: User,
  count: z.number().int().min(1).max(MOST.taps),
  total: Total,
});
const Gift = z.object({
  common: Common,
  user: User,
  userIdentity: Identity,
  giftId: Text,
  groupId: Text,
  /** 0 where TikTok leaves it out, which means one. */
  repeatCount: z.number().int().min(0).max(MOST.units).default(0),
  repeatEnd: z.number().catch(0),
  gift: z.object({
    id: Text,
    name: Text,
    type: z.number().nullable().catch(null),
    diamondCount: z.number().int().min(0).max(MOST.diamonds),
  }).optional(),
  toUser: User.optional().catch(undefined),
  toMemberId: Text,
  toMemberNickname: Text,
});
const Social = z.object({ common: Common, user: User, action: z.string() });
const Question = z.object({
  common: Common,
  data: z.object({
    questionId: Text,
    content: z.string(),
    createTime: Text,
    user: User,
  }),
});
const Deletion = z.object({
  common: Common,
  deleteMsgIds: z.array(z.string()).catch([]),
  deleteUserIds: z.array(z.string()).catch([]),
});
const Control = z.object({ common: Common, action: z.number() });
const RoomUser = z.object({ common: Common, total: Total });

type User = z.infer<typeof User>;
type Identity = z.infer<typeof Identity>;
/** What every reader is given beside the message. */
interface Reading {
  receivedAt: number;
  counts: ReadCounts;
  /** Handle of the host, in lower case, where it is known. */
  host: string | null;
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
 * @param host Handle of the room's host, in lower case; null where unknown.
 */
export function readMessage(
  method: string,
  data: unknown,
  counts: ReadCounts,
  receivedAt: number,
  host: string | null = null,
): Incoming[] {
  const read = READERS.get(method);
  if (!read) return [];
  const events = read(data, { receivedAt, counts, host });
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

/** TikTok's names of the messages that are read. */
export const KINDS = [...READERS.keys()];

function readChat(
  message: z.infer<typeof Chat>,
  reading: Reading,
): Incoming[] {
  const text = clean(message.content, LONGEST.text);
  if (!isVisible(text)) {
    if (message.emotes.length === 0) reading.counts.empty += 1;
    return [];
  }
  const viewer = viewerOf(message.user, message.userIdentity, reading);
  const what = stamp(message.common, reading, ["chat", viewer.id, text]);
  return [{ type: "comment", ...what, viewer, text }];
}

function readLike(
  { common, user, count, total }: z.infer<typeof Like>,
  reading: Reading,
): Incoming[] {
  const viewer = viewerOf(user, null, reading);
  const { id, at } = stamp(common, reading, ["like", viewer.id, count, total]);
  const taps: Incoming = { type: "like", id, at, viewer, count };
  return total ? [taps, { type: "room", at, likes: total }] : [taps];
}

// A gift without its details keeps its id and its units; without a price it is
// worth nothing, which the count of empty messages makes visible.
function readGift(
  message: z.infer<typeof Gift>,
  reading: Reading,
): Incoming[] {
  const { gift } = message;
  if (!gift) reading.counts.empty += 1;
  const viewer = viewerOf(message.user, message.userIdentity, reading);
  const giftId = [message.giftId, gift?.id].find(isId) ?? "0";
  const groupId = isId(message.groupId) ? message.groupId : NO_GROUP;
  const repeatCount = Math.max(1, message.repeatCount);
  const end = groupId === NO_GROUP && message.repeatEnd === 1;
  const to = recipientOf(message, reading);
  const marks = [giftId, groupId, repeatCount, end, to?.id ?? ""];
  return [{
    type: "gift",
    ...stamp(message.common, reading, ["gift", viewer.id, ...marks]),
    viewer,
    giftId,
    giftName: clean(gift?.name ?? "", LONGEST.gift),
    diamonds: gift?.diamondCount ?? 0,
    repeatCount,
    combo: gift && gift.type !== null ? gift.type === 1 : groupId !== NO_GROUP,
    groupId,
    ...(end && { end }),
    ...(to && { to }),
  }];
}

/**
 * The guest of the room whom a gift was for, undefined for the host: TikTok
 * names nobody then, or the host.
 */
function recipientOf(
  { toUser, toMemberId, toMemberNickname }: z.infer<typeof Gift>,
  { host }: Reading,
): Recipient | undefined {
  const id = toUser?.id ?? toMemberId;
  const handle = clean(toUser?.displayId ?? "", LONGEST.handle);
  if (!isId(id) || handle.toLowerCase() === host) return undefined;
  const named = toUser?.nickname ?? toMemberNickname;
  return { id, ...namesOf(handle, clean(named, LONGEST.nickname)) };
}

function readSocial(
  message: z.infer<typeof Social>,
  reading: Reading,
): Incoming[] {
  const viewer = viewerOf(message.user, null, reading);
  const { action } = message;
  const what = stamp(message.common, reading, ["social", viewer.id, action]);
  switch (action) {
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

// A question has a time of its own, which holds where the message has none.
function readQuestion(
  message: z.infer<typeof Question>,
  reading: Reading,
): Incoming[] {
  const { questionId, content, createTime, user } = message.data;
  const text = clean(content, LONGEST.text);
  if (!isVisible(text)) {
    reading.counts.empty += 1;
    return [];
  }
  const { msgId } = message.common;
  const sent = [message.common.createTime, createTime].find(momentIn) ?? "";
  const marks = ["question", user.id, questionId, text];
  const what = stamp({ msgId, createTime: sent }, reading, marks);
  return [{
    type: "question",
    ...what,
    viewer: viewerOf(user, null, reading),
    questionId: isId(questionId) ? questionId : what.id,
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
  const marks = ["deletion", ...messageIds, ...viewerIds];
  const what = stamp(message.common, reading, marks);
  return [{ type: "deletion", ...what, messageIds, viewerIds }];
}

/** TikTok's control actions: 3 the LIVE has ended, 4 TikTok ended it. */
function readControl(
  message: z.infer<typeof Control>,
  reading: Reading,
): Incoming[] {
  const at = timeOf(message.common.createTime, reading);
  if (message.action === 3) return [{ type: "ended", at, reason: "ended" }];
  if (message.action === 4) return [{ type: "ended", at, reason: "suspended" }];
  return [];
}

function readRoomUser(
  message: z.infer<typeof RoomUser>,
  reading: Reading,
): Incoming[] {
  const at = timeOf(message.common.createTime, reading);
  return message.total === null
    ? []
    : [{ type: "room", at, viewers: message.total }];
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
  if (!isVisible(nickname) || handle === "") reading.counts.empty += 1;
  const status = user.followInfo?.followStatus;
  return {
    id: user.id,
    ...namesOf(handle, nickname),
    avatarUrl: avatarOf(user),
    follower: identity === null
      ? status === "1" || status === "2"
      : identity?.isFollowerOfAnchor ?? false,
    ...(identity?.isModeratorOfAnchor && { moderator: true }),
    ...(identity?.isSubscriberOfAnchor && { subscriber: true }),
  };
}

/** A name of which nothing can be seen is none: the handle stands for it. */
function namesOf(handle: string, nickname: string) {
  return { handle, nickname: isVisible(nickname) ? nickname : handle };
}

function avatarOf(user: User): string | null {
  const usable = (url: string) =>
    url.startsWith("https://") && url.length <= 2_000;
  return user.avatarThumb?.urlList.find(usable) ?? null;
}

/**
 * A message's id and time. One that TikTok gave no id gets one of what it says
 * and when it was sent, so that copies of it are one message; where the time
 * is missing, too, nothing tells a copy from the next message, and each counts
 * (but for a combo, of which only the growth does).
 *
 * @param marks What tells it from the others of its viewer.
 */
function stamp(
  { msgId, createTime }: z.infer<typeof Common>,
  reading: Reading,
  marks: unknown[],
) {
  const sent = momentIn(createTime);
  const at = sent ?? reading.receivedAt;
  if (!isId(msgId) || sent === null) reading.counts.empty += 1;
  if (isId(msgId)) return { id: msgId, at };
  if (sent === null) return { id: `x${systemChance.name()}`, at };
  const said = JSON.stringify([createTime, ...marks]);
  const digest = createHash("sha256").update(said).digest("hex");
  return { id: `x${digest.slice(0, 36)}`, at };
}

function timeOf(createTime: string, reading: Reading): number {
  return momentIn(createTime) ?? reading.receivedAt;
}

/** Later than any message: the year 2100, Unix ms. */
const TOO_LATE = 4_102_444_800_000;

/**
 * Unix ms of a time in s, ms, µs or ns, which its digits tell from the year
 * 2001 on; null for any other text.
 */
function momentIn(createTime: string): number | null {
  if (!/^[1-9](\d{9}|\d{12}|\d{15}|\d{18})$/.test(createTime)) return null;
  const isInSeconds = createTime.length === 10;
  const ms = isInSeconds
    ? Number(createTime) * 1_000
    : Number(createTime.slice(0, 13));
  return ms < TOO_LATE ? ms : null;
}

function isId(text: string | undefined): text is string {
  return text !== undefined && ID.test(text);
}

function ids(list: string[]): string[] {
  return list.filter(isId).slice(0, 1_000);
}

/** A stranger's text without control characters, cut between characters. */
function clean(text: string, longest: number): string {
  // deno-lint-ignore no-control-regex -- these are what is taken out
  const plain = text.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").trim();
  if (plain.length <= longest) return plain;
  return plain.slice(0, longest).replace(/[\ud800-\udbff]$/, "");
}

/** Why a text cannot be a channel. */
type ChannelProblem = "empty" | "not_tiktok" | "bad_name";

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
