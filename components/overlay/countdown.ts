/**
 * Which numeral of the countdown stands on the screen, by the server's clock.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";

/** How long the word for “closed” stands alone before it becomes a small tag. */
export const CLOSED_MS = 2200;
/** How far the server's clock is ahead of `performance.now()`. */
export interface ClockOffset {
  ms: number;
  /** The countdown it was measured in. */
  countdownTo: number | null;
}

/**
 * The better of two measures. A frame under way makes the server's clock look
 * late, never early, so the largest offset is the nearest to the truth; but only
 * within one countdown, since between two the server's clock may be set.
 *
 * @param elapsed `performance.now()` as the frame came.
 */
export function betterOffset(
  known: ClockOffset | null,
  { now, countdownTo }: Pick<Frame, "now" | "countdownTo">,
  elapsed: number,
): ClockOffset {
  const ms = now - elapsed;
  const isSame = known !== null && known.countdownTo === countdownTo;
  return isSame && known.ms > ms ? known : { ms, countdownTo };
}

/** What the countdown shows. */
export type CountdownView =
  | { type: "none" }
  | { type: "numeral"; left: number }
  | { type: "closed" };

/**
 * What to show at a time.
 *
 * @param frame The newest one.
 * @param now The server's clock, Unix ms.
 */
export function countdownView(
  frame: Pick<Frame, "phase" | "countdownTo">,
  now: number,
): CountdownView {
  if (frame.phase === "frozen") return { type: "closed" };
  if (frame.phase !== "closing" || frame.countdownTo === null) {
    return { type: "none" };
  }
  const left = Math.ceil((frame.countdownTo - now) / 1000);
  return left > 0 ? { type: "numeral", left } : { type: "closed" };
}

/** Milliseconds until the view changes by itself; Infinity for never. */
export function untilNext(countdownTo: number | null, now: number): number {
  if (countdownTo === null || countdownTo <= now) return Infinity;
  const left = countdownTo - now;
  return left - (Math.ceil(left / 1000) - 1) * 1000;
}
