/**
 * What may be asked of the desk: the sessions running here, and those kept.
 * Routes ask through this; the desk itself is in `ingest/`.
 *
 * @module
 */
import type { Command } from "./shapes/commands.ts";
import type { Refusal } from "./refusals.ts";
import type { Entry } from "./shapes/entries.ts";
import type { Frame } from "./frame.ts";
import type { ObsChange } from "./shapes/obs.ts";
import type { ObsSettings } from "./obs.ts";
import type { SessionInfo } from "./ports.ts";
import type { Settings, SettingsChange } from "./shapes/settings.ts";
import type { ReadName, Reads, ReadsSoon } from "./reads.ts";
import type { DeskState } from "./views.ts";

/** Defined there, and part of what this file is about. */
export type { BoardAsked, CommentsAsked } from "./reads.ts";

/** What became of a command: recorded (or done), or refused. */
export type Outcome =
  | { ok: true; seq: number | null; entry: Entry | null }
  | Refusal;

/** One session to read from, running or not. */
export interface SessionView extends ReadsSoon {
  /** The ledger as lines of JSON, each ending in a line feed. */
  exportJsonl(): AsyncIterable<string>;
  /** The board as a table for people, each line ending in CRLF. */
  exportCsv(): AsyncIterable<string>;
}

/** A session that this process has open: most of it is answered at once. */
export interface OpenView
  extends Omit<SessionView, AtOnce>, Pick<Reads, AtOnce> {}
type AtOnce = Exclude<
  ReadName,
  "receipts" | "proof" | "closing" | "timeline" | "boardAt"
>;

/** The desk: the sessions running here. */
export interface Desk {
  /**
   * Takes one command. With a key (Idempotency-Key), the same key and body give
   * the same outcome without a second effect.
   *
   * @throws {KeyReusedError} If the key was used with another body.
   * @throws {AwayError} If the game could not be reached; nothing of it is kept
   * under the key, which works afterwards.
   */
  submit(command: Command, key?: string): Promise<Outcome>;
  state(): DeskState;
  /** The newest durable frame, with up to MAX_ROWS rows. */
  frame(): Frame;
  /**
   * Unix ms, to stamp a frame with as it leaves: the wall clock, or while a
   * countdown runs the clock that its end is told by, which nobody can set.
   */
  now(): number;
  /** Calls `listener` with each new frame; returns how to stop. */
  watchFrames(listener: (frame: Frame) => void): () => void;
  /** Calls `listener` when anything of `state()` but the frame has changed. */
  watchState(listener: () => void): () => void;
  /** A session to read, by id or `current`; null where there is none. */
  view(id: string): Promise<SessionView | null>;
  /** Newest first, removed ones left out. */
  sessions(q?: string): Promise<SessionInfo[]>;
  /** Removed ones that can still be restored, the last removed first. */
  removedSessions(): Promise<SessionInfo[]>;
  renameSession(id: string, title: string): Promise<SessionInfo | null>;
  /**
   * Takes a session off the list; false where there is none. One that runs has
   * to end first.
   */
  removeSession(id: string): Promise<boolean | Refusal>;
  restoreSession(id: string): Promise<boolean>;
  /**
   * Reads an exported ledger.
   *
   * @throws {ImportError} With the line and what is wrong; nothing is kept.
   */
  importSession(lines: AsyncIterable<string>): Promise<SessionInfo>;
  /**
   * Forgets a viewer in every session: points stay, under a pseudonym. In the
   * running session it is done when that is over.
   */
  forgetViewer(id: string): Promise<{ sessions: number; pending: boolean }>;
  changeSettings(change: SettingsChange): Promise<Settings>;
  obsSettings(): Promise<ObsSettings>;
  changeObs(change: ObsChange): Promise<ObsSettings>;
  /** Whether the game runs in this process, which may take commands. */
  leads(): boolean;
  /**
   * Whether what ran before is still being opened, at the start: there is
   * nothing to show yet, and nobody to take a command.
   */
  loads(): boolean;
  /**
   * Resolves if a command sent now would be taken and durable; throws with the
   * reason, within two seconds.
   */
  check(): Promise<void>;
  /** Writes everything and ends; nothing is taken after it. */
  close(): Promise<void>;
}

/** The desk of the process that runs the sessions. */
export interface OpenDesk extends Desk {
  /**
   * Goes on with what ran before, or stands by; resolves once that is known.
   * Called once, by whoever opened the desk.
   */
  begin(): Promise<void>;
  view(id: string): Promise<OpenView | null>;
  /**
   * Grows with every process that leads after another; 0 while this one stands
   * by, 1 where no other could lead.
   */
  token(): number;
  /** Another process seems to lead: finds out at once. */
  doubt(): void;
  settings(): Settings;
  /** Tells its state anew, after something of it has changed elsewhere. */
  tellState(): void;
}

/**
 * What became of what was asked: `away` and `standing_by` nothing, `unsure` it
 * may have been done.
 */
export type AwayCode = "away" | "standing_by" | "unsure";

/**
 * What was asked for cannot be had now: the process that runs the sessions, the
 * way to it, or the disk that it writes to is not there. The message says so for
 * people.
 */
export class AwayError extends Error {
  override name = "AwayError";
  readonly code: AwayCode = "away";
}

/** This process does not lead, or not yet: another one may be asked. */
export class StandbyError extends AwayError {
  override name = "StandbyError";
  override readonly code = "standing_by";
}

/** An Idempotency-Key came back with another body. */
export class KeyReusedError extends Error {
  override name = "KeyReusedError";
}

/** An export could not be read. */
export class ImportError extends Error {
  override name = "ImportError";
}
