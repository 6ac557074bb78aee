/**
 * Saves a change of the host's settings.
 *
 * @module
 */
import type { Settings, SettingsChange } from "@/core/shapes/settings.ts";
import { getJson } from "../shared/keep_fresh.ts";
import type { Panel } from "./panel_state.ts";
import type { Problem } from "../shared/send_command.ts";

/**
 * Saves a change on the server, and says what became of it; true if saved.
 *
 * @param refuse Says beside the field that its value will not do.
 */
export async function saveSettings(
  panel: Panel,
  change: SettingsChange,
  refuse?: () => void,
): Promise<boolean> {
  const got = await getJson<Settings>("/api/settings", {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(change),
  });
  if (got.ok) {
    // Its news come a moment later; until then nothing goes back to before.
    panel.desk.value = { ...panel.desk.value, settings: got.data };
    panel.say(panel.texts.value.done.saved, "good");
  } else if (refuse && isBadValue(got.problem)) refuse();
  else panel.sayProblem(got.problem);
  return got.ok;
}

/** Whether the schema has said no. */
function isBadValue(problem: Problem): boolean {
  return problem.kind === "http" && problem.status === 400;
}
