/**
 * Short notes after the host's steps, each with the way back.
 *
 * @module
 */
import { Icon } from "./Icon.tsx";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function Toasts() {
  const panel = usePanel();
  const texts = panel.texts.value;
  const last = panel.desk.value.undo;
  return (
    <div class="toasts" role="status">
      {panel.toasts.value.map((toast) => (
        <div key={toast.id} class={`toast ${toast.tone}`}>
          <Icon name={toast.tone === "good" ? "check" : "alert"} />
          <span class="toast-words">
            <bdi>{toast.words}</bdi>
          </span>
          {panel.isHost && toast.step !== null &&
            last?.step === toast.step && (
            <button
              type="button"
              class="button"
              onClick={() => {
                panel.dismiss(toast.id);
                panel.undo();
              }}
            >
              {texts.panel.undo}
            </button>
          )}
          <button
            type="button"
            class="button quiet square"
            aria-label={texts.app.close}
            onClick={() =>
              panel.dismiss(toast.id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
