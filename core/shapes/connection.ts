/**
 * How a channel's connection stands: the ingest reports it, the pages put it
 * into words (`locales/`), so that no sentence is written twice.
 *
 * @module
 */
import { z } from "zod";
import { MaybeMoment, MaybeText, Moment, Text, Whole } from "./words.ts";

/** Where a connection is on its way. */
const ConnectionPhase = z.enum([
  "off",
  "looking",
  "offline",
  "connecting",
  "live",
  "waiting",
  "ended",
  "failed",
]);
/** As the schema of that name gives it. */
export type ConnectionPhase = z.infer<typeof ConnectionPhase>;

/**
 * Why it is there.
 *
 * - `not_found`: TikTok knows no such channel
 * - `age_restricted`: the LIVE hides behind a login; connect with a room id
 * - `rate_limited`: the signing service wants a pause, until `retryAt`
 * - `needs_key`: the signing service wants a (paid) API key
 * - `blocked`: TikTok or the signing service refuses this machine
 * - `sign_failed`: the signing service is out of order
 * - `unreachable`: no answer from the network
 * - `silent`: connected, but nothing has come for a while
 * - `lost`: the connection broke; trying again
 * - `ended`: the LIVE is over, and its game waits for the channel's next one
 * - `suspended`: TikTok ended the LIVE by force
 * - `bad_channel`: not a name TikTok could have given
 * - `unknown`: something else; `message` has its own words
 */
const ConnectionReason = z.enum([
  "not_found",
  "age_restricted",
  "rate_limited",
  "needs_key",
  "blocked",
  "sign_failed",
  "unreachable",
  "silent",
  "lost",
  "ended",
  "suspended",
  "bad_channel",
  "unknown",
]);
/** As the schema of that name gives it. */
export type ConnectionReason = z.infer<typeof ConnectionReason>;

/** One channel's connection as the host should see it, in words, too. */
export const ConnectionInWords = z.object({
  state: ConnectionPhase,
  detail: Text.describe("How it stands, in the caller's language"),
  /** Null where the state says it all. */
  reason: ConnectionReason.nullable(),
  /** What the other side said, for `unknown` and for logs; never shown alone. */
  message: MaybeText,
  /** The channel without @, or null while `off`. */
  channel: MaybeText,
  roomId: MaybeText,
  /** Unix ms of the last change of `state`. */
  since: Moment,
  /** Unix ms of the next try, where one is due. */
  retryAt: MaybeMoment,
  /** Unix ms of the last message of any kind, or null. */
  lastMessageAt: MaybeMoment,
});
/** The same without the words. */
export const Connection = ConnectionInWords.omit({ detail: true });
/** As the schema of that name gives it. */
export type Connection = z.infer<typeof Connection>;

/** Numbers that tell how well the connection works; they only grow. */
export const ConnectionCounts = z.object({
  /** Live events handed on, duplicates included. */
  events: Whole,
  /** Tries to connect again after a failure or a loss. */
  reconnects: Whole,
  /** Messages that could not be decoded. */
  undecodable: Whole,
  /** Messages without a name, text, id or time: how a changed schema shows. */
  empty: Whole,
  /** Errors the connector reported. */
  errors: Whole,
  /** Requests made to the signing service. */
  signRequests: Whole,
  /** Likes that came with a name, and the room's growth of likes, since connecting. */
  namedLikes: Whole,
  roomLikes: Whole,
});
/** As the schema of that name gives it. */
export type ConnectionCounts = z.infer<typeof ConnectionCounts>;
