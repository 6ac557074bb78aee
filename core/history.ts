/**
 * What a game's page shows besides its totals: who won, what was asked, how the
 * points came in over time. Types alone, as in `views.ts`.
 *
 * @module
 */

/** Someone who was picked. */
export interface Winner {
  /** Of the entry that says so. */
  seq: number;
  /** Unix ms. */
  at: number;
  viewerId: string;
  nickname: string;
  avatarUrl: string | null;
  /** Held then, and taken away. */
  points: number;
  /** What they had said, or null. */
  comment: string | null;
  /** Taken back by undo. */
  undone: boolean;
}

/** A question from TikTok's own Q&A. */
export interface AskedQuestion {
  id: string;
  viewerId: string;
  handle: string;
  nickname: string;
  avatarUrl: string | null;
  follower: boolean;
  text: string;
  /** Unix ms. */
  at: number;
}

/** One stretch of a timeline, as long as its `stepMs`. */
export interface Bucket {
  /** Points that viewers earned. */
  points: number;
  /** Live events, late ones too. */
  events: number;
  /** Of those, how many came after the close. */
  late: number;
}

/** A moment on the timeline. */
export interface Mark {
  /** Unix ms. */
  at: number;
  what: "opened" | "frozen" | "winner" | "ended";
}

/** How a game went, from its first entry to its last. */
export interface Timeline {
  /** Unix ms. */
  from: number;
  to: number;
  stepMs: number;
  /** From `from` on, without a hole. */
  buckets: Bucket[];
  marks: Mark[];
  gaps: { from: number; to: number }[];
}
