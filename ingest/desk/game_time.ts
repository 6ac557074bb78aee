/**
 * The time a game goes by: the wall clock, but for the moments in which the
 * wall clock must not decide. While a countdown, a clock, a boost or a pause
 * runs, and while anything waits to be written, only what elapses moves it, so
 * that whoever sets the machine's clock makes none of them longer or shorter and
 * no event early or late.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { nextDueAt } from "@/core/due.ts";
import type { Session } from "@/core/session.ts";

/**
 * Tells the game's time, Unix ms. It never lies before the session's last entry,
 * so of a countdown that another process began there is never more left than
 * that entry left of it.
 *
 * @param isWaiting Whether something has arrived that is not durable yet.
 */
export function createGameTime(
  clock: Clock,
  session: Session,
  isWaiting: () => boolean,
): () => number {
  const offset = () => Math.max(clock.wall(), session.at) - clock.elapsed();
  let ahead = offset();
  return () => {
    const isHeld = isTimed(session) || isWaiting();
    if (!isHeld) ahead = offset();
    return Math.round(ahead + clock.elapsed());
  };
}

/** Whether something runs whose length is promised. */
function isTimed(session: Session): boolean {
  const { phase, boost } = session.controls;
  if (phase === "closing" || phase === "paused" || boost !== null) return true;
  return phase === "open" && nextDueAt(session) !== null;
}
