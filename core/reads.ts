/**
 * What can be read of a session, in one list. The bus between processes, the
 * desk from afar and the pictures of our own origin are made from it, so that
 * whoever adds a read writes it where sessions are read
 * (`ingest/past/view.ts`), here, and where it is asked for (a route).
 *
 * @module
 */
import type { ReceiptsFile } from "./shapes/certificate.ts";
import type {
  AskedQuestion,
  SeenGift,
  Timeline,
  Winner,
} from "./shapes/history.ts";
import type {
  BoardPage,
  FeedComment,
  Page,
  Receipt,
  SessionSummary,
  ViewerDetails,
} from "./views.ts";

/** Part of a board; `q` searches name and handle, `limit` is up to 500. */
export interface BoardAsked {
  offset: number;
  limit: number;
  q?: string;
}

/** Part of the comments of a session. */
export interface CommentsAsked {
  q?: string;
  cursor?: string;
  limit: number;
  /** `hidden`: what is kept off the screen, which no other filter gives. */
  filter?: "questions" | "followers" | "unused" | "hidden";
  viewerId?: string;
}

/** Part of the entries that concern a viewer. */
interface ReceiptsAsked {
  cursor?: string;
  limit: number;
  newest?: boolean;
}

/** What each read takes and gives. */
export interface Reads {
  summary(): SessionSummary;
  board(asked: BoardAsked): BoardPage;
  viewer(viewerId: string): ViewerDetails | null;
  /** Every entry that concerns a viewer, oldest first unless asked otherwise. */
  receipts(viewerId: string, asked: ReceiptsAsked): Page<Receipt> | null;
  /** A viewer's receipts to give away, with their proof. */
  proof(viewerId: string): ReceiptsFile | null;
  /** The closing hash that an export has now. */
  closing(): string;
  /** In the order they were picked, those taken back too. */
  winners(): Winner[];
  /** TikTok's own questions, newest first. */
  questions(): AskedQuestion[];
  /** The gifts that came, the most frequent first. */
  gifts(): SeenGift[];
  timeline(): Timeline;
  /** Newest first. */
  comments(asked: CommentsAsked): Page<FeedComment>;
  /** The board as it was at a time (Unix ms). */
  boardAt(at: number, asked: BoardAsked): BoardPage & { seq: number };
}
/** What can be read, by name. */
export type ReadName = keyof Reads;

/** What a read answers. */
export type ReadAnswer<K extends ReadName> = ReturnType<Reads[K]>;

/** The reads of a session, at once or later. */
export type ReadsSoon = {
  [K in ReadName]: (
    ...args: Parameters<Reads[K]>
  ) => ReadAnswer<K> | Promise<ReadAnswer<K>>;
};

/** Gives somebody a picture of our own origin. */
export type Own = <T extends { avatarUrl: string | null }>(of: T) => T;

/** One read, as those who pass it on have to know it. */
interface Read<A> {
  /**
   * What is answered where the session has just gone; without it, that there is
   * nothing to answer.
   */
  gone?: A;
  /** The same answer, with the pictures that `own` gives. */
  pictured?(answer: A, own: Own): A;
}

const NO_ROWS: BoardPage = { total: 0, rows: [] };

/** The list of reads. */
export const READS: { [K in ReadName]: Read<ReadAnswer<K>> } = {
  summary: {},
  board: { gone: NO_ROWS, pictured: picturedRows },
  viewer: { gone: null, pictured: (viewer, own) => viewer && own(viewer) },
  receipts: { gone: null },
  proof: { gone: null },
  closing: {},
  winners: { gone: [], pictured: (winners, own) => winners.map(own) },
  questions: { gone: [], pictured: (questions, own) => questions.map(own) },
  gifts: { gone: [] },
  timeline: {},
  comments: {
    gone: { items: [], cursor: null },
    pictured: (page, own) => ({ ...page, items: page.items.map(own) }),
  },
  boardAt: { gone: { ...NO_ROWS, seq: 0 }, pictured: picturedRows },
};

/** Their names. */
export const READ_NAMES = Object.keys(READS) as ReadName[];

function picturedRows<T extends BoardPage>(page: T, own: Own): T {
  return { ...page, rows: page.rows.map((row) => own(row)) };
}

/** Makes something of each read, by its name. */
export function forEachRead<T>(
  make: (name: ReadName) => T,
): Record<ReadName, T> {
  return Object.fromEntries(
    READ_NAMES.map((name) => [name, make(name)]),
  ) as Record<ReadName, T>;
}

/**
 * The reads of a session, where each is answered in one way.
 *
 * @param answer What a read of that name gives for its arguments.
 */
export function readsSoon(
  answer: (name: ReadName, args: unknown[]) => Promise<unknown>,
): ReadsSoon {
  return forEachRead((name) => (...args: unknown[]) =>
    answer(name, args)
  ) as unknown as ReadsSoon;
}
