/**
 * The keys, and what each does.
 *
 * @module
 */
import { Dialog } from "./Dialog.tsx";
import { usePanel } from "./panel_state.ts";
import { HOSTS_KEYS, KEY_GROUPS, type KeyName } from "./shortcut.ts";

const GROUPS = ["evening", "parts", "chosen"] as const;

/** The keys of a group that whoever looks at it may press. */
function keysOf(
  group: typeof GROUPS[number],
  isHost: boolean,
): [KeyName, string][] {
  return KEY_GROUPS[group].filter(([name]) => isHost || !HOSTS_KEYS.has(name));
}

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
              {keysOf(group, panel.isHost).map(([name, key]) => (
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
