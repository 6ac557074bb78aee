/**
 * What the comments feed shows while the host reads: the comments that were
 * there, as they are now, and how many wait above.
 *
 * @module
 */
import type { FeedComment } from "@/core/views.ts";

/** What is shown, and how many newer comments are not. */
export interface Feed {
  shown: FeedComment[];
  fresh: number;
}

/**
 * @param held The comments shown when the host began to read; null while the
 * host is at the top.
 * @param newest The comments as the server has them now, newest first.
 */
export function feedWhileReading(
  held: FeedComment[] | null,
  newest: FeedComment[],
): Feed {
  if (held === null) return { shown: newest, fresh: 0 };
  const now = new Map(newest.map((comment) => [comment.id, comment]));
  const before = new Set(held.map((comment) => comment.id));
  const first = newest.findIndex((comment) => before.has(comment.id));
  const oldest = newest.slice(Math.max(0, first)).filter((comment) =>
    !before.has(comment.id)
  );
  return {
    shown: [
      ...held.map((comment) => now.get(comment.id) ?? comment),
      ...oldest,
    ],
    fresh: first === -1 ? newest.length : first,
  };
}
