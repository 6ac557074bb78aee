/**
 * The end of a countdown, which nobody has to ask for.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import type { Session } from "@/core/session.ts";

/** Wakes at the end of a countdown. */
export interface Alarm {
  /** Sets it for the countdown that runs; for none where none does. */
  set(): void;
  stop(): void;
}

/** What an alarm needs. */
interface Countdown {
  clock: Clock;
  session: Session;
  /** The game's time, Unix ms. */
  now(): number;
  /** Whether the countdown is over, with all that came before its end. */
  isDue(): boolean;
  wake(): void;
}

/** An alarm that is not set. */
export function createAlarm(
  { clock, session, now, isDue, wake }: Countdown,
): Alarm {
  let waiting: AbortController | null = null;
  const alarm: Alarm = {
    set() {
      alarm.stop();
      const { phase, closesAt } = session.controls;
      if (phase !== "closing" || closesAt === null) return;
      const { signal } = waiting = new AbortController();
      void clock.after(Math.max(1, closesAt - now()), signal).then(() => {
        if (signal.aborted) return;
        // It may have been woken too early for a clock of whole milliseconds.
        if (isDue()) wake();
        else alarm.set();
      });
    },
    stop: () => waiting?.abort(),
  };
  return alarm;
}
