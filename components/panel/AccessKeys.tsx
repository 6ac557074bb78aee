/**
 * The keys: made, replaced, revoked. A new one is shown once, masked.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { LENGTHS } from "@/core/limits.ts";
import type { Role } from "@/core/views.ts";
import { type AccessShown, callAccess, type KeyShown } from "./access_calls.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { CopyField } from "../shared/CopyField.tsx";
import { usePanel } from "./panel_state.ts";

/** The host's own key, which can only be replaced. */
const HOST_KEY = "host";
/** Where the keys are on the page, for links to them. */
export const KEYS_PLACE = "keys";
const ROLES: Role[] = ["display", "button", "moderator", "host"];

type Made = KeyShown & { key: string };

/** See the module. */
export function AccessKeys(
  { shown, onEnd, onChange }: {
    shown: AccessShown;
    onEnd: (path: string, words: string) => void;
    onChange: () => void;
  },
) {
  const panel = usePanel();
  const texts = panel.texts.value.access;
  const label = useSignal("");
  const role = useSignal<Role>("display");
  const made = useSignal<Made | null>(null);

  async function make(path: string, body?: unknown) {
    const got = await callAccess<Made>("POST", path, body);
    if (got.ok) made.value = got.data;
    else panel.sayProblem(got.problem);
    label.value = "";
    onChange();
  }

  /** Whether a key that was made here is still one. */
  const isThere = ({ id }: Made) => shown.keys.some((key) => key.id === id);

  return (
    <section id={KEYS_PLACE} aria-label={texts.keys}>
      <h4>{texts.keys}</h4>
      <p class="note">{texts.keysLead}</p>
      {made.value && isThere(made.value) && (
        <OnceShown key={made.value.key} made={made.value} />
      )}
      <ul class="access-list">
        {shown.keys.map((key) => (
          <li key={key.id}>
            <div>
              <b>{key.label}</b>
              <p class="note">
                {texts.roles[key.role]} ·{" "}
                {key.usedAt === null
                  ? texts.neverUsed
                  : texts.usedAt(key.usedAt)}
              </p>
            </div>
            <div class="button-row">
              <ConfirmButton
                label={texts.keyReplace}
                confirm={texts.keyReplaceSure}
                onConfirm={() => make(`/api/keys/${key.id}`)}
              />
              {key.id !== HOST_KEY && (
                <ConfirmButton
                  label={texts.keyRevoke}
                  confirm={texts.keyRevokeSure}
                  onConfirm={() =>
                    onEnd(`/api/keys/${key.id}`, texts.keyRevoked)}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
      <form
        class="access-form"
        onSubmit={(event) => {
          event.preventDefault();
          void make("/api/keys", { role: role.value, label: label.value });
        }}
      >
        <label>
          <span class="label">{texts.keyLabel}</span>
          <input
            class="field"
            required
            maxLength={LENGTHS.label}
            value={label.value}
            onInput={(event) => label.value = event.currentTarget.value}
          />
        </label>
        <label>
          <span class="label">{texts.keyRole}</span>
          <select
            class="field"
            value={role.value}
            onChange={(event) => role.value = event.currentTarget.value as Role}
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>{texts.roles[each]}</option>
            ))}
          </select>
        </label>
        <button class="button" type="submit">{texts.keyMake}</button>
      </form>
    </section>
  );
}

/** A key that was made just now. */
function OnceShown({ made }: { made: Made }) {
  const { access: texts, app } = usePanel().texts.value;
  const isShown = useSignal(false);
  const overlay = `${location.origin}/overlay?key=${made.key}`;
  return (
    <div
      class={isShown.value ? "card access-once" : "card access-once masked"}
      role="status"
    >
      <p>{texts.keyMade(made.label)}</p>
      {made.role === "display"
        ? <CopyField label={texts.keyOverlay} value={overlay} texts={app} />
        : <CopyField label={texts.keyOnce} value={made.key} texts={app} />}
      <button
        type="button"
        class="button quiet"
        onClick={() => isShown.value = !isShown.value}
      >
        {isShown.value ? texts.hide : texts.show}
      </button>
    </div>
  );
}
