/**
 * How a game went over time, read from its ledger in one pass.
 *
 * @module
 */
import type { Entry } from "@/core/shapes/entries.ts";
import type { Bucket, Mark, Timeline } from "@/core/shapes/history.ts";
import type { Session } from "@/core/session.ts";

/** Most stretches of a timeline; a chart shows no more. */
const MOST = 120;
const SECOND_MS = 1_000;
/** Lengths that people read easily, in seconds. */
const STEPS_S = [
  ...[1, 2, 5, 10, 15, 30],
  ...[60, 120, 300, 600, 900, 1_800],
  ...[3_600, 7_200, 14_400, 28_800, 86_400],
];
const DAY_S = 86_400;

/** Marks by the entries they come from. */
const MARKS: Partial<Record<Entry["type"], Mark["what"]>> = {
  opened: "opened",
  freezeCancelled: "opened",
  frozen: "frozen",
  winnerSelected: "winner",
  ended: "ended",
};

/** Types that come from viewers. */
const FROM_VIEWERS = new Set<Entry["type"]>([
  ...["liked", "gifted", "commented", "followed", "shared", "asked"] as const,
]);

/** The length of a stretch, in ms, for a game that took so long. */
export function stepOf(tookMs: number): number {
  const least = tookMs / SECOND_MS / MOST;
  const step = STEPS_S.find((seconds) => seconds >= least) ??
    Math.ceil(least / DAY_S) * DAY_S;
  return step * SECOND_MS;
}

/** The timeline of a session from its ledger; wins taken back leave no mark. */
export async function timelineOf(
  session: Session,
  packs: AsyncIterable<Entry[]>,
): Promise<Timeline> {
  const { startedAt: from, at: to } = session;
  const stepMs = stepOf(to - from);
  const buckets: Bucket[] = Array.from(
    { length: Math.floor((to - from) / stepMs) + 1 },
    () => ({ points: 0, events: 0, late: 0 }),
  );
  const marks: Mark[] = [];
  const takenBack = new Set(
    session.wins.flatMap(({ seq, undone }) => undone ? [seq] : []),
  );
  for await (const entries of packs) {
    for (const entry of entries) {
      // A session that goes on while it is read is read up to here.
      const bucket = buckets[Math.floor((entry.at - from) / stepMs)];
      if (entry.at > to || !bucket) continue;
      const what = MARKS[entry.type];
      if (what && !takenBack.has(entry.seq)) marks.push({ at: entry.at, what });
      if (!FROM_VIEWERS.has(entry.type)) continue;
      bucket.events++;
      if ("points" in entry) bucket.points += entry.points ?? 0;
      if ("idle" in entry && entry.idle === "late") bucket.late++;
    }
  }
  return { from, to, stepMs, buckets, marks, gaps: [...session.totals.gaps] };
}
