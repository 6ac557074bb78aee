/**
 * How the desk says no, and done, where no session has to decide.
 *
 * @module
 */
import type { Outcome } from "@/core/desk.ts";
import type { SwitchRefusal } from "@/core/obs.ts";
import type { SessionInfo } from "@/core/ports.ts";
import { no, type Refusal } from "@/core/refusals.ts";

/** Done, with nothing to write into a ledger. */
export const DONE: Outcome = { ok: true, seq: null, entry: null };

/** No session runs that could take it. */
export function noSession(): Refusal {
  return no("no_session", "No session runs; start one first");
}

/** There is no such session, or it was removed. */
export function notFound(id: string): Refusal {
  return no("session_not_found", `There is no session ${id} to continue`);
}

/** A rehearsal cannot be gone on with as a real game, nor the other way. */
export function otherKind({ id, rehearsal }: SessionInfo): Refusal {
  return rehearsal
    ? no("was_rehearsed", `${id} was a rehearsal and is no real game`)
    : no("was_real", `${id} is a real game; this is a rehearsal`);
}

/** What was typed names no channel. */
export function badChannel(channel: string): Refusal {
  return no(
    "bad_channel",
    `"${channel}" is no TikTok channel; use @name, name or a link to the LIVE`,
  );
}

/** OBS is not there, or not beside this process. */
export function noObs(): Refusal {
  return no("obs_off", "OBS cannot be reached; `state` says how it stands");
}

/** OBS shows another scene than was asked for. */
export function notSwitched(why: SwitchRefusal, scene: string): Refusal {
  switch (why) {
    case "obs_off":
      return noObs();
    case "no_scene":
      return no(why, `OBS has no scene "${scene}"`);
    case "scene_not_allowed":
      return no(why, `"${scene}" is not among the scenes that may be shown`);
  }
}
