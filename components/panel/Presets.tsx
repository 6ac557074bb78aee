/**
 * Rates under a name: saved once, tried again with one tap.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { LENGTHS } from "@/core/limits.ts";
import type { Rates } from "@/core/shapes/rates.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { usePanel } from "./panel_state.ts";
import { saveSettings } from "./save_settings.ts";

/** The most there can be. */
const MOST = 20;

/** `rates` are those on screen, or null while they could not be used. */
export function Presets(
  { rates, onUse }: { rates: Rates | null; onUse: (rates: Rates) => void },
) {
  const panel = usePanel();
  const texts = panel.texts.value.presets;
  const { presets } = panel.desk.value.settings;
  const name = useSignal("");

  async function save(event: Event) {
    event.preventDefault();
    const named = name.value.trim();
    if (named === "" || !rates) return;
    const others = presets.filter((preset) => preset.name !== named);
    const saved = await saveSettings(panel, {
      presets: [...others, { name: named, rates }],
    });
    if (saved) name.value = "";
  }

  return (
    <section class="presets" aria-label={texts.title}>
      <h4>{texts.title}</h4>
      {presets.length === 0 && <p class="note">{texts.none}</p>}
      <ul class="list">
        {presets.map((preset) => (
          <li key={preset.name} class="line">
            <button
              type="button"
              class="button grow"
              aria-label={texts.use(preset.name)}
              onClick={() => onUse(preset.rates)}
            >
              <bdi class="cut">{preset.name}</bdi>
            </button>
            <ConfirmButton
              label={texts.removeShort}
              name={texts.remove(preset.name)}
              confirm={texts.removeConfirm}
              onConfirm={() =>
                saveSettings(panel, {
                  presets: presets.filter((each) => each !== preset),
                })}
            />
          </li>
        ))}
      </ul>
      <form class="preset-form" onSubmit={save}>
        <label>
          <span class="label">{texts.name}</span>
          <input
            class="field"
            name="preset"
            value={name}
            maxLength={LENGTHS.presetName}
            placeholder={texts.placeholder}
            autocomplete="off"
            onInput={(event) => name.value = event.currentTarget.value}
          />
        </label>
        <button
          type="submit"
          class="button"
          disabled={!rates || name.value.trim() === "" ||
            presets.length >= MOST}
        >
          <Icon name="plus" />
          {texts.save}
        </button>
      </form>
    </section>
  );
}
