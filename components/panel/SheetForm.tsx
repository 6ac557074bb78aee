/**
 * A form in a sheet: what is wrong with it stands above its button, since a
 * toast would lie below the sheet.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import type { HostStep } from "@/core/entries.ts";
import type { Command } from "@/core/shapes/commands.ts";
import { problemWords } from "../shared/problem_words.ts";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function SheetForm(
  { command, wrong, label, said, step, onDone, children }: {
    /** What is sent; asked for when the form is. */
    command: () => Command;
    /** Why it cannot be sent as it is; empty where it can. */
    wrong: string;
    label: string;
    said: string;
    step: HostStep;
    onDone: () => void;
    children: ComponentChildren;
  },
) {
  const panel = usePanel();
  const refused = useSignal("");

  async function submit(event: Event) {
    event.preventDefault();
    if (wrong !== "") return;
    refused.value = "";
    const sent = await panel.send(
      command(),
      { words: said, step },
      (problem) => refused.value = problemWords(panel.texts.value, problem),
    );
    if (sent) onDone();
  }

  const problem = wrong || refused.value;
  return (
    <form class="form sheet-form" onSubmit={submit}>
      {children}
      {problem && <p class="note bad" role="alert">{problem}</p>}
      <button
        type="submit"
        class="button main"
        disabled={wrong !== "" || !panel.canAct.value}
      >
        {label}
      </button>
    </form>
  );
}

/** A choice of few, by its name. */
export function Select<T extends string | number>(
  { label, value, all, onChange }: {
    label: string;
    value: T;
    all: readonly (readonly [value: T, words: string])[];
    onChange: (value: T) => void;
  },
) {
  return (
    <label>
      <span class="label">{label}</span>
      <select
        class="field"
        value={String(value)}
        onChange={(event) =>
          onChange(all[event.currentTarget.selectedIndex]![0])}
      >
        {all.map(([each, words]) => (
          <option key={each} value={String(each)}>{words}</option>
        ))}
      </select>
    </label>
  );
}
