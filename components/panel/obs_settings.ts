/**
 * What the panel asks and tells the server about OBS.
 *
 * @module
 */
import type { Moment, ObsState } from "@/core/obs.ts";
import type { ObsChange, ObsRules } from "@/core/shapes/obs.ts";
import type { ObsSettings } from "@/core/obs.ts";
import { getJson } from "../shared/keep_fresh.ts";
import type { Panel } from "./panel_state.ts";

/** Saves a change; the settings after it, or null where that failed. */
export async function changeObs(
  panel: Panel,
  change: ObsChange,
): Promise<ObsSettings | null> {
  const got = await getJson<ObsSettings>("/api/obs", {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(change),
  });
  if (got.ok) {
    panel.say(panel.texts.value.done.saved, "good");
    return got.data;
  }
  panel.sayProblem(got.problem);
  return null;
}

/** All rules, with one of them changed; null takes it away. */
export function withRule(
  rules: ObsState["rules"],
  when: Moment,
  rule: { scene: string; delay: number } | null,
): ObsRules {
  const kept = rules.filter((each) => each.when !== when)
    .map(({ when, scene, delay }) => [when, { scene, delay }] as const);
  return Object.fromEntries(rule ? [...kept, [when, rule]] : kept);
}
