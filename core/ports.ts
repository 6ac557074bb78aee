/**
 * What must be kept: the promises a store makes to the rest of the program.
 * Every store passes the same contract suite (`testing/store_contract.ts`).
 *
 * @module
 */
import type { CommentRow, SessionInfo } from "./shapes/views.ts";
import type { LiveHealth } from "./shapes/state.ts";
import type { Entry } from "./shapes/entries.ts";
import type { Viewer } from "./shapes/events.ts";
import type { RoomChange, RoomPart } from "./room.ts";
import type { Made } from "./views.ts";

/** Defined there, and part of what this file is about. */
export type { LiveHealth } from "./shapes/state.ts";
/** Defined there, and part of what this file is about. */
export type { CommentRow, SessionInfo } from "./shapes/views.ts";

/** The answer to a command, kept so that the same key gives the same answer. */
export interface Answer {
  /** The Idempotency-Key. */
  key: string;
  /** Digest of the command's body: another body under the same key is refused. */
  digest: string;
  /** HTTP status and JSON body. */
  status: number;
  body: unknown;
}

/** What a viewer holds and where that puts them, as totals. */
export interface Standing {
  /** The viewer's id. */
  id: string;
  points: number;
  /** Seq of the entry that brought these points: lower got there first. */
  reached: number;
  /** Whether they stand on the board. */
  onBoard: boolean;
  satOut: boolean;
  blocked: boolean;
  /** Likes that counted. */
  likes: number;
  diamonds: number;
  /** What the points are made of. */
  made: Made;
  /** The viewer's team, and stars: as rows have them. */
  team: string | null;
  wins: number;
  /** Who they are, where that is new or has changed. */
  viewer?: Viewer;
}

/** What one tick of the writer adds to a ledger. */
export interface Batch {
  sessionId: string;
  /** A name of this writer, unlike any other's. */
  writer: string;
  /** The ledger's last seq before these entries. */
  after: number;
  /** In order, seq `after + 1` and on, without a hole. */
  entries: Entry[];
  /** Comments that changed, with the seq of the entry that last did so. */
  comments: { seq: number; row: CommentRow }[];
  /** Whether with these all comments up to its last entry are stored. */
  allComments?: boolean;
  /** Answers to keep with the entry of that seq. */
  answers: { seq: number; answer: Answer }[];
  /** The session's line in the list, where it is new or has changed. */
  info?: SessionInfo;
  /** Those who changed, as they stand after these entries: for a live board. */
  standings?: Standing[];
  /** Where the live board is to be written anew: everybody, and every comment. */
  anew?: { standings: Standing[]; comments: CommentRow[] };
}

/** Another writer has appended to the ledger: this one must stop. */
export class LogConflictError extends Error {
  override name = "LogConflictError";
}

/** The append-only ledgers: the truth. */
export interface SessionLog {
  /**
   * Adds a batch; resolves once it is durable. A batch larger than the store's
   * limits may be committed in several steps, each a whole prefix of entries
   * with its comments and answers. The same batch again (same writer, same
   * `after` and length) changes nothing.
   *
   * @throws {LogConflictError} If the ledger does not end at `after`.
   */
  append(batch: Batch): Promise<void>;
  /**
   * Does what can be done for a batch before its turn to be appended has come,
   * where a store has such work; the batch is not changed any more.
   */
  prepare?(batch: Batch): void;
  /** The last seq; 0 where there is no ledger. */
  head(sessionId: string): Promise<number>;
  /** Entries with a seq above `after` (default 0), in order, in packs. */
  read(sessionId: string, after?: number): AsyncIterable<Entry[]>;
  /**
   * Up to which seq the comments are stored as they stood there; a store that
   * does not remember it says 0, or has no such method.
   */
  commentsStored?(sessionId: string): Promise<number>;
  /** Comments of one viewer, in order of their first message. */
  comments(sessionId: string, viewerId: string): Promise<CommentRow[]>;
  /** Keeps a session's state as of a seq; replaces the one before. */
  saveSnapshot(sessionId: string, snapshot: Snapshot): Promise<void>;
  /** The newest snapshot that is whole, or null. */
  snapshot(sessionId: string): Promise<Snapshot | null>;
}

/** A session's state at a seq, as bytes only the session can read. */
export interface Snapshot {
  seq: number;
  bytes: Uint8Array;
}

