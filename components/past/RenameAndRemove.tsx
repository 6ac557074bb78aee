/**
 * What a host can do with a game of the past: give it another name, or take it
 * off the list.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { LENGTHS } from "@/core/limits.ts";
import type { Language } from "@/locales/mod.ts";
import { textsOf } from "@/locales/spoken.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { getJson } from "../shared/keep_fresh.ts";
import { problemWords } from "../shared/problem_words.ts";
import { problemOf } from "../shared/send_command.ts";

/** Asks for a change; null, or what went wrong in the host's words. */
export async function askFor(
  url: string,
  init: RequestInit,
  language: Language,
): Promise<string | null> {
  const response = await fetch(url, init).catch(() => null); // said just below
  if (response?.ok) return null;
  return problemWords(
    textsOf(language),
    response ? await problemOf(response) : { kind: "network" },
  );
}

/** See the module. A game that runs has to end before it can be removed. */
export function RenameAndRemove(
  { id, title, isRunning, language }: {
    id: string;
    title: string;
    isRunning: boolean;
    language: Language;
  },
) {
  const { done, games: texts } = textsOf(language);
  const field = useRef<HTMLInputElement>(null);
  const isChanged = useSignal(false);
  const said = useSignal("");
  const url = `/api/sessions/${encodeURIComponent(id)}`;

  const look = () => isChanged.value = field.current!.value.trim() !== title;
  // A quick hand has typed before the page was alive; that stays.
  useEffect(() => void look(), []);

  async function rename(event: Event) {
    event.preventDefault();
    const got = await getJson<{ title: string }>(url, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ title: field.current!.value }),
    });
    if (!got.ok) {
      said.value = problemWords(textsOf(language), got.problem);
      return;
    }
    said.value = texts.renamed;
    location.reload();
  }

  async function remove() {
    const wrong = await askFor(url, { method: "DELETE" }, language);
    said.value = wrong ?? done.saved;
    if (wrong === null) location.assign("/sessions");
  }

  return (
    <section class="card">
      <form class="preset-form" onSubmit={rename}>
        <label>
          <span class="label">{texts.name}</span>
          <input
            ref={field}
            class="field"
            name="title"
            defaultValue={title}
            maxLength={LENGTHS.title}
            onInput={look}
          />
        </label>
        <button
          type="submit"
          class="button"
          disabled={!isChanged.value}
        >
          {texts.rename}
        </button>
      </form>
      {!isRunning && (
        <div class="button-row">
          <ConfirmButton
            icon="close"
            label={texts.remove}
            confirm={texts.removeConfirm}
            onConfirm={remove}
          />
        </div>
      )}
      <p class="note">{isRunning ? texts.removeLater : texts.removeHelp}</p>
      <p class="note" role="status">{said}</p>
    </section>
  );
}
