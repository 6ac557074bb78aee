/**
 * The keys, and what each does.
 *
 * @module
 */
import { Dialog } from "./Dialog.tsx";
import { usePanel } from "./panel_state.ts";
import { KEY_GROUPS } from "./shortcut.ts";

const GROUPS = ["evening", "parts", "chosen"] as const;

/** See the module. */
export function KeysDialog() {
  const panel = usePanel();
  if (!panel.keysOpen.value) return null;
  const { app, keyGroups, keys } = panel.texts.value;
  return (
    <Dialog
      title={keys.title}
      closeLabel={app.close}
      isWide
      onClose={() => panel.keysOpen.value = false}
    >
      <div class="key-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{keyGroups[group]}</h3>
            <dl class="keys">
              {KEY_GROUPS[group].map(([name, key]) => (
                <div key={name}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{keys[name]}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
