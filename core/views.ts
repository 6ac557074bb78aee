/**
 * What the pages and programs outside may read, as types alone, so that
 * islands may import them without pulling anything into the browser.
 *
 * @module
 */
import type { Connection, ConnectionCounts } from "./connection.ts";
import type { HostStep } from "./entries.ts";
import type { Idle } from "./shapes/entries.ts";
import type { Frame, Phase, Row } from "./frame.ts";
import type { Look } from "./shapes/look.ts";
import type { ObsState } from "./obs.ts";
import type { CommentRow, LiveHealth, SessionInfo } from "./ports.ts";
import type { Rates } from "./shapes/rates.ts";
import type { Settings } from "./shapes/settings.ts";

/** What a viewer's points are made of; the parts sum to the points. */
export interface Made {
  likes: number;
  gifts: number;
  comments: number;
  follows: number;
  shares: number;
  /** Adjusted by the host. */
  adjusted: number;
  /** Taken away with wins, 0 or less. */
  won: number;
}

/** Totals of a session. */
export interface Totals {
  /** Everyone who did anything. */
  viewers: number;
  points: number;
  likes: number;
  diamonds: number;
  comments: number;
  winners: number;
  /** Entries that came after the close. */
  late: number;
  /** Unix ms spans in which nothing could arrive. */
  gaps: { from: number; to: number }[];
}

/** A session in the list and on its page. */
export interface SessionSummary extends SessionInfo {
  phase: Phase;
  seq: number;
  rates: Rates;
  totals: Totals;
}

/** A page of the board. */
export interface BoardPage {
  /** Rows that match, on all pages. */
  total: number;
  rows: (Row & { made: Made })[];
}

/** One viewer, in full. */
export interface ViewerDetails {
  viewerId: string;
  handle: string;
  nickname: string;
  avatarUrl: string | null;
  follower: boolean;
  /** From 1, or null while not on the board. */
  rank: number | null;
  points: number;
  made: Made;
  satOut: boolean;
  blocked: boolean;
  /** Likes that counted, and what they have gathered towards the next point. */
  likes: number;
  carried: { parts: number; of: number };
  diamonds: number;
  gifts: { giftId: string; name: string; diamonds: number; units: number }[];
  /** Newest first, without the ones taken away. */
  comments: (CommentRow & { masked?: boolean })[];
}

/** One entry that concerns a viewer. */
export interface Receipt {
  seq: number;
  /** Unix ms. */
  at: number;
  /** The entry's type. */
  type: string;
  points: number;
  /** The viewer's points after it. */
  sum: number;
  /** Why it earned nothing, where that is so. */
  idle: Idle | null;
  /** The fact itself, for the words and for programs. */
  entry: Record<string, unknown>;
}

/** A comment in the feed. */
export interface FeedComment extends CommentRow {
  handle: string;
  nickname: string;
  avatarUrl: string | null;
  follower: boolean;
  /** Kept off the screen by the blocked words; left out where not. */
  masked?: boolean;
}

/** Part of a list; `cursor` asks for what follows, null at the end. */
export interface Page<T> {
  items: T[];
  cursor: string | null;
}

/** The step that undo would take back, or that redo would do again. */
export interface StepLabel {
  /** Of its entry; undo takes it. */
  seq: number;
  step: HostStep;
  /** Nickname of the viewer it concerns, or null. */
  viewer: string | null;
}

/** How well it all works. */
export interface Health {
  /** Live events a second, over the last ten seconds. */
  eventsPerSecond: number;
  /** Unix ms of the last live event, or null. */
  lastEventAt: number | null;
  counts: ConnectionCounts | null;
  /** People in the room now, or null where unknown. */
  roomViewers: number | null;
  /** Open frame streams. */
  overlays: number;
  /** Events waiting to be written. */
  queued: number;
  /** Events refused because too many waited. */
  refused: number;
  /** Null, or why the ledger cannot be written now. */
  storage: string | null;
  /** Null, or why the process that runs the game cannot be asked now. */
  away?: string | null;
  /** How Redis does, where it is used; `detail` is an English sentence. */
  redis?: LiveHealth | null;
  /** Who leads, where several processes could; `name` is null while nobody. */
  leader?: { here: boolean; name: string | null } | null;
  version: string;
}

/** Everything `/api/state` answers, but for the caller's role. */
export interface DeskState {
  connection: Connection;
  session: SessionSummary | null;
  frame: Frame;
  undo: StepLabel | null;
  redo: StepLabel | null;
  /** Comments lined up for the screen, the next one first. */
  queue: FeedComment[];
  health: Health;
  settings: Settings;
  obs: ObsState;
  /** The room is a simulated or played one. */
  rehearsal: boolean;
}

/**
 * What a caller may do: everything, help with the viewers, look at the
 * overlay, or press the buttons of a game.
 */
export type Role = "host" | "moderator" | "display" | "button";

/** What `GET /api/state` answers a display: what an overlay needs. */
export interface DisplayAnswer {
  role: "display";
  session: Frame["session"];
  frame: Frame;
  look: Look;
  /** In force now. */
  rates: Rates;
}

/** What `GET /api/state` answers hosts and moderators. */
export interface StateAnswer extends Omit<DeskState, "connection" | "obs"> {
  role: Role;
  /** `detail` says in the caller's language how it stands. */
  connection: Connection & { detail: string };
  obs: ObsState & { detail: string };
}
