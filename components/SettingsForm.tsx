/**
 * The host's settings; each is saved as it changes.
 *
 * @module
 */
import type { SettingsChange } from "@/core/settings.ts";
import { getJson } from "./keep_fresh.ts";
import { NumberField } from "./NumberField.tsx";
import { ObsPart } from "./ObsPart.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { RatesEditor } from "./RatesEditor.tsx";

/** Saves a change on the server, and says so. */
export async function saveSettings(
  panel: Panel,
  change: SettingsChange,
): Promise<void> {
  const got = await getJson<unknown>("/api/settings", {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(change),
  });
  if (got.ok) panel.say(panel.texts.value.done.saved, "good");
  else panel.sayProblem(got.problem);
}

/** See the module. */
export function SettingsForm() {
  const panel = usePanel();
  const { settings } = panel.desk.value;
  const texts = panel.texts.value.settings;
  return (
    <section class="settings" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <NumberField
        label={texts.freezeSeconds}
        unit={texts.seconds}
        value={settings.freezeSeconds}
        min={0}
        max={60}
        onCommit={(freezeSeconds) => saveSettings(panel, { freezeSeconds })}
      />
      <NumberField
        label={texts.streamDelay}
        unit={texts.seconds}
        value={settings.streamDelay}
        min={0}
        max={30}
        onCommit={(streamDelay) => saveSettings(panel, { streamDelay })}
      />
      <p class="note">{texts.streamDelayHelp}</p>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={settings.winnersSitOut}
          onChange={(event) =>
            saveSettings(panel, {
              winnersSitOut: event.currentTarget.checked,
            })}
        />
        <span>
          {texts.winnersSitOut}
          <small>{texts.winnersSitOutHelp}</small>
        </span>
      </label>
      <RatesEditor />
      <ObsPart />
    </section>
  );
}
