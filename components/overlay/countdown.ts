/**
 * Which numeral of the countdown stands on the screen, by the server's clock.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";

/** How long the word for “closed” stands alone before it becomes a small tag. */
export const CLOSED_MS = 2200;
/** After so long an older measure of the clocks gives way to a newer one. */
const OFFSET_MS = 60_000;

/** Server's clock less the browser's, as known from one frame. */
export interface ClockOffset {
  ms: number;
  /** Browser's clock, Unix ms. */
  measuredAt: number;
}

/**
 * The better of two measures: a frame under way makes the server's clock look
 * late, never early, so the largest offset is the nearest to the truth.
 */
export function betterOffset(
  known: ClockOffset | null,
  serverNow: number,
  browserNow: number,
): ClockOffset {
  const measured = { ms: serverNow - browserNow, measuredAt: browserNow };
  if (!known || measured.ms >= known.ms) return measured;
  return browserNow - known.measuredAt > OFFSET_MS ? measured : known;
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
