/**
 * A clock that stands still until a test moves it, so that an hour of waiting
 * costs nothing and no test depends on how fast the machine is.
 *
 * @module
 */

/** Time and chance as the ingest takes them, moved by hand. */
export interface FakeClock {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  random(): number;
  /** Lets time pass, waking each sleeper at its moment, in order. */
  advance(ms: number): Promise<void>;
  /** What `random()` gives from now on. */
  chance(value: number): void;
  /** Sleepers that have not woken: none may be left when all is closed. */
  sleeping(): number;
}

/** A clock that starts at `at`, Unix ms. */
export function createFakeClock(at = 1_700_000_000_000): FakeClock {
  const sleepers = new Set<{ due: number; wake: () => void }>();
  let now = at;
  let random = 0.5;
  return {
    now: () => now,
    random: () => random,
    chance(value) {
      random = value;
    },
    sleeping: () => sleepers.size,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal.aborted) return resolve();
        if (ms <= 0) return void turn().then(resolve);
        const sleeper = {
          due: now + ms,
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
      const end = now + ms;
      while (true) {
        const due = [...sleepers].filter((sleeper) => sleeper.due <= end)
          .sort((a, b) => a.due - b.due)[0];
        if (!due) break;
        now = Math.max(now, due.due);
        due.wake();
        await turn(); // whoever woke may go to sleep again
      }
      now = end;
      await turn();
    },
  };
}

/** Lets everything that is ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * Waits until a condition holds, for things that happen in real time (a socket
 * opens, a message arrives).
 *
 * @throws {Error} With `what`, when it does not hold within ten seconds.
 */
export async function until(
  what: string,
  holds: () => boolean,
): Promise<void> {
  const start = Date.now();
  while (!holds()) {
    if (Date.now() - start > 10_000) {
      throw new Error(`Cannot go on: ${what} did not happen`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
