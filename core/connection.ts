/**
 * How a channel's connection stands, as data: the ingest reports it, the pages
 * put it into words (`locales/`), so that no sentence is written twice.
 *
 * @module
 */

/** Where a connection is on its way. */
export type ConnectionPhase =
  | "off"
  | "looking"
  | "offline"
  | "connecting"
  | "live"
  | "waiting"
  | "ended"
  | "failed";

/**
 * Why it is there. `null` where the state says it all.
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
export type ConnectionReason =
  | "not_found"
  | "age_restricted"
  | "rate_limited"
  | "needs_key"
  | "blocked"
  | "sign_failed"
  | "unreachable"
  | "silent"
  | "lost"
  | "ended"
  | "suspended"
  | "bad_channel"
  | "unknown";

/** One channel's connection as the host should see it. */
export interface Connection {
  state: ConnectionPhase;
  reason: ConnectionReason | null;
  /** What the other side said, for `unknown` and for logs; never shown alone. */
  message: string | null;
  /** The channel without @, or null while `off`. */
  channel: string | null;
  roomId: string | null;
  /** Unix ms of the last change of `state`. */
  since: number;
  /** Unix ms of the next try, where one is due. */
  retryAt: number | null;
  /** Unix ms of the last message of any kind, or null. */
  lastMessageAt: number | null;
}

/** Numbers that tell how well the connection works; they only grow. */
export interface ConnectionCounts {
  /** Live events handed on, duplicates included. */
  events: number;
  /** Tries to connect again after a failure or a loss. */
  reconnects: number;
  /** Messages that could not be decoded. */
  undecodable: number;
  /** Messages without a name, text, id or time: how a changed schema shows. */
  empty: number;
  /** Errors the connector reported. */
  errors: number;
  /** Requests made to the signing service. */
  signRequests: number;
  /** Likes that came with a name, and the room's growth of likes, since connecting. */
  namedLikes: number;
  roomLikes: number;
}

/** A running connection to one channel, or anything that behaves like one. */
export interface Source {
  /** How it stands now. */
  connection(): Connection;
  counts(): ConnectionCounts;
  /** People in the room now, or null where unknown. */
  roomViewers(): number | null;
  /**
   * Whether to look for the channel's next LIVE when this one has ended; no, at
   * first. Left out where there is no next one.
   */
  seekNext?(wanted: boolean): void;
  /**
   * What the clock over there shows now, Unix ms, null while unknown; left out
   * by what has no clock of its own.
   */
  theirTime?(): number | null;
  /**
   * When the oldest came of what has arrived and was not handed on yet, in ms
   * that only run forward; null where nothing waits, left out where nothing can.
   */
  untoldSince?(): number | null;
  /** Ends it for good; resolves when nothing more will come. */
  close(): Promise<void>;
}

/** A connection to nothing, since this moment (Unix ms). */
export function connectionOff(since: number): Connection {
  return {
    state: "off",
    reason: null,
    message: null,
    channel: null,
    roomId: null,
    since,
    retryAt: null,
    lastMessageAt: null,
  };
}

/** Counts of a connection that has just begun. */
export function emptyCounts(): ConnectionCounts {
  return {
    events: 0,
    reconnects: 0,
    undecodable: 0,
    empty: 0,
    errors: 0,
    signRequests: 0,
    namedLikes: 0,
    roomLikes: 0,
  };
}
