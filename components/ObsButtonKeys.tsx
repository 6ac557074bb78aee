/**
 * Keys for a Stream Deck: made here, shown once, taken away here.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ConfirmButton } from "./ConfirmButton.tsx";
import { CopyField } from "./CopyField.tsx";
import { Icon } from "./Icon.tsx";
import { getJson } from "./keep_fresh.ts";
import { usePanel } from "./panel_state.ts";
import { problemOf } from "./send_command.ts";

/** A key as the server lists it. */
interface ButtonKey {
  id: string;
  role: string;
  label: string;
  /** Unix ms. */
  madeAt: number;
}

/** See the module. */
export function ObsButtonKeys() {
  const panel = usePanel();
  const { app, obs: texts, sessions } = panel.texts.value;
  const keys = useSignal<ButtonKey[]>([]);
  const label = useSignal("");
  const made = useSignal<string | null>(null);

  async function list() {
    const got = await getJson<{ keys: ButtonKey[] }>("/api/keys");
    if (!got.ok) return panel.sayProblem(got.problem);
    keys.value = got.data.keys.filter(({ role }) => role === "button");
  }
  useEffect(() => void list(), []);

  async function make() {
    const name = label.value.trim() || texts.keyPlaceholder;
    const got = await getJson<{ key: string }>("/api/keys", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ role: "button", label: name }),
    });
    if (!got.ok) return panel.sayProblem(got.problem);
    made.value = got.data.key;
    label.value = "";
    await list();
  }

  async function revoke(id: string) {
    const response = await fetch(`/api/keys/${id}`, { method: "DELETE" })
      .catch(() => null); // said just below
    if (!response) panel.sayProblem({ kind: "network" });
    else if (!response.ok) panel.sayProblem(await problemOf(response));
    else panel.say(texts.revoked, "good");
    await list();
  }

  return (
    <fieldset class="obs-keys">
      <legend>{texts.keys}</legend>
      <p class="note">{texts.keysHelp}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <label>
          <span class="label">{texts.keyLabel}</span>
          <input
            class="field"
            maxLength={80}
            placeholder={texts.keyPlaceholder}
            value={label}
            onInput={(event) => label.value = event.currentTarget.value}
          />
        </label>
        <div class="button-row">
          <button type="submit" class="button">
            <Icon name="plus" />
            {texts.makeKey}
          </button>
          <a class="button quiet" href="/buttons">
            <Icon name="question" />
            {texts.howTo}
          </a>
        </div>
      </form>
      {made.value !== null && (
        <CopyField label={texts.newKey} value={made.value} texts={app} />
      )}
      {keys.value.length === 0
        ? <p class="note">{texts.noKeys}</p>
        : (
          <ul class="list">
            {keys.value.map(({ id, label, madeAt }) => (
              <li key={id} class="line">
                <span class="line-text">
                  <bdi>{label}</bdi>
                  <small>{sessions.moment(madeAt)}</small>
                </span>
                <ConfirmButton
                  label={texts.revoke}
                  confirm={texts.revokeConfirm}
                  onConfirm={() =>
                    void revoke(id)}
                />
              </li>
            ))}
          </ul>
        )}
    </fieldset>
  );
}
