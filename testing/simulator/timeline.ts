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

/** Something that may change which session runs, while it is asked for. */
interface Change {
  type: Command["type"];
  from: number;
  /** For ever while there is no answer. */
  to: number;
}

/** A time in which no session runs, or only for the moment between two. */
interface Pause {
  from: number;
  to: number;
  /** Who ended one session and began the next; null where that were several. */
  by: Process | null;
}

/** The sessions of an evening, one after the other. */
export class Timeline {
  readonly #changes: Change[] = [];

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
    let running: string | null = null;
    for (const written of this.history) {
      if (written.at > moment) break;
      running = after(written, running);
    }
    return running;
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
    const isEnding = this.#changes.some(({ type, from: asked, to: answered }) =>
      type !== "newSession" && type !== "continueSession" &&
      asked <= to && answered >= from
    );
    return !isEnding &&
      this.#pauses().every((pause) =>
        pause.from > to || pause.to < from ||
        (pause.by === by && this.#isAsked(pause))
      );
  }

  /** Whether it lies in the time in which one session was to follow another. */
  #isAsked({ from, to }: Pause): boolean {
    return this.#changes.some((change) =>
      (change.type === "newSession" || change.type === "continueSession") &&
      change.from <= from && change.to >= to
    );
  }

  #pauses(): Pause[] {
    const pauses: Pause[] = [];
    let running: string | null = null;
    let [from, by]: [number, Process | null] = [-Infinity, null];
    for (const written of this.history) {
      const now = after(written, running);
      if (running !== null && now === null) {
        [from, by] = [written.at, written.by];
      }
      if (running === null && now !== null) {
        pauses.push({
          from,
          to: written.at,
          by: by === written.by ? by : null,
        });
      }
      running = now;
    }
    if (running === null) pauses.push({ from, to: Infinity, by: null });
    return pauses;
  }
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
    (entry.type === "undone" && entry.step === "ended");
}

function ends(entry: Entry): boolean {
  return entry.type === "ended" ||
    (entry.type === "redone" && entry.step === "ended");
}
