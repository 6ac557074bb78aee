/**
 * What a round's clock and a boost have left, by the server's clock.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";

/** Whole seconds that are left; null where nothing runs. */
export interface Left {
  round: number | null;
  boost: number | null;
}

/**
 * What is left at a time.
 *
 * @param now The server's clock, Unix ms.
 */
export function leftAt(
  { phase, round, boost }: Pick<Frame, "phase" | "round" | "boost">,
  now: number,
): Left {
  const isOn = phase === "open" || phase === "closing";
  const endsAt = isOn ? round?.endsAt ?? null : null;
  const ms = phase === "paused"
    ? round?.left ?? null
    : endsAt === null
    ? null
    : endsAt - now;
  return { round: seconds(ms), boost: seconds(boost && boost.until - now) };
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.max(0, Math.ceil(ms / 1000));
}

/** Seconds as `m:ss`. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Milliseconds until another second stands there; Infinity for never. */
export function untilNextSecond(
  { phase, round, boost }: Pick<Frame, "phase" | "round" | "boost">,
  now: number,
): number {
  if (phase === "paused") return Infinity;
  const waits = [round?.endsAt ?? null, boost?.until ?? null].flatMap((end) =>
    end === null || end <= now ? [] : [(end - now) % 1000 || 1000]
  );
  return Math.min(Infinity, ...waits);
}
