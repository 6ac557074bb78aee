/**
 * Where OBS is and its password, which is written here and never read again.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { OBS_ADDRESS } from "@/core/obs.ts";
import type { ObsChange } from "@/core/shapes/obs.ts";
import type { ObsSettings } from "@/core/obs.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { getJson } from "../shared/keep_fresh.ts";
import { changeObs } from "./obs_settings.ts";
import { usePanel } from "./panel_state.ts";
import { yesNo } from "../shared/yes_no.ts";

/** See the module. */
export function ObsForm() {
  const panel = usePanel();
  const { state, passwordSet } = panel.desk.value.obs;
  const texts = panel.texts.value.obs;
  const settings = useSignal<ObsSettings | null>(null);
  const address = useSignal("");
  const password = useSignal("");

  function take(taken: ObsSettings | null) {
    if (!taken) return;
    settings.value = taken;
    address.value = taken.address ?? "";
  }
  useEffect(() => {
    void getJson<ObsSettings>("/api/obs").then((got) => {
      if (got.ok) take(got.data);
      else panel.sayProblem(got.problem);
    });
  }, []);

  const fixed = settings.value?.fixed ?? { address: false, password: false };
  const isFixed = fixed.address && fixed.password;
  async function save() {
    const change: ObsChange = {};
    if (!fixed.address) change.address = address.value.trim() || OBS_ADDRESS;
    if (!fixed.password && password.value) change.password = password.value;
    take(await changeObs(panel, change));
    password.value = "";
  }

  return (
    <form
      class="form"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        <span class="label">{texts.address}</span>
        <input
          class="field"
          name="obs-address"
          inputMode="url"
          autocapitalize="off"
          spellcheck={false}
          placeholder={OBS_ADDRESS}
          disabled={fixed.address}
          value={address}
          onInput={(event) => address.value = event.currentTarget.value}
        />
      </label>
      <label>
        <span class="label">{texts.password}</span>
        <input
          class="field"
          name="obs-password"
          type="password"
          autocomplete="new-password"
          placeholder={passwordSet ? texts.passwordSet : texts.passwordNone}
          disabled={fixed.password}
          value={password}
          onInput={(event) => password.value = event.currentTarget.value}
        />
      </label>
      <p class="note">
        {fixed.address || fixed.password ? texts.fixed : texts.passwordHelp}
      </p>
      <div class="button-row">
        {!isFixed && (
          <button type="submit" class="button">
            <Icon name="check" />
            {texts.save}
          </button>
        )}
        {state !== "off" && (
          <button
            type="button"
            class="button"
            aria-busy={yesNo(panel.busy.value.includes("reconnectObs"))}
            onClick={() =>
              panel.send({ type: "reconnectObs" }, { words: texts.tested })}
          >
            <Icon name="eye" />
            {texts.test}
          </button>
        )}
        {state !== "off" && !fixed.address && (
          <ConfirmButton
            label={texts.switchOff}
            confirm={texts.switchOffConfirm}
            onConfirm={async () =>
              take(await changeObs(panel, { address: null }))}
          />
        )}
      </div>
    </form>
  );
}
