/**
 * The board as it was. A host goes through a game in the steps of its timeline,
 * back and forth, so the first step plays the ledger once and keeps what the
 * first pages show at every step. Anything else is played for itself.
 *
 * @module
 */
import type { BoardAsked } from "@/core/desk.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { evolve } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import type { Session } from "@/core/session.ts";
import type { BoardPage } from "@/core/views.ts";
import { stepOf } from "./timeline.ts";

/** Rows kept of each step. */
const KEPT_ROWS = 100;

/** A board, and the last entry that it knows of. */
type PastBoard = BoardPage & { seq: number };

/** What the boards of the past are made from. */
export interface Past {
  /** The session as it is now. */
  session: Session;
  /** Its ledger from the beginning. */
  read(): AsyncIterable<Entry[]>;
  /** A page of a session's board. */
  page(session: Session, asked: BoardAsked): BoardPage;
  /** What `page` goes by; boards made by another are made anew. */
  by: unknown;
}

/** The boards of a game at the steps of its timeline. */
interface Film {
  by: unknown;
  stepMs: number;
  /** By the number of steps since the start. */
  boards: Promise<PastBoard[]>;
}

/** A session that changed otherwise than by going on is another object. */
const films = new WeakMap<Session, Film>();

/** The board as it was at a time, in Unix ms. */
export async function boardAt(
  past: Past,
  at: number,
  asked: BoardAsked,
): Promise<PastBoard> {
  const { offset, limit, q } = asked;
  const step = stepAt(past.session, at);
  if (step !== null && !q?.trim() && offset + limit <= KEPT_ROWS) {
    const board = (await filmOf(past).boards)[step];
    if (board) {
      return { ...board, rows: board.rows.slice(offset, offset + limit) };
    }
  }
  const session = emptySession();
  await play(session, past.read(), at);
  return { ...past.page(session, asked), seq: session.seq };
}

/** How many steps of the timeline lead to a time; null if none ends there. */
function stepAt({ startedAt, at: to }: Session, at: number): number | null {
  const steps = (at - startedAt) / stepOf(to - startedAt);
  return Number.isInteger(steps) && steps >= 0 ? steps : null;
}

function filmOf(past: Past): Film {
  const { session, by } = past;
  const stepMs = stepOf(session.at - session.startedAt);
  const known = films.get(session);
  if (known && known.by === by && known.stepMs === stepMs) return known;
  const boards = filmed(past, stepMs).catch((error) => {
    films.delete(session);
    throw error;
  });
  const film = { by, stepMs, boards };
  films.set(session, film);
  return film;
}

/**
 * A board for each step before the last entry. There are as many as the game
 * has steps, even where its ledger tells of times beyond its end.
 */
async function filmed(
  { session: { startedAt, at: to }, read, page }: Past,
  stepMs: number,
): Promise<PastBoard[]> {
  const boards: PastBoard[] = [];
  const most = (to - startedAt) / stepMs + 1;
  const session = emptySession();
  const asked = { offset: 0, limit: KEPT_ROWS };
  for await (const pack of read()) {
    for (const entry of pack) {
      while (
        boards.length < most &&
        entry.at > startedAt + boards.length * stepMs
      ) {
        boards.push({ ...page(session, asked), seq: session.seq });
      }
      evolve(session, entry);
    }
  }
  return boards;
}

async function play(
  session: Session,
  packs: AsyncIterable<Entry[]>,
  until: number,
): Promise<void> {
  for await (const pack of packs) {
    for (const entry of pack) {
      if (entry.at > until) return;
      evolve(session, entry);
    }
  }
}
