/**
 * A button that takes two taps: the first asks, the second does. It keeps its
 * size, and forgets the first tap after a few seconds.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon, type IconName } from "./Icon.tsx";
import { yesNo } from "./yes_no.ts";

/** How long the first tap counts, in ms. */
const ARMED_MS = 4_000;

/** See the module. */
export function ConfirmButton(
  { id, label, name, confirm, icon, onConfirm, disabled }: {
    id?: string;
    label: string;
    /** What a screen reader says instead, where the label is short. */
    name?: string;
    confirm: string;
    icon?: IconName;
    onConfirm: () => void;
    disabled?: boolean;
  },
) {
  const armed = useSignal(false);

  useEffect(() => {
    if (!armed.value) return;
    const timer = setTimeout(() => armed.value = false, ARMED_MS);
    return () => clearTimeout(timer);
  }, [armed.value]);

  function press() {
    if (armed.value) onConfirm();
    armed.value = !armed.value;
  }

  return (
    <button
      type="button"
      id={id}
      class={armed.value ? "button danger armed" : "button danger"}
      disabled={disabled}
      aria-label={name && (armed.value ? `${name}: ${confirm}` : name)}
      onClick={press}
      onBlur={() => armed.value = false}
    >
      <span class="stack" aria-live="polite">
        <span aria-hidden={yesNo(armed.value)} class="unarmed">
          {icon && <Icon name={icon} />}
          {label}
        </span>
        <span aria-hidden={yesNo(!armed.value)} class="confirm">{confirm}</span>
      </span>
    </button>
  );
}
