/**
 * The ways the game says no.
 *
 * @module
 */
import type { HostStep, ProgramStep } from "./entries.ts";

/**
 * Why the game says no, as a code the pages put into words:
 *
 * - `no_session`: no session runs
 * - `ended`: the session has ended
 * - `not_open` / `not_closing` / `already_open`: wrong phase for this
 * - `empty_board`: nobody to pick
 * - `no_viewer` / `no_comment`: unknown here
 * - `comment_hidden`: kept off the screen, by hand or by the blocked words
 * - `not_enough_points`: would leave less than nothing
 * - `too_many_points`: could no longer be counted exactly
 * - `already`: nothing would change
 * - `nothing_to_undo` / `nothing_to_redo`
 * - `not_a_win`: only wins and the last 200 steps can be taken back
 * - `too_late`: something came after it and set the same; or its time is over
 * - `round_runs`: freeze it first; `no_round`: start one first
 * - `not_paused`: it runs
 * - `no_team`: there is no such team, or there are none
 * - `boost_runs` / `no_boost`
 * - `nothing_late`: nothing that could be counted came late
 * - `rates_too_fine`: parts of a point would no longer be exact
 * - `obs_off`: OBS cannot be reached now
 * - `no_scene` / `scene_not_allowed`: OBS has no such scene; it is not among
 *   those that may be switched to
 * - `no_overlay`: OBS shows none of our overlays
 * - `session_runs`: it has to end first
 * - `bad_channel`, `not_connected`, `session_not_found`, `not_a_rehearsal`,
 *   `busy`
 * - `was_rehearsed` / `was_real`: a game is continued among its own kind, so
 *   that nothing made up reaches a real one
 */
export type RefusalCode =
  | "no_session"
  | "ended"
  | "not_open"
  | "not_closing"
  | "already_open"
  | "empty_board"
  | "no_viewer"
  | "no_comment"
  | "comment_hidden"
  | "not_enough_points"
  | "too_many_points"
  | "already"
  | "nothing_to_undo"
  | "nothing_to_redo"
  | "not_a_win"
  | "too_late"
  | "round_runs"
  | "no_round"
  | "not_paused"
  | "no_team"
  | "boost_runs"
  | "no_boost"
  | "nothing_late"
  | "rates_too_fine"
  | "session_runs"
  | "bad_channel"
  | "not_connected"
  | "session_not_found"
  | "obs_off"
  | "no_scene"
  | "scene_not_allowed"
  | "no_overlay"
  | "not_a_rehearsal"
  | "was_rehearsed"
  | "was_real"
  | "busy";

/** What came after a step that can no longer be taken back. */
export interface After {
  seq: number;
  /** A step of the host, or what the program did by itself. */
  step: HostStep | ProgramStep;
  /** Nickname of the viewer it concerns, or null. */
  viewer: string | null;
}

/** An expected no: nothing was recorded, nothing changed. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  /** One plain English sentence, for programs and logs. */
  reason: string;
  /** For `too_late`: what came after, where something did. */
  after?: After;
}

/** A refusal. */
export function no(code: RefusalCode, reason: string): Refusal {
  return { ok: false, code, reason };
}

/** The refusal of a command about somebody who is not known. */
export function noViewer(viewerId: string): Refusal {
  return no("no_viewer", `No viewer ${viewerId} has done anything here`);
}
