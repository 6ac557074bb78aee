/**
 * The scenes of OBS as buttons; the one that is on air is marked.
 *
 * @module
 */
import { Icon } from "../shared/Icon.tsx";
import { ObsStatus } from "./ObsStatus.tsx";
import { usePanel } from "./panel_state.ts";
import { yesNo } from "../shared/yes_no.ts";

/** See the module. */
export function ObsScenes() {
  const panel = usePanel();
  const { state } = panel.desk.value.obs;
  const texts = panel.texts.value.obs;
  const isOn = state === "connected";
  return (
    <section class="obs-scenes" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <ObsStatus />
      <Scenes />
      {panel.isHost && (
        <div class="button-row">
          {state !== "off" && (
            <button
              type="button"
              class="button"
              disabled={!isOn}
              title={texts.refreshHelp}
              aria-busy={yesNo(panel.busy.value.includes("refreshOverlays"))}
              onClick={() =>
                panel.send({ type: "refreshOverlays" }, {
                  words: texts.refreshed,
                })}
            >
              <Icon name="redo" />
              {texts.refresh}
            </button>
          )}
          {!isOn && (
            <button
              type="button"
              class="button"
              onClick={() => panel.tab.value = "more"}
            >
              <Icon name="settings" />
              {texts.setUp}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Scenes() {
  const panel = usePanel();
  const { state, scenes, allowed, current } = panel.desk.value.obs;
  const texts = panel.texts.value.obs;
  const shown = scenes.filter((scene) =>
    scene === current || allowed === null || allowed.includes(scene)
  );
  if (state === "off") return null;
  if (shown.length === 0) return <p class="note">{texts.noScenes}</p>;
  return (
    <div class="scene-grid" role="group" aria-label={texts.scenes}>
      {shown.map((scene) => {
        const isLive = scene === current;
        return (
          <button
            key={scene}
            type="button"
            class="button scene"
            disabled={!panel.isHost || state !== "connected" ||
              (allowed !== null && !allowed.includes(scene))}
            aria-pressed={yesNo(isLive)}
            onClick={() =>
              panel.send({ type: "switchScene", scene }, {
                words: texts.switched(scene),
              })}
          >
            <span class="cut" title={scene}>
              <bdi>{scene}</bdi>
            </span>
            {isLive && <small class="on-air-mark">● {texts.onAir}</small>}
          </button>
        );
      })}
    </div>
  );
}