/** Sessions by name, and the small things a machine must remember. */
export interface Sessions {
  /** Newest first, removed ones too. */
  listSessions(): Promise<SessionInfo[]>;
  session(id: string): Promise<SessionInfo | null>;
  putSession(info: SessionInfo): Promise<void>;
  /** Removes a session with its ledger, comments and snapshot, for good. */
  purgeSession(id: string): Promise<void>;
  /** The kept answer of a key, for at least 24 hours. */
  answer(key: string): Promise<Answer | null>;
  putAnswer(answer: Answer): Promise<void>;
  /** Every answer that is kept. */
  listAnswers(): AsyncIterable<Answer>;
  /** A small JSON document by name (settings, access keys, what runs now). */
  document(name: string): Promise<unknown>;
  putDocument(name: string, value: unknown): Promise<void>;
}

/** Up to where the memory of a room has taken note of what ledgers tell. */
export interface RoomUpTo {
  /** Unix ms of the room's last message. */
  at: number;
  /** The seq up to which the ledger of each session is noted. */
  sessions: Record<string, number>;
}

/**
 * What rooms have sent (`room.ts`). What a ledger has is remembered with it,
 * in the very commit of its entries: the memory kept here follows, and says up
 * to where, so that whoever opens it reads the rest from the ledgers.
 */
export interface Rooms {
  /** What is kept of a channel's room, in order of the parts' names. */
  room(channel: string): Promise<{ parts: RoomPart[]; upTo: RoomUpTo | null }>;
  /**
   * Keeps what has changed, for at least 24 hours from now: parts replace those
   * of the same name. `upTo` holds once all of them are durable.
   */
  keepRoom(channel: string, change: RoomChange, upTo: RoomUpTo): Promise<void>;
}

/** Who may write, where several processes could. */
export interface Lease {
  /** How long it is kept without being claimed again, in ms. */
  readonly ms: number;
  /** Of this process: what others and people know it by. */
  readonly name: string;
  /** The token that this place held last and that may still hold; or 0. */
  remembered(): Promise<number>;
  /**
   * Asks for the lease, or to keep it.
   *
   * @param token The one held so far, or 0.
   * @returns The token held now, 0 if somebody else leads or may; who leads,
   * null while nobody is known to.
   * @throws {Error} If the live store cannot be asked now.
   */
  claim(token: number): Promise<{ token: number; leader: string | null }>;
  /**
   * Whether this place may lead without asking: it led last; or nobody that
   * leads was ever met here, and it is of the kind that begins alone.
   */
  mayPresume(): Promise<boolean>;
  /**
   * Leads with a token held before, or 0, without asking: the store is away.
   * With 0 nothing is written to it before a token was claimed.
   */
  presume(token: number): void;
  /** Lets others have it at once. */
  release(token: number): Promise<void>;
}

/** What a store has beside the ledgers where other processes read its board. */
export interface Live {
  /**
   * What the next batch of a session should carry: those who changed, the
   * whole board, or neither while nobody could read it.
   */
  wants(sessionId: string): "changed" | "whole" | "nothing";
  /**
   * Makes ledger and archive agree before a session is opened to be written.
   *
   * @returns A sentence for the log where something had to be set aside.
   */
  reconcile(sessionId: string): Promise<string | null>;
  /**
   * Copies a part of what the ledger has more than the archive, for a process
   * that stands by.
   *
   * @returns `level` where nothing more is there, `more` where there is, and
   * `apart` where the archive tells another story: nothing was touched then.
   * @throws {Error} If the live store cannot be asked now.
   */
  follow(sessionId: string): Promise<"level" | "more" | "apart">;
  /**
   * Deletes in the archive what another process has deleted since: sessions
   * that are gone for good, and such as were written anew, of which a part of
   * the new ledger is copied each time.
   *
   * @returns The sessions that were deleted, and whether more is to be copied.
   * @throws {Error} If the live store cannot be asked now.
   */
  clear(): Promise<{ cleared: string[]; more: boolean }>;
  /** Looks whether the live board is this one, and wants it whole if not. */
  verify(sessionId: string, seq: number, boardHash: string): Promise<boolean>;
  health(): LiveHealth;
  /** Calls `listener` when `health()` or `wants()` may have changed. */
  watch(listener: () => void): () => void;
  lease: Lease;
}

/** All that one process keeps. */
export interface Store extends SessionLog, Sessions, Rooms {
  /** Where other processes read along. */
  live?: Live;
  /** Resolves if a write would be durable now; throws with the reason if not. */
  check(): Promise<void>;
  /**
   * Looks, without writing, whether what is kept is still there. Where it is not
   * nothing is written any more until it is back.
   *
   * @throws {Error} With the reason.
   */
  inspect?(): Promise<void>;
  /** Ends; a store with something still on its way writes it first. */
  close(): void | Promise<void>;
}
