/**
 * What is told below the board, one line at a time: who has passed whom. What
 * reaches the first three goes first, and nothing waits for long.
 *
 * @module
 */
import { BROWSER_TIMING, type Timing } from "./pace.ts";
import type { Passing } from "./slots.ts";

/** After the start of a move: a line must not tell its end before. */
const AFTER_MS = 400;
/** How long a line stands, and how long it may have waited. */
export const LINE_MS = 2200;
export const OLDEST_MS = 4000;

/** Takes what happened and shows it in its time. */
interface Ticker {
  tell(passing: Passing): void;
  /** Forgets everything, also what stands there. */
  clear(): void;
}

/** Makes a ticker that calls `show` with each line, and null at the end. */
export function createTicker(
  show: (line: Passing | null) => void,
  timing: Timing = BROWSER_TIMING,
): Ticker {
  let waiting: { passing: Passing; at: number }[] = [];
  let callOff: (() => void) | null = null;

  function next() {
    const now = timing.now();
    waiting = waiting
      .filter(({ at }) => now - at < OLDEST_MS)
      .sort((a, b) => weight(b.passing) - weight(a.passing) || a.at - b.at);
    const line = waiting.shift();
    show(line?.passing ?? null);
    callOff = line ? timing.after(LINE_MS, next) : null;
  }

  return {
    tell(passing) {
      waiting.push({ passing, at: timing.now() });
      callOff ??= timing.after(AFTER_MS, next);
    },
    clear() {
      callOff?.();
      callOff = null;
      waiting = [];
      show(null);
    },
  };
}

function weight({ rank }: Passing): number {
  return rank <= 3 ? 1 : 0;
}
