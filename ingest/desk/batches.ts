/**
 * What is written down of a tick beside its entries: comments to be stored, the
 * answers to keep, the session's line, and what a live board should hold.
 *
 * @module
 */
import type { Outcome } from "@/core/desk.ts";
import type { Answer, Batch, Live, SessionInfo } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { marksOf } from "@/core/board.ts";
import { standingOf } from "@/core/tallies.ts";
import type { Keyed } from "./inbox.ts";
import type { Pace } from "./pace.ts";

/** Entries that change the session's line in the list. */
const CHANGES_INFO = new Set<Entry["type"]>([
  "started",
  "ended",
  "continued",
  "undone",
  "redone",
]);

/** What batches are made of. */
interface Source {
  session: Session;
  /** Where the store has a live board. */
  live: Live | undefined;
  /** The writer's. */
  name: string;
  /** The session's line in the list. */
  info(): SessionInfo;
  pace: Pace;
}

/** What a tick has made that is to be written. */
interface Made {
  /** Seq of the last entry before it. */
  after: number;
  entries: Entry[];
  answers: Batch["answers"];
  /** The line goes along in any case: the store is being tried. */
  isTried: boolean;
}

/** Makes the batches of one session. */
export interface Batches {
  of(made: Made): Batch;
  /** Comments that still wait to be stored; null where none does. */
  rest(): Batch | null;
  /** Whether a board that others read is to be written anew. */
  isWanted(): boolean;
}

/** Takes from the session what is to be written of it. */
export function createBatches(
  { session, live, name, info, pace }: Source,
): Batches {
  const plain = (after: number): Batch => ({
    sessionId: session.id,
    ...{ writer: name, after, entries: [], comments: [], answers: [] },
  });

  /** Takes comments to be stored, those first that have waited longest. */
  function changedComments(): Batch["comments"] {
    const comments: Batch["comments"] = [];
    for (const [row, seq] of session.changed) {
      if (comments.length === pace.comments) break;
      comments.push({ seq, row: { ...row } });
      session.changed.delete(row);
    }
    return comments;
  }

  return {
    of({ after, entries, answers, isTried }) {
      const isCalm = entries.length <= pace.calm || live !== undefined;
      const comments = isCalm ? changedComments() : [];
      const batch = { ...plain(after), entries, comments, answers };
      if (!live && session.changed.size === 0) batch.allComments = true;
      if (live) putBoard(session, batch, live);
      const changesInfo = entries.some(({ type }) => CHANGES_INFO.has(type));
      if (changesInfo || isTried) batch.info = info();
      return batch;
    },
    rest() {
      if (session.changed.size === 0) return null;
      const batch = { ...plain(session.seq), comments: changedComments() };
      if (live) putBoard(session, batch, live);
      return batch;
    },
    isWanted: () => live?.wants(session.id) === "whole" && session.seq > 0,
  };
}

/** Adds what the live board should hold after a batch. */
function putBoard(session: Session, batch: Batch, live: Live) {
  const touched = session.touched!;
  const wants = live.wants(session.id);
  const marks = marksOf(session);
  const isWhole = wants === "whole" ||
    (wants === "changed" && session.isRedrawn);
  if (isWhole) {
    batch.anew = {
      standings: Array.from(
        session.tallies.values(),
        (tally) => standingOf(tally, true, marks(tally)),
      ),
      comments: session.feed.map((row) => ({ ...row })),
    };
  } else if (wants === "changed") {
    batch.standings = Array.from(
      touched,
      ([tally, isNew]) => standingOf(tally, isNew, marks(tally)),
    );
  }
  touched.clear();
  session.isRedrawn = false;
}

/** Whether there is nothing to write down. */
export function isEmpty({ entries, anew, info }: Batch): boolean {
  return entries.length === 0 && !anew && !info;
}

/** The answer of a command that was recorded, as it is kept. */
export function answerOf(keyed: Keyed, outcome: Outcome): Answer {
  return { ...keyed, status: 200, body: outcome };
}
