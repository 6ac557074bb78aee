/**
 * Every key this program uses in Redis and how what is there is written, in one
 * place: whoever reads the board (any web process) needs nothing else.
 *
 * Of one session:
 *
 * | key                             | type   | holds                               |
 * | ------------------------------- | ------ | ----------------------------------- |
 * | `leaderboard:{session}`         | zset   | viewer id → score, see `scoreOf`    |
 * | `viewers:{session}`             | hash   | viewer id → who that is, as JSON    |
 * | `names:{session}`               | hash   | viewer id → what searches look in   |
 * | `tallies:{session}`             | hash   | viewer id → what they hold          |
 * | `user:comments:{session}:{viewer}` | hash | comment id → the comment, as JSON  |
 * | `ledger:{session}`              | stream | batches of entries, id `{seq}-0`    |
 * | `head:{session}`                | hash   | the batch's number, writer, length  |
 * | `snapshot:{session}`            | string | the session at a seq, as bytes      |
 * | `session:{session}`             | string | its line in the list, as JSON       |
 *
 * Of the program: `sessions` (zset: session id → Unix ms of its start),
 * `answer:{key}` and `document:{name}` (JSON), `ingest:owner` (the lease: token,
 * a space, and the name of the process), `ingest:token` (how often it has
 * changed hands), `purged` (zset: sessions that were deleted or written anew,
 * in the order in which that happened) and `room:{channel}` (hash: what the room
 * has sent lately, a part of it in base64 under each name, and `upTo`).
 *
 * The board in order is `ZRANGE leaderboard:{session} from to REV`, a rank is
 * `ZREVRANK` + 1, a page's details are `HMGET viewers:{session} …` and
 * `HMGET tallies:{session} …`; a search by name is an `HSCAN` of
 * `names:{session}` (`searchedName`: lower-cased where Unicode is known), which
 * is also where somebody without points is found.
 *
 * @module
 */
import type { Viewer } from "@/core/shapes/events.ts";
import type { Standing } from "@/core/ports.ts";

/** Sorted set of the board: who is not on the board is not in it. */
export const boardKey = (session: string) => `leaderboard:${session}`;
/** Hash of everybody ever met in a session, by viewer id: see `toDetails`. */
export const viewersKey = (session: string) => `viewers:${session}`;
/** Hash of the same viewers' names in lower case, by viewer id. */
export const namesKey = (session: string) => `names:${session}`;
/** Hash of what they hold, by viewer id: see `toTally`. */
export const talliesKey = (session: string) => `tallies:${session}`;
/** Hash of one viewer's distinct comments, by comment id: JSON of a CommentRow. */
export const commentsKey = (session: string, viewerId: string) =>
  `user:comments:${session}:${viewerId}`;
/** Stream of the ledger; an item's id is `{seq of its last entry}-0`. */
export const ledgerKey = (session: string) => `ledger:${session}`;
/** Hash of the ledger's end; its fields are `HEAD`. */
export const headKey = (session: string) => `head:${session}`;
/** JSON of a SessionInfo. */
export const sessionKey = (session: string) => `session:${session}`;
/** Sorted set of all sessions by their start, Unix ms. */
export const SESSIONS_KEY = "sessions";
/** Sorted set of deleted sessions by the number of their last deletion. */
export const PURGED_KEY = "purged";
/** Hash of what a channel's room has sent: parts by name, and `ROOM_UP_TO`. */
export const roomKey = (channel: string) => `room:${channel}`;
/** The field of a room's hash that says up to where its parts go, as JSON. */
export const ROOM_UP_TO = "upTo";
/** JSON of an Answer. */
export const answerKey = (key: string) => `answer:${key}`;
/** JSON of a document. */
export const documentKey = (name: string) => `document:${name}`;
/** The session's state for opening it again: `{seq}:` and then bytes. */
export const snapshotKey = (session: string) => `snapshot:${session}`;
/** The lease: `{token} {name of the process}`, gone when nobody leads. */
export const OWNER_KEY = "ingest:owner";
/** Grows by one with every new owner; what an older one writes is refused. */
export const TOKEN_KEY = "ingest:token";

