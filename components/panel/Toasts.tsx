/**
 * Short notes after the host's steps, each with the way back.
 *
 * @module
 */
import { Icon } from "../shared/Icon.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import type { Toast } from "./toast_list.ts";

/** The focus goes with the toast; it goes on where the host works. */
function close(panel: Panel, { id }: Toast): void {
  panel.dismiss(id);
  document.getElementById("controls")?.focus({ preventScroll: true });
}

/** See the module. */
export function Toasts() {
  const panel = usePanel();
  const texts = panel.texts.value;
  return (
    <div class="toasts" role="status">
      {panel.toasts.value.map((toast) => (
        <div
          key={toast.id}
          class={`toast ${toast.tone}`}
          role={toast.tone === "problem" ? "alert" : undefined}
        >
          <Icon name={toast.tone === "good" ? "check" : "alert"} />
          <span class="toast-words">
            <bdi>{toast.words}</bdi>
          </span>
          {panel.isHost && toast.step !== null && (
            <button
              type="button"
              class="button"
              onClick={() => {
                close(panel, toast);
                panel.undo(toast.step!);
              }}
            >
              {texts.panel.undo}
            </button>
          )}
          <button
            type="button"
            class="button quiet square"
            aria-label={texts.app.close}
            onClick={() => close(panel, toast)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
