/**
 * Gives a viewer points by hand, or takes some, with the reason.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { LENGTHS } from "@/core/limits.ts";
import { Icon } from "../shared/Icon.tsx";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function AdjustForm({ viewerId }: { viewerId: string }) {
  const panel = usePanel();
  const { done, viewer: texts } = panel.texts.value;
  const points = useSignal("");
  const reason = useSignal("");
  const isWrong = useSignal(false);

  async function adjust(event: Event) {
    event.preventDefault();
    const amount = wholePoints(points.value);
    isWrong.value = amount === null || reason.value.trim() === "";
    if (amount === null || isWrong.value) return;
    const sent = await panel.send({
      type: "adjustPoints",
      viewerId,
      points: amount,
      reason: reason.value.trim(),
    }, { words: done.adjusted(amount), step: "pointsAdjusted" });
    if (sent) points.value = reason.value = "";
  }

  return (
    <details class="adjust">
      <summary class="button">
        <Icon name="edit" />
        {texts.adjust}
      </summary>
      <form class="form" onSubmit={adjust}>
        <label>
          <span class="label">{texts.adjustField}</span>
          <input
            class="field tabular"
            name="points"
            value={points}
            autocomplete="off"
            inputMode="text"
            onInput={(event) => points.value = event.currentTarget.value}
          />
        </label>
        <label>
          <span class="label">{texts.adjustReason}</span>
          <input
            class="field"
            name="reason"
            value={reason}
            maxLength={LENGTHS.reason}
            placeholder={texts.adjustPlaceholder}
            onInput={(event) => reason.value = event.currentTarget.value}
          />
        </label>
        <p class="note bad" role="alert">{isWrong.value && texts.adjustBad}</p>
        <button type="submit" class="button">{texts.adjustSend}</button>
      </form>
    </details>
  );
}

/** Points as a person types them (`+50`, `-1,000`, `−20`), or null. */
function wholePoints(typed: string): number | null {
  const plain = typed.trim().replace(/[−–]/, "-").replaceAll(/[,\s]/g, "");
  if (!/^[+-]?\d{1,12}$/.test(plain)) return null;
  return Number(plain) || null;
}
