/**
 * A search field that waits until the host pauses typing.
 *
 * @module
 */
import { useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";

/** The pause after which a search starts, in ms. */
const PAUSE_MS = 90;

/** See the module. */
export function SearchField(
  { id, label, onSearch }: {
    id: string;
    label: string;
    onSearch: (words: string) => void;
  },
) {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  return (
    <label class="search">
      <Icon name="search" />
      <span class="unseen-text">{label}</span>
      <input
        id={id}
        class="field"
        type="search"
        placeholder={label}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => {
          const words = event.currentTarget.value.trim();
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onSearch(words), PAUSE_MS);
        }}
      />
    </label>
  );
}
