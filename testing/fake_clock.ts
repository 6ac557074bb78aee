/**
 * A clock that stands still until a test moves it, so that an hour of waiting
 * costs nothing and no test depends on how fast the machine is.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { systemClock } from "@/ingest/clock.ts";

/** Time and chance as the program takes them, moved by hand. */
export interface FakeClock extends Clock {
  random(): number;
  /** Sets the wall clock by so many ms; nothing has elapsed by that. */
  jump(ms: number): void;
  /** Lets time pass, waking each sleeper at its moment, in order. */
  advance(ms: number): Promise<void>;
  /** What `random()` gives from now on. */
  chance(value: number): void;
  /** Sleepers that have not woken: none may be left when all is closed. */
  sleeping(): number;
}

/** A clock whose wall time starts at `at`, Unix ms. */
export function createFakeClock(at = 1_700_000_000_000): FakeClock {
  const sleepers = new Set<{ due: number; wake: () => void }>();
  let elapsed = 0;
  let random = 0.5;
  return {
    wall: () => at + elapsed,
    elapsed: () => elapsed,
    jump(ms) {
      at += ms;
    },
    random: () => random,
    chance(value) {
      random = value;
    },
    sleeping: () => sleepers.size,
    after(ms, signal) {
      return new Promise((resolve) => {
        if (signal.aborted) return resolve();
        if (ms <= 0) return void turn().then(resolve);
        const sleeper = {
          due: elapsed + ms,
          wake() {
            sleepers.delete(sleeper);
            signal.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener("abort", sleeper.wake);
      });
    },
    async advance(ms) {
      const end = elapsed + ms;
      while (true) {
        const due = [...sleepers].filter((sleeper) => sleeper.due <= end)
          .sort((a, b) => a.due - b.due)[0];
        if (!due) break;
        elapsed = Math.max(elapsed, due.due);
        due.wake();
        await turn(); // whoever woke may go to sleep again
      }
      elapsed = end;
      await turn();
    },
  };
}

/**
 * Lets a clock go on by itself, as fast as the real one, until it is disposed
 * of: for what waits and tries again.
 */
export function running(clock: FakeClock): Disposable {
  let last = performance.now();
  let isOver = false;
  void (async () => {
    while (!isOver) {
      const now = performance.now();
      await clock.advance(now - last);
      last = now;
      await turn();
    }
  })();
  return {
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}

/** A machine's clock that nobody sets, for tests that look at wall times. */
export const steadyClock: Clock = {
  ...systemClock,
  wall: () => Math.round(performance.timeOrigin + performance.now()),
};

/** Lets everything that is ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** How long a busy machine may take, in ms. */
const PATIENCE_MS = 60_000;

/**
 * Waits until a condition holds, for things that happen in real time (a socket
 * opens, a message arrives).
 *
 * @throws {Error} With `what`, when it does not hold within a minute.
 */
export async function until(
  what: string,
  holds: () => boolean,
): Promise<void> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > PATIENCE_MS) {
      throw new Error(`Cannot go on: ${what} did not happen`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
