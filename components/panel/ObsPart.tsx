/**
 * Everything the host sets about OBS and about keys of a Stream Deck.
 *
 * @module
 */
import { ObsAllowed } from "./ObsAllowed.tsx";
import { ObsButtons } from "./ObsButtons.tsx";
import { ObsDock } from "./ObsDock.tsx";
import { ObsForm } from "./ObsForm.tsx";
import { ObsRules } from "./ObsRules.tsx";
import { ObsStatus } from "./ObsStatus.tsx";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function ObsPart() {
  const panel = usePanel();
  const texts = panel.texts.value.obs;
  return (
    <section class="settings obs-part" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <ObsStatus />
      <ObsForm />
      {panel.desk.value.obs.state !== "off" && (
        <>
          <ObsRules />
          <ObsAllowed />
        </>
      )}
      <ObsDock />
      <ObsButtons />
    </section>
  );
}
