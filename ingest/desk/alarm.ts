/**
 * The end of a countdown, of a clock, of a boost: nobody has to ask for it.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { nextDueAt } from "@/core/due.ts";
import type { Session } from "@/core/session.ts";

/** How often it is looked whether what came before it has been told, in ms. */
const AGAIN_MS = 5;

/** Wakes when the program has something to do. */
export interface Alarm {
  /** Sets it for what is to be done next; for nothing where nothing is. */
  set(): void;
  stop(): void;
}

/** What an alarm needs. */
interface Countdown {
  clock: Clock;
  session: Session;
  /** The game's time, Unix ms. */
  now(): number;
  /** Whether its time has come, with all that came before it. */
  isDue(): boolean;
  wake(): void;
}

/** An alarm that is not set. */
export function createAlarm(
  { clock, session, now, isDue, wake }: Countdown,
): Alarm {
  let waiting: AbortController | null = null;

  function set(least: number) {
    waiting?.abort();
    const due = nextDueAt(session);
    if (due === null) return;
    const { signal } = waiting = new AbortController();
    void clock.after(Math.max(least, due - now()), signal).then(() => {
      if (signal.aborted) return;
      if (isDue()) wake();
      // It may have been woken too early for a clock of whole milliseconds.
      else set(due > now() ? 1 : AGAIN_MS);
    });
  }

  return { set: () => set(1), stop: () => waiting?.abort() };
}
