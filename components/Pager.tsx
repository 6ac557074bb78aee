/**
 * Back and forth through the pages of a long list.
 *
 * @module
 */
import type { Signal } from "@preact/signals";
import type { Texts } from "@/locales/mod.ts";

/** Shows nothing while one page is enough. */
export function Pager(
  { offset, size, total, texts }: {
    offset: Signal<number>;
    size: number;
    total: number;
    texts: Texts["board"];
  },
) {
  const from = offset.value;
  if (from === 0 && total <= size) return null;
  return (
    <nav class="pager">
      <button
        type="button"
        class="button"
        disabled={from === 0}
        onClick={() => offset.value = Math.max(0, from - size)}
      >
        {texts.previous}
      </button>
      <span class="tabular">
        {texts.range(from + 1, Math.min(total, from + size), total)}
      </span>
      <button
        type="button"
        class="button"
        disabled={from + size >= total}
        onClick={() => offset.value = from + size}
      >
        {texts.next}
      </button>
    </nav>
  );
}
