/**
 * TikTok's messages as the stand-in sends them: one function a kind, each
 * giving the protobuf that a real room would send. Field names and numbers are
 * those of schema v3, so the product's connector reads them as it reads TikTok.
 *
 * @module
 */
import {
  WebcastChatMessage,
  WebcastControlMessage,
  WebcastEmoteChatMessage,
  WebcastGiftMessage,
  WebcastImDeleteMessage,
  WebcastLikeMessage,
  WebcastMemberMessage,
  WebcastQuestionNewMessage,
  WebcastRoomUserSeqMessage,
  WebcastSocialMessage,
} from "tiktok-live-proto/v3";

/** Unix ms by a clock of TikTok's own, which nobody sets here. */
export function theirNow(): number {
  return Math.round(performance.timeOrigin + performance.now());
}

/** One message of a room, ready to be put into a batch. */
export interface RoomMessage {
  method: string;
  msgId: string;
  payload: Uint8Array;
}

/** Who sends a message; everything but the id has a default. */
export interface Sender {
  /** Decimal int64. */
  id: string;
  handle?: string;
  nickname?: string;
  avatarUrls?: string[];
  follower?: boolean;
  moderator?: boolean;
  subscriber?: boolean;
}

/** What every message may set: its id and its create time in Unix ms. */
interface Stamp {
  msgId?: string;
  at?: number;
}

/** A gift as the list of gifts has it; type 1 can be sent as a combo. */
interface GiftKind {
  id: string;
  name: string;
  diamonds: number;
  type: number;
}

/** The gift everyone knows: one diamond, combos allowed. */
export const ROSE: GiftKind = {
  id: "5655",
  name: "Rose",
  diamonds: 1,
  type: 1,
};

const BLANK = new Uint8Array();
let lastId = 7_300_000_000_000_000_000n;

/** A message id that no message of this process has had. */
export function nextMessageId(): string {
  lastId += 1n;
  return String(lastId);
}

export function chat(from: Sender, text: string, stamp?: Stamp): RoomMessage {
  const message = WebcastChatMessage.decode(BLANK);
  message.content = text;
  message.user = userOf(from);
  message.userIdentity = identityOf(from);
  return pack("WebcastChatMessage", WebcastChatMessage, message, stamp);
}

/** A message of a kind that `amend` can change, by TikTok's name of it. */
const CODECS = {
  WebcastChatMessage,
  WebcastGiftMessage,
  WebcastLikeMessage,
  WebcastRoomUserSeqMessage,
};

/**
 * The same message with fields set as a test wants them, odd ones too; a field
 * of an object is set beside the others of it.
 *
 * @param fields Named as in the schema; `undefined` leaves one out.
 */
export function amend(
  { method, payload }: RoomMessage,
  fields: Record<string, unknown>,
): RoomMessage {
  const codec = CODECS[method as keyof typeof CODECS] as Codec<unknown> & {
    decode(payload: Uint8Array): { common?: { msgId: string } };
  };
  const message = codec.decode(payload);
  setAll(message, fields);
  return {
    method,
    msgId: message.common?.msgId ?? "0",
    payload: codec.encode(message).finish(),
  };
}

function setAll(target: object, fields: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(fields)) {
    const held = Reflect.get(target, name);
    if (held && value && typeof value === "object") {
      setAll(held, value as Record<string, unknown>);
    } else Reflect.set(target, name, value);
  }
}

/** A viewer as the schema has it. */
export function asUser(from: Sender): User {
  return userOf(from);
}

/** Taps on the heart; `total` is the room's own count. */
export function like(
  from: Sender,
  count: number,
  options: Stamp & { total?: number } = {},
): RoomMessage {
  const message = WebcastLikeMessage.decode(BLANK);
  message.count = count;
  message.total = String(options.total ?? 0);
  message.user = userOf(from);
  return pack("WebcastLikeMessage", WebcastLikeMessage, message, options);
}

/** One gift message: a tick or the end of a combo, or a whole gift. */
export function gift(
  from: Sender,
  kind: GiftKind,
  options: Stamp & { count?: number; group?: string; end?: boolean } = {},
): RoomMessage {
  const message = WebcastGiftMessage.decode(BLANK);
  const details = blankGift();
  details.id = kind.id;
  details.name = kind.name;
  details.diamondCount = kind.diamonds;
  details.type = kind.type;
  details.combo = kind.type === 1;
  message.gift = details;
  message.giftId = kind.id;
  message.groupCount = 1;
  message.repeatCount = options.count ?? 1;
  message.comboCount = message.repeatCount;
  message.repeatEnd = options.end ? 1 : 0;
  message.groupId = options.group ?? "0";
  message.user = userOf({ ...from, follower: false });
  message.userIdentity = identityOf(from);
  return pack("WebcastGiftMessage", WebcastGiftMessage, message, options);
}

export function member(
  from: Sender,
  options: Stamp & { viewers?: number } = {},
): RoomMessage {
  const message = WebcastMemberMessage.decode(BLANK);
  message.action = 1;
  message.memberCount = options.viewers ?? 1;
  message.user = userOf(from);
  return pack("WebcastMemberMessage", WebcastMemberMessage, message, options);
}

export function follow(from: Sender, stamp?: Stamp): RoomMessage {
  return social(from, "1", "pm_main_follow_message_viewer_2", stamp);
}

export function share(from: Sender, stamp?: Stamp): RoomMessage {
  return social(from, "3", "pm_mt_guidance_share", stamp);
}

