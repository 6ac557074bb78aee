/**
 * The overlay itself, small, as the audience has it. It is a page of its own
 * with a stream of its own, so it is there only while the host wants it.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { Icon } from "./Icon.tsx";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function AirPreview() {
  const texts = usePanel().texts.value.preview;
  const isOpen = useSignal(false);
  return (
    <details
      class="air-preview"
      onToggle={(event) => isOpen.value = event.currentTarget.open}
    >
      <summary class="button">
        <Icon name="eye" />
        {texts.open}
      </summary>
      {isOpen.value && (
        <div class="air-frame">
          <iframe src="/overlay" title={texts.frame} tabIndex={-1} />
        </div>
      )}
    </details>
  );
}
