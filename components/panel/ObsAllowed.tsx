/**
 * The scenes that rules, buttons and the panel may switch to.
 *
 * @module
 */
import { changeObs } from "./obs_settings.ts";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function ObsAllowed() {
  const panel = usePanel();
  const { scenes, allowed } = panel.desk.value.obs;
  const texts = panel.texts.value.obs;
  if (scenes.length === 0) return null;
  const change = (next: string[] | null) =>
    void changeObs(panel, { allowed: next });
  return (
    <fieldset class="obs-allowed">
      <legend>{texts.allowed}</legend>
      <label class="choice-line">
        <input
          type="checkbox"
          checked={allowed === null}
          onChange={(event) =>
            change(event.currentTarget.checked ? null : scenes)}
        />
        {texts.all}
      </label>
      {allowed !== null &&
        [...new Set([...scenes, ...allowed])].map((scene) => (
          <label key={scene} class="choice-line">
            <input
              type="checkbox"
              checked={allowed.includes(scene)}
              onChange={(event) =>
                change(
                  event.currentTarget.checked
                    ? [...allowed, scene]
                    : allowed.filter((each) =>
                      each !== scene
                    ),
                )}
            />
            <span class="cut" title={scene}>
              <bdi>{scenes.includes(scene) ? scene : texts.gone(scene)}</bdi>
            </span>
          </label>
        ))}
      <p class="note">{texts.allowedHelp}</p>
    </fieldset>
  );
}