/**
 * Fields of `head:{session}`: the last seq of the ledger, the batch that
 * brought it there, and the seq that the board stands at. While `board` is not
 * `seq` the board is being written anew: what is there is older.
 */
export const HEAD = {
  seq: "seq",
  board: "board",
  writer: "writer",
  after: "after",
  length: "length",
} as const;

/** Bits of a score that say who got there first. */
const PLACE_BITS = 24;
const PLACES = 2 ** PLACE_BITS;

/**
 * The score of a viewer: points in the whole part, and a fraction that is
 * larger for whoever got there first, so that descending scores are the board.
 *
 * A double has 53 bits, so this is exact for points below 2^29 (536,870,912)
 * and entries below 2^24 (16,777,216) of a session. Beyond, `isCrowded`, the
 * fraction is found beside those who have as many points: the first has the
 * largest that fits below the next point, each later one the next smaller.
 *
 * @param points Whole, 1 or more.
 * @param reached Seq of the entry that brought them.
 */
export function scoreOf(points: number, reached: number): number {
  const first = (PLACES - 1 - Math.min(reached, PLACES - 1)) / PLACES;
  let step = 1 / PLACES; // the finest that a double of this size can hold
  while (points + step - points !== step) step *= 2;
  return points + Math.floor(first / step) * step;
}

/** Whether a score of its own could not say who of equals got there first. */
export function isCrowded(points: number, reached: number): boolean {
  return points >= 2 ** (53 - PLACE_BITS) || reached >= PLACES - 1;
}

/** The points in a score. */
export function pointsOf(score: number): number {
  return Math.floor(score);
}

/** Who a viewer is, as a field's value of `viewers:{session}`. */
export function toDetails(viewer: Viewer): string {
  return JSON.stringify(viewer);
}

/** Reads what `toDetails` wrote. */
export function fromDetails(text: string): Viewer {
  return JSON.parse(text) as Viewer;
}

/** What a viewer holds, as `tallies:{session}` has it. */
type Tallied = Omit<Standing, "id" | "viewer">;

/**
 * What a viewer holds, as a field's value of `tallies:{session}`: a JSON array
 * of points, reached, flags (1 sits out, 2 blocked, 4 on the board), likes,
 * diamonds, the seven parts of `made` in the order of its type, and, where there
 * is any, the stars and the id of the team.
 */
export function toTally(standing: Tallied): string {
  const { points, reached, onBoard, satOut, blocked } = standing;
  const { likes, diamonds, made, wins, team } = standing;
  const flags = (satOut ? 1 : 0) + (blocked ? 2 : 0) + (onBoard ? 4 : 0);
  return `[${points},${reached},${flags},${likes},${diamonds},${made.likes},${made.gifts},${made.comments},${made.follows},${made.shares},${made.adjusted},${made.won}${
    wins > 0 || team !== null ? `,${wins},${JSON.stringify(team)}` : ""
  }]`;
}

/** Reads what `toTally` wrote. */
export function fromTally(text: string): Tallied {
  const all = JSON.parse(text) as (number | string | null)[];
  const at = (index: number) => Number(all[index] ?? 0);
  const flags = at(2);
  return {
    points: at(0),
    reached: at(1),
    satOut: (flags & 1) > 0,
    blocked: (flags & 2) > 0,
    onBoard: (flags & 4) > 0,
    likes: at(3),
    diamonds: at(4),
    made: {
      likes: at(5),
      gifts: at(6),
      comments: at(7),
      follows: at(8),
      shares: at(9),
      adjusted: at(10),
      won: at(11),
    },
    wins: at(12),
    team: typeof all[13] === "string" ? all[13] : null,
  };
}

/** Keys in one call: more would hold others up. */
export const KEYS_AT_A_TIME = 1_000;
