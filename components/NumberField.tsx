/**
 * A whole number in a field that says its name, its unit, and what it may be
 * once it is not. What is typed stays, however often the panel is drawn.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { usePanel } from "./panel_state.ts";

/**
 * `onChange` gets every number as it is typed, NaN where it is none; `onCommit`
 * gets it once it is ready and fits, and calls `refuse` if the server does not
 * take it.
 */
export function NumberField(
  { label, value, min, max, unit, hideLabel, onChange, onCommit }: {
    label: string;
    value: number;
    min: number;
    max: number;
    unit?: string;
    hideLabel?: boolean;
    onChange?: (value: number) => void;
    onCommit?: (value: number, refuse: () => void) => void;
  },
) {
  const words = usePanel().texts.value.settings;
  /** What was typed, over which value. */
  const typed = useSignal<{ text: string; over: number } | null>(null);
  /** What was committed last; it may arrive while the next is being typed. */
  const committed = useRef<number | null>(null);
  const isBad = useSignal(false);
  const id = useId();
  const shown = typed.value !== null && isCurrent(typed.value)
    ? typed.value.text
    : Number.isNaN(value)
    ? ""
    : String(value);

  /** Nobody has set another value since; a committed one may be on its way. */
  function isCurrent({ text, over }: { text: string; over: number }): boolean {
    return Object.is(wholeOf(text), value) ||
      (onCommit !== undefined &&
        (over === value || committed.current === value));
  }

  function check(text: string) {
    const n = wholeOf(text);
    isBad.value = !(n >= min && n <= max);
    if (isBad.value || n === value) return;
    committed.current = n;
    onCommit?.(n, () => isBad.value = true);
  }

  return (
    <label class="number">
      <span class={hideLabel ? "unseen-text" : "label"}>{label}</span>
      <span class="number-field">
        <input
          class="field tabular"
          type="number"
          inputMode="numeric"
          value={shown}
          min={min}
          max={max}
          step={1}
          required
          aria-invalid={isBad.value}
          aria-describedby={isBad.value ? id : undefined}
          onInput={(event) => {
            const text = event.currentTarget.value;
            typed.value = { text, over: value };
            isBad.value = false;
            onChange?.(wholeOf(text));
          }}
          onChange={(event) => check(event.currentTarget.value)}
        />
        {unit && <span class="unit">{unit}</span>}
      </span>
      {isBad.value && (
        <span class="note bad" id={id} role="alert">
          {words.between(min, max)}
        </span>
      )}
    </label>
  );
}

function wholeOf(text: string): number {
  return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}
