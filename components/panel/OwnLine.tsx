/**
 * Asks once whether the channel's own people are to play: they stand high on the
 * board, and count as anybody does unless they sit out.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { usePanel } from "./panel_state.ts";

/** Whom the host has left in, in this window. */
const LEFT_IN = "own-left-in";

/** See the module. */
export function OwnLine() {
  const panel = usePanel();
  const { own } = panel.desk.value;
  const texts = panel.texts.value.viewer;
  const leftIn = useSignal<string[] | null>(null);
  useEffect(() => {
    leftIn.value = sessionStorage.getItem(LEFT_IN)?.split(" ") ?? [];
  }, []);
  const isAsked = own && panel.isHost && leftIn.value !== null &&
    !leftIn.value.includes(own.viewerId);
  if (!isAsked) return null;
  const { viewerId, nickname, is } = own;
  return (
    <p class="banner late-line">
      <span>{texts.ownPlays[is](nickname)}</span>
      <button
        type="button"
        class="button"
        disabled={!panel.canAct.value}
        onClick={() =>
          panel.send({ type: "sitOut", viewerId }, {
            words: panel.texts.value.done.satOut,
            step: "satOut",
          })}
      >
        {texts.sitOut}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          leftIn.value = [...leftIn.value ?? [], viewerId];
          sessionStorage.setItem(LEFT_IN, leftIn.value.join(" "));
        }}
      >
        {texts.leaveIn}
      </button>
    </p>
  );
}
