/**
 * Watches a link that is open. TikTok's socket can freeze without closing, so
 * what was not heard counts, too.
 *
 * @module
 */
import type { Course } from "./course.ts";
import type { Heard, LinkFeed } from "./link_feed.ts";
import type { Outcome } from "./outcome.ts";

/** A link without any frame for so long is dead; heartbeats come every 10 s. */
const DEAD_MS = 60_000;
/** After so long without a message the host is told. */
const SILENT_MS = 20_000;
/** A link that has lived so long was good: the pauses start anew. */
const STEADY_MS = 60_000;
/** Watches an open link until it ends, one way or another. */
export async function watch(course: Course, feed: LinkFeed): Promise<Outcome> {
  const { clock, status, closing } = course;
  const openedAt = clock.elapsed();
  feed.opened();
  status.set({ state: "live" });
  course.over = null;
  if (course.downSince !== null) tellGap(course, course.downSince, openedAt);
  course.downSince = null;

  const stop = AbortSignal.any([closing, feed.over]);
  while (!stop.aborted) {
    const now = clock.elapsed();
    const deadAt = feed.lastFrame().elapsed + DEAD_MS;
    const silentAt = feed.lastMessage().elapsed + SILENT_MS;
    if (now >= deadAt) break;
    if (now >= silentAt) status.set({ state: "live", reason: "silent" });
    const next = now >= silentAt ? deadAt : Math.min(silentAt, deadAt);
    await clock.after(next - now, stop);
  }

  const end = feed.ended();
  if (end) return end;
  course.downSince = feed.lastFrame();
  return {
    type: "lost",
    message: feed.over.aborted ? "Closed" : "Nothing came for a minute",
    steady: clock.elapsed() - openedAt >= STEADY_MS,
  };
}

// The same outage has the same id, however often it is told.
function tellGap(
  { intake, roomId }: Course,
  { at: from, elapsed }: Heard,
  openedAt: number,
): void {
  const to = from + Math.round(openedAt - elapsed);
  const id = `gap:${roomId}:${from}`;
  intake.pass([{ type: "gap", id, at: to, from, to }]);
}
