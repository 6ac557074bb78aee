/**
 * A number in a field that says its name, its unit, and what it may be
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
  { label, name, value, min, max, isWhole = true, unit, hideLabel, ...told }: {
    label: string;
    /** What a screen reader says instead, where the label is short. */
    name?: string;
    value: number;
    min: number;
    max: number;
    isWhole?: boolean;
    unit?: string;
    hideLabel?: boolean;
    onChange?: (value: number) => void;
    onCommit?: (value: number, refuse: () => void) => void;
  },
) {
  const { onChange, onCommit } = told;
  const words = usePanel().texts.value.settings;
  /** What was typed, over which value. */
  const typed = useSignal<{ text: string; over: number } | null>(null);
  /** What was committed; each may arrive while the next is being typed. */
  const sent = useRef<number[]>([]);
  if (sent.current.at(-1) === value) sent.current = [value];
  const isBad = useSignal(false);
  const id = useId();
  const shown = typed.value !== null && isCurrent(typed.value)
    ? typed.value.text
    : Number.isNaN(value)
    ? ""
    : String(value);

  /** Nobody has set another value since; a committed one may be on its way. */
  function isCurrent({ text, over }: { text: string; over: number }): boolean {
    return Object.is(numberOf(text, isWhole), value) ||
      (onCommit !== undefined &&
        (over === value || sent.current.includes(value)));
  }

  function check(text: string) {
    const n = numberOf(text, isWhole);
    isBad.value = !(n >= min && n <= max);
    const isStanding = (sent.current.at(-1) ?? value) === value;
    if (isBad.value || !onCommit || (n === value && isStanding)) return;
    sent.current.push(n);
    onCommit(n, () => {
      isBad.value = true;
      sent.current = [];
    });
  }

  return (
    <label class="number">
      <span class={hideLabel ? "unseen-text" : "label"}>{label}</span>
      <span class="number-field">
        <input
          class="field tabular"
          type="number"
          inputMode={isWhole ? "numeric" : "decimal"}
          aria-label={name}
          value={shown}
          min={min}
          max={max}
          step={isWhole ? 1 : "any"}
          required
          aria-invalid={isBad.value}
          aria-describedby={isBad.value ? id : undefined}
          onInput={(event) => {
            const text = event.currentTarget.value;
            typed.value = { text, over: value };
            isBad.value = false;
            onChange?.(numberOf(text, isWhole));
          }}
          onChange={(event) => check(event.currentTarget.value)}
          // A wheel that turns over a number means the page.
          onWheel={keepNumber}
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

/** A browser would count the number up or down, as long as it has the focus. */
function keepNumber(event: WheelEvent & { currentTarget: HTMLElement }) {
  if (document.activeElement === event.currentTarget) event.preventDefault();
}

function numberOf(text: string, isWhole: boolean): number {
  const form = isWhole ? /^[+-]?\d+$/ : /^[+-]?\d+(\.\d+)?$/;
  return form.test(text.trim()) ? Number(text) : Number.NaN;
}
