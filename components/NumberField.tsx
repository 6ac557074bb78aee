/**
 * A whole number in a field that says its name and unit.
 *
 * @module
 */

/** `onChange` gets NaN while the field holds no whole number. */
export function NumberField(
  { label, value, min, max, unit, hideLabel, onChange, onCommit }: {
    label: string;
    value: number;
    min: number;
    max: number;
    unit?: string;
    hideLabel?: boolean;
    onChange?: (value: number) => void;
    onCommit?: (value: number) => void;
  },
) {
  return (
    <label class="number">
      <span class={hideLabel ? "unseen-text" : "label"}>{label}</span>
      <span class="number-field">
        <input
          class="field tabular"
          type="number"
          inputMode="numeric"
          value={Number.isNaN(value) ? "" : value}
          min={min}
          max={max}
          step={1}
          required
          onInput={(event) => onChange?.(wholeOf(event.currentTarget))}
          onChange={(event) => {
            const input = event.currentTarget;
            if (input.validity.valid) onCommit?.(wholeOf(input));
            else input.reportValidity();
          }}
        />
        {unit && <span class="unit">{unit}</span>}
      </span>
    </label>
  );
}

function wholeOf(input: HTMLInputElement): number {
  const value = input.valueAsNumber;
  return Number.isInteger(value) ? value : Number.NaN;
}
