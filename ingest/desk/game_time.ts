/**
 * The time a game goes by: the wall clock, but for the moments in which the
 * wall clock must not decide. While a countdown runs, and while anything waits
 * to be written, only what elapses moves it, so that whoever sets the machine's
 * clock makes no countdown longer or shorter and no event early or late.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
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
    const isHeld = session.controls.phase === "closing" || isWaiting();
    if (!isHeld) ahead = offset();
    return Math.round(ahead + clock.elapsed());
  };
}
