/**
 * How OBS stands, in the host's own words.
 *
 * @module
 */
import type { ObsState, RuleRun } from "@/core/obs.ts";
import type { Texts } from "@/locales/mod.ts";

/** One plain sentence: what is, and what to do where something is to be done. */
export function obsWords(
  texts: Texts["obs"],
  { state, passwordSet }: Pick<ObsState, "state" | "passwordSet">,
): string {
  return state === "wrong_password" && !passwordSet
    ? texts.needsPassword
    : texts.sentences[state];
}

/** When a rule last ran and what came of it. */
export function runWords(
  texts: Pick<Texts, "obs" | "sessions">,
  last: RuleRun | null,
): string {
  const { obs, sessions } = texts;
  if (last === null) return obs.never;
  return obs.run(sessions.clock(last.at), last.scene, obs.results[last.result]);
}
