/**
 * What the comments feed shows while the host reads: the comments that were
 * there, as they are now, and how many wait above.
 *
 * @module
 */
import type { FeedComment } from "@/core/views.ts";

/** What is shown, and how many newer comments are not. */
interface CommentFeed {
  shown: FeedComment[];
  fresh: number;
}

/**
 * @param held The comments shown when the host began to read; null while the
 * host is at the top.
 * @param newest The comments as the server has them now, newest first.
 * @param isAll Whether there are none besides those.
 */
export function feedWhileReading(
  held: FeedComment[] | null,
  newest: FeedComment[],
  isAll = false,
): CommentFeed {
  if (held === null) return { shown: newest, fresh: 0 };
  const now = new Map(newest.map((comment) => [comment.id, comment]));
  // What is missing among those the server gave was taken away meanwhile.
  const known = isAll
    ? held.length
    : held.findLastIndex((comment) => now.has(comment.id));
  const left = held.filter((comment, i) => i > known || now.has(comment.id));
  const before = new Set(held.map((comment) => comment.id));
  const first = newest.findIndex((comment) => before.has(comment.id));
  const oldest = first === -1
    ? []
    : newest.slice(first).filter((comment) => !before.has(comment.id));
  return {
    shown: [
      ...left.map((comment) => now.get(comment.id) ?? comment),
      ...oldest,
    ],
    fresh: first === -1 ? newest.length : first,
  };
}
