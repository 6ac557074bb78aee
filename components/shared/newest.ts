/**
 * Lets the newest of many values through, at most one in an interval. A panel
 * beside an encoder need not draw sixty boards a second.
 *
 * @module
 */

/** Takes values; `at once` skips the wait. */
interface Newest<T> {
  put(value: T, atOnce?: boolean): void;
  close(): void;
}

/** Tells the first value at once, then the newest one every `everyMs`. */
export function createNewest<T>(
  everyMs: number,
  tell: (value: T) => void,
): Newest<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { value: T } | null = null;

  function pass(value: T) {
    waiting = null;
    tell(value);
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting) pass(waiting.value);
    }, everyMs);
  }

  return {
    put(value, atOnce = false) {
      if (atOnce || timer === undefined) pass(value);
      else waiting = { value };
    },
    close: () => clearTimeout(timer),
  };
}
