/**
 * The keys, and what each does.
 *
 * @module
 */
import { Dialog } from "./Dialog.tsx";
import { usePanel } from "./panel_state.ts";
import { SHORTCUT_KEYS } from "./shortcut.ts";

/** See the module. */
export function KeysDialog() {
  const panel = usePanel();
  if (!panel.keysOpen.value) return null;
  const { app, keys } = panel.texts.value;
  return (
    <Dialog
      title={keys.title}
      closeLabel={app.close}
      onClose={() => panel.keysOpen.value = false}
    >
      <dl class="keys">
        {SHORTCUT_KEYS.map(([shortcut, key]) => (
          <div key={shortcut}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{keys[shortcut]}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
