/**
 * Saves a change of the host's settings.
 *
 * @module
 */
import type { SettingsChange } from "@/core/settings.ts";
import { getJson } from "./keep_fresh.ts";
import type { Panel } from "./panel_state.ts";

/** Saves a change on the server, and says what became of it; true if saved. */
export async function saveSettings(
  panel: Panel,
  change: SettingsChange,
): Promise<boolean> {
  const got = await getJson<unknown>("/api/settings", {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(change),
  });
  if (got.ok) panel.say(panel.texts.value.done.saved, "good");
  else panel.sayProblem(got.problem);
  return got.ok;
}
