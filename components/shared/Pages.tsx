/**
 * The way through a long board, a page at a time.
 *
 * @module
 */
import type { Texts } from "@/locales/mod.ts";

/** One page back, where one is, one page on. */
export function Pages(
  { isAlive, size, from, total, words, onGo }: {
    isAlive: boolean;
    /** Rows of a page. */
    size: number;
    from: number;
    total: number;
    words: Texts["board"];
    onGo: (from: number) => void;
  },
) {
  const to = Math.min(total, from + size);
  return (
    <nav class="pages" aria-label={words.title}>
      <button
        type="button"
        class="button"
        disabled={!isAlive || from === 0}
        onClick={() => onGo(Math.max(0, from - size))}
      >
        {words.previous}
      </button>
      <span class="note tabular" role="status">
        {words.range(Math.min(total, from + 1), to, total)}
      </span>
      <button
        type="button"
        class="button"
        disabled={!isAlive || to >= total}
        onClick={() => onGo(from + size)}
      >
        {words.next}
      </button>
    </nav>
  );
}
