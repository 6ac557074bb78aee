/**
 * When a session ran, on TikTok's clock: what was sent at another time is none
 * of its.
 *
 * @module
 */
import type { Entry } from "./shapes/entries.ts";
import type { Session } from "./session.ts";

/** So much is given to a viewer where a send time decides, in ms. */
export const FAVOUR_MS = 2_000;

/** Notes where a time in which the session runs begins or ends. */
export function followRuns({ runs }: Session, entry: Entry): void {
  const last = runs.at(-1);
  switch (entry.type) {
    case "started":
    case "continued":
      if (last && !last.over) return;
      runs.push({ from: entry.tiktokAt ?? null, to: null, over: false });
      return;
    case "ended":
      if (last) Object.assign(last, { to: entry.tiktokAt ?? null, over: true });
      return;
    case "undone":
    case "redone":
      if (!last || entry.step !== "ended") return;
      Object.assign(last, { to: null, over: entry.type === "redone" });
  }
}

/**
 * Whether the session ran at a moment of TikTok's clock.
 *
 * @param at Unix ms; so many ms of `favour` to either side count as well.
 * @param last Whether the time that is not over is asked for, too.
 */
export function ranAt(
  { runs }: Session,
  at: number,
  favour: number,
  last: boolean,
): boolean {
  return runs.some(({ from, to, over }) => {
    if (!over) return last && (from === null || at >= from - favour);
    return from !== null && to !== null &&
      at >= from - favour && at <= to + favour;
  });
}
