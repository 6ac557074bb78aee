/**
 * Those who want to hear of something.
 *
 * @module
 */

/** Who listens, for news with these parts. */
export interface Listeners<News extends unknown[]> {
  /** Calls `listener` at all news from now on; returns how to stop. */
  watch(listener: (...news: News) => void): () => void;
  /** Calls each, in the order in which they came. */
  tell(...news: News): void;
  /** Nobody listens any more. */
  clear(): void;
}

/** Makes a set of listeners; who is in it already is called once. */
export function createListeners<News extends unknown[] = []>(): Listeners<
  News
> {
  const all = new Set<(...news: News) => void>();
  return {
    watch(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell(...news) {
      for (const listener of all) listener(...news);
    },
    clear: () => all.clear(),
  };
}
