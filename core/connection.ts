/**
 * How a channel's connection stands, as data: the ingest reports it, the pages
 * put it into words (`locales/`), so that no sentence is written twice.
 *
 * @module
 */

import type { Connection, ConnectionCounts } from "./shapes/connection.ts";

/** Defined there, and part of what this file is about. */
export type {
  Connection,
  ConnectionCounts,
  ConnectionPhase,
  ConnectionReason,
} from "./shapes/connection.ts";

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
  /** Likes of the room as TikTok counts them; null while not known. */
  roomLikes?(): RoomTotal | null;
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

/** Likes of a room as TikTok counts them, its highest total. */
export interface RoomTotal {
  roomId: string;
  total: number;
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
