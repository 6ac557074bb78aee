/**
 * What goes over Redis between the process that runs the sessions (the owner)
 * and those that serve pages (the members), and under which names.
 *
 * - **News** (a frame, the state, the access keys, the owner itself) are told
 *   to everyone on one channel, and the newest of each is kept in a hash for
 *   whoever comes later. Each stands alone, so nobody is sent what they missed.
 *   A script tells and keeps in one step, and refuses an owner whose token is
 *   older than the hash's: one that was frozen and wakes up is not heard.
 * - **Asks** go to the channel of the owner alone, answers to the channel of
 *   the member that asked. `PUBLISH` says how many heard it, so a member knows
 *   at once that an owner is gone. Before the owner answers what changed
 *   something, it tells the news of it, on the same connection: a member that
 *   has the answer has the news.
 * - **Long answers** go in parts. Who sends may be a few parts ahead of who
 *   takes them, and waits then, so nothing piles up in Redis.
 *
 * Redis' channels are not divided by its databases, so names carry the number.
 *
 * @see {@link https://redis.io/docs/latest/develop/pubsub/}
 * @module
 */
import type { Frame } from "@/core/frame.ts";
import type { DeskState } from "@/core/views.ts";

/** What is told to everyone, by topic. */
export interface News {
  frame: Frame;
  /** Everything of the desk's state but its frame, which is told apart. */
  state: Omit<DeskState, "frame">;
  /** Keys and sign-ins as hashes; only `access` knows more of it. */
  access: unknown;
  /** Told again every HEARTBEAT_MS; null when the owner has stopped. */
  owner: { id: string } | null;
}
/** What news may be about. */
export type Topic = keyof News;
/** All of them. */
export const TOPICS: readonly Topic[] = ["frame", "state", "access", "owner"];

/** The owner says this often that it is there. */
export const HEARTBEAT_MS = 1_000;
/** An owner that has said nothing for so long may be gone. */
export const SILENCE_MS = 3_500;
/** How long an ask waits for another owner to take over. */
export const PATIENCE_MS = 8_000;
/** A member that has said nothing for so long is gone. */
export const MEMBER_SILENCE_MS = 6_000;
/** A member says this often how many overlays it serves. */
export const MEMBER_HEARTBEAT_MS = 2_000;

/** Characters of a part of a long answer. */
export const PART_CHARS = 32 * 1024;
/** Parts that may be under way. */
export const PARTS_AHEAD = 4;
/** Long answers that an owner gives at the same time, to all members. */
export const MOST_FLOWS = 32;

/** Hash of the newest of each topic, and the token of who told it. */
export const NEWEST_KEY = "bus:newest";
/** Where the token of who told last stands beside the newest news. */
export const TOKEN_FIELD = "token";

/** The names of channels, for one database of a Redis. */
export function channelsOf(database: number) {
  return {
    news: `bus:${database}:news`,
    owner: (id: string) => `bus:${database}:owner:${id}`,
    member: (id: string) => `bus:${database}:member:${id}`,
  };
}

/** The database that an address of a Redis means. */
export function databaseOf(address: string): number {
  return Number(new URL(address).pathname.slice(1)) || 0;
}

/**
 * Keeps and tells one topic; answers how many fields the hash has, -1 to an
 * owner that is none any more, -2 where it was told and could not be kept:
 * telling needs no memory, so a full Redis silences nobody.
 *
 * KEYS: the hash. ARGV: token, topic, text, channel.
 */
export const TELL = `
local held = tonumber(redis.call('HGET', KEYS[1], 'token') or '0')
if held > tonumber(ARGV[1]) then return -1 end
local kept = redis.pcall('HSET', KEYS[1], 'token', ARGV[1], ARGV[2], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[3])
if type(kept) == 'table' and kept.err then return -2 end
return redis.call('HLEN', KEYS[1])`;

/** News as they are kept and told: who tells, the how-manieth it is, and JSON. */
export interface ToldNews {
  topic: Topic;
  token: number;
  count: number;
  json: string;
}

/** A line of what it is, and the news itself. */
export function writeNews({ topic, token, count, json }: ToldNews): string {
  return `${topic} ${token} ${count}\n${json}`;
}

/** Reads what `writeNews` wrote; the JSON is left for when it is needed. */
export function readNews(text: string): ToldNews {
  const end = text.indexOf("\n");
  const [topic, token, count] = text.slice(0, end).split(" ");
  return {
    topic: topic as Topic,
    token: Number(token),
    count: Number(count),
    json: text.slice(end + 1),
  };
}

/** What a member says. */
export type Words =
  /** Asks for something; with `sends`, parts follow. */
  | { type: "ask"; id: number; call: string; args: unknown[]; sends: boolean }
  /** Parts of what was asked to be taken in, and their end. */
  | { type: "part"; id: number; lines: string[] }
  | { type: "end"; id: number; failed: string | null }
  /** One more part of a long answer may come; or none any more. */
  | { type: "more"; id: number }
  | { type: "stop"; id: number }
  /** The member is there, with so many overlays. */
  | { type: "here"; overlays: number }
  | { type: "gone" };

/** What a member says to the owner. */
export type ToOwner = { from: string } & Words;

/** What the owner says to a member about what it asked. */
export type ToMember =
  & { id: number }
  & (
    | { type: "answer"; value: unknown }
    | { type: "failed"; name: string; message: string }
    /** Still at it. */
    | { type: "busy" }
    | { type: "part"; lines: string[] }
    | { type: "end" }
    | { type: "more" }
  );
