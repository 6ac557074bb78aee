/**
 * Which session surely ran when: between what the host asked for, what the
 * ledgers say last.
 *
 * @module
 */
import type { Command } from "@/core/shapes/commands.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { Written } from "./disk.ts";
import type { Process } from "./world.ts";

/** What a message may be off by where a session begins or ends, in ms. */
const FAVOUR_MS = 2_500;
/** The same, less what a message takes that is not late: surely no stranger. */
const SURE_MS = 1_500;

/** How long what came waits for a session that could not begin, less some ms. */
const HELD_MS = 55_000;

/** Something that may change which session runs, while it is asked for. */
interface Change {
  type: Command["type"];
  from: number;
  /** For ever while there is no answer. */
  to: number;
}

/** A time in which one session runs, or none. */
interface Span {
  from: number;
  to: number;
  sessionId: string | null;
  /** Who wrote its beginning and its end; null where that were two. */
  by: Process | null;
  /** It was to be no end: it has been taken back. */
  isTakenBack: boolean;
}

/** The sessions of an evening, one after the other. */
export class Timeline {
  readonly #changes: Change[] = [];
  /** What is known of a history of that length. */
  #known: { length: number; spans: Span[] } = { length: -1, spans: [] };

  constructor(readonly history: Written[]) {}

  /** Something about sessions is asked for; its end is to be set. */
  begin(type: Command["type"], from: number): Change {
    const change = { type, from, to: Infinity };
    this.#changes.push(change);
    return change;
  }

  /** What ran at a moment; null for surely none, unsure close to a change. */
  at(moment: number): string | null | "unsure" {
    if (!this.isSame(moment, moment)) return "unsure";
    const span = this.#spans().find(({ to }) => to > moment)!;
    return span.isTakenBack ? "unsure" : span.sessionId;
  }

  /** Whether nothing changed from one moment to another, or close to them. */
  isSame(from: number, to: number): boolean {
    return this.#changes.every((change) =>
      change.to + FAVOUR_MS < from || change.from - FAVOUR_MS > to
    );
  }

  /**
   * Whether some session had to take what a process was given: none was ended
   * but to begin the next, and that by the process itself, in the whole time
   * from when it was sent.
   */
  somebodyRan(sent: number, given: number, by: Process): boolean {
    if (given - sent > SURE_MS) return false;
    const from = sent - SURE_MS;
    const to = given + SURE_MS;
    return !this.#isEnding(from, to) &&
      this.#spans().every((span) =>
        span.sessionId !== null || span.from > to || span.to < from ||
        (span.by === by && this.#isAsked(span))
      );
  }

  /** Whether it lies in the time in which one session was to follow another. */
  #isAsked({ from, to }: Span): boolean {
    const isFollowed = this.#changes.some((change) =>
      follows(change) && change.from <= from && change.to >= to
    );
    return isFollowed && to - from < HELD_MS && !this.#isEnding(from, from);
  }

  /** Whether a session may have been ended for its own sake about then. */
  #isEnding(from: number, to: number): boolean {
    return this.#changes.some((change) =>
      !follows(change) && change.from - FAVOUR_MS <= to &&
      change.to + FAVOUR_MS >= from
    );
  }

  /** All of the evening, in order. */
  #spans(): Span[] {
    if (this.#known.length === this.history.length) return this.#known.spans;
    const spans: Span[] = [];
    let now: Span = spanOf(null, -Infinity, null);
    for (const written of this.history) {
      const { entry, at, by } = written;
      const next = after(written, now.sessionId);
      if (next === now.sessionId) continue;
      const isTakenBack = now.sessionId === null && isBack(entry);
      spans.push({
        ...{ ...now, to: at, isTakenBack },
        by: now.by === by ? by : null,
      });
      now = spanOf(next, at, by);
    }
    spans.push({ ...now, by: null });
    this.#known = { length: this.history.length, spans };
    return spans;
  }
}

function spanOf(
  sessionId: string | null,
  from: number,
  by: Process | null,
): Span {
  return { sessionId, from, to: Infinity, by, isTakenBack: false };
}

/** Whether one session was asked to follow another. */
function follows({ type }: Change): boolean {
  return type === "newSession" || type === "continueSession";
}

/** Which session runs after an entry. */
function after(
  { sessionId, entry }: Written,
  running: string | null,
): string | null {
  if (begins(entry)) return sessionId;
  return ends(entry) && running === sessionId ? null : running;
}

function begins(entry: Entry): boolean {
  return entry.type === "started" || entry.type === "continued" ||
    isBack(entry);
}

/** Whether an end is taken back. */
function isBack(entry: Entry): boolean {
  return entry.type === "undone" && entry.step === "ended";
}

function ends(entry: Entry): boolean {
  return entry.type === "ended" ||
    (entry.type === "redone" && entry.step === "ended");
}