/** How many watch now, and how many have watched so far. */
export function roomUser(
  viewers: number,
  options: Stamp & { soFar?: number } = {},
): RoomMessage {
  const message = WebcastRoomUserSeqMessage.decode(BLANK);
  message.total = String(viewers);
  message.totalUser = String(options.soFar ?? viewers);
  return pack(
    "WebcastRoomUserSeqMessage",
    WebcastRoomUserSeqMessage,
    message,
    options,
  );
}

/** A question of TikTok's own Q&A; its own time is in seconds. */
export function question(
  from: Sender,
  text: string,
  options: Stamp & { questionId?: string } = {},
): RoomMessage {
  const at = options.at ?? theirNow();
  const message = WebcastQuestionNewMessage.decode(BLANK);
  message.data = {
    questionId: options.questionId ?? nextMessageId(),
    content: text,
    answerStatus: 0,
    createTime: String(Math.floor(at / 1_000)),
    user: userOf(from),
    createFrom: 0,
    answerFrom: 0,
  };
  return pack("WebcastQuestionNewMessage", WebcastQuestionNewMessage, message, {
    ...options,
    at,
  });
}

/** Messages and viewers that TikTok or a moderator took away. */
export function imDelete(
  messageIds: string[],
  viewerIds: string[] = [],
  stamp?: Stamp,
): RoomMessage {
  const message = WebcastImDeleteMessage.decode(BLANK);
  message.deleteMsgIds = messageIds;
  message.deleteUserIds = viewerIds;
  return pack("WebcastImDeleteMessage", WebcastImDeleteMessage, message, stamp);
}

/** 1 paused, 2 goes on, 3 ended, 4 suspended. */
export function control(action: 1 | 2 | 3 | 4, stamp?: Stamp): RoomMessage {
  const message = WebcastControlMessage.decode(BLANK);
  message.action = action;
  return pack("WebcastControlMessage", WebcastControlMessage, message, stamp);
}

/** A subscriber's sticker: a picture, no text. */
export function emoteChat(
  from: Sender,
  stamp?: Stamp,
): RoomMessage {
  const message = WebcastEmoteChatMessage.decode(BLANK);
  message.user = userOf(from);
  message.userIdentity = identityOf(from);
  return pack(
    "WebcastEmoteChatMessage",
    WebcastEmoteChatMessage,
    message,
    stamp,
  );
}

/** Bytes that no schema accepts, under a name that every client knows. */
export function undecodable(method = "WebcastLikeMessage"): RoomMessage {
  const brokenLength = Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0x7f, 0x01);
  return { method, msgId: nextMessageId(), payload: brokenLength };
}

function social(
  from: Sender,
  action: string,
  key: string,
  stamp?: Stamp,
): RoomMessage {
  const message = WebcastSocialMessage.decode(BLANK);
  message.action = action;
  message.user = userOf(from);
  const packed = { ...stamp, displayKey: key };
  return pack("WebcastSocialMessage", WebcastSocialMessage, message, packed);
}

type User = NonNullable<WebcastChatMessage["user"]>;
type Identity = NonNullable<WebcastChatMessage["userIdentity"]>;
type Common = NonNullable<WebcastChatMessage["common"]>;
type GiftDetails = NonNullable<WebcastGiftMessage["gift"]>;

// The schema exports whole messages only, so the parts are taken out of one
// that holds them, each written as "field n, empty".
function blankUser(): User {
  return WebcastChatMessage.decode(Uint8Array.of(0x12, 0)).user!;
}

function blankCommon(): Common {
  return WebcastChatMessage.decode(Uint8Array.of(0x0a, 0)).common!;
}

function blankGift(): GiftDetails {
  return WebcastGiftMessage.decode(Uint8Array.of(0x7a, 0)).gift!;
}

function userOf(from: Sender): User {
  const user = blankUser();
  user.id = from.id;
  user.displayId = from.handle ?? `viewer_${from.id}`;
  user.nickname = from.nickname ?? `Viewer ${from.id}`;
  user.followInfo = {
    followingCount: "0",
    followerCount: "0",
    followStatus: from.follower ? "1" : "0",
    pushStatus: "0",
  };
  if (from.avatarUrls) {
    user.avatarThumb = {
      urlList: from.avatarUrls,
      uri: "",
      height: 100,
      width: 100,
      avgColor: "",
      imageType: 0,
      openWebUrl: "",
      content: undefined,
      isAnimated: false,
    };
  }
  return user;
}

function identityOf(from: Sender): Identity {
  return {
    isGiftGiverOfAnchor: false,
    isSubscriberOfAnchor: from.subscriber ?? false,
    isMutualFollowingWithAnchor: false,
    isFollowerOfAnchor: from.follower ?? false,
    isModeratorOfAnchor: from.moderator ?? false,
    isAnchor: false,
  };
}

interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
}

function pack<T extends { common: Common | undefined }>(
  method: string,
  codec: Codec<T>,
  message: T,
  stamp: Stamp & { displayKey?: string } = {},
): RoomMessage {
  const common = blankCommon();
  common.method = method;
  common.msgId = stamp.msgId ?? nextMessageId();
  common.createTime = String(stamp.at ?? theirNow());
  if (stamp.displayKey) {
    common.displayText = {
      key: stamp.displayKey,
      defaultPattern: "",
      defaultFormat: undefined,
      pieces: [],
    };
  }
  message.common = common;
  const payload = codec.encode(message).finish();
  return { method, msgId: common.msgId, payload };
}
