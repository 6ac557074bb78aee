/**
 * How OBS stands: a shape, a word and, where there is room, a sentence.
 *
 * @module
 */
import type { ObsPhase } from "@/core/obs.ts";
import { obsWords } from "../shared/obs_words.ts";
import { usePanel } from "./panel_state.ts";
import { ConnectionShape } from "../shared/StateShape.tsx";

const TONES: Record<ObsPhase, "open" | "closing" | "ended" | "danger"> = {
  off: "ended",
  connecting: "closing",
  connected: "open",
  refused: "danger",
  wrong_password: "danger",
  silent: "danger",
  quit: "ended",
  lost: "danger",
};

/** The word, with the sentence below it unless all is well. */
export function ObsStatus() {
  const panel = usePanel();
  const { obs } = panel.desk.value;
  const texts = panel.texts.value.obs;
  const tone = TONES[obs.state];
  return (
    <div class="obs-status" role="status">
      <p class={`now tone-${tone}`}>
        <ConnectionShape tone={tone} />
        {texts.states[obs.state]}
      </p>
      {obs.state !== "connected" && <p class="note">{obsWords(texts, obs)}</p>}
    </div>
  );
}

/** Beside the controls: scenes should follow the game, and cannot. */
export function ObsTrouble() {
  const panel = usePanel();
  const { obs } = panel.desk.value;
  const isFine = obs.state === "connected" || obs.state === "connecting" ||
    obs.state === "off";
  if (isFine || obs.rules.length === 0) return null;
  return <p class="trouble">{obsWords(panel.texts.value.obs, obs)}</p>;
}
