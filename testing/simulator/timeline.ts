/**
 * Which session surely ran when: between what the host asked for, what the
 * ledgers say last.
 *
 * @module
 */
import type { Written } from "./disk.ts";

/** What a message may be off by where a session begins or ends, in ms. */
const FAVOUR_MS = 2_500;

/** The sessions of an evening, one after the other. */
export class Timeline {
  /** From when to when something was asked for; for ever while it is. */
  readonly #asked: { from: number; to: number }[] = [];

  constructor(readonly history: Written[]) {}

  /** Something about sessions is asked for now; what is given back ends it. */
  begin(now: () => number): () => void {
    const asked = { from: now(), to: Infinity };
    this.#asked.push(asked);
    return () => asked.to = now();
  }

  /** What ran at a moment; null for surely none, unsure close to a change. */
  at(moment: number): string | null | "unsure" {
    if (!this.isSame(moment, moment)) return "unsure";
    let running: string | null = null;
    for (const { sessionId, entry, at } of this.history) {
      if (at > moment) break;
      if (entry.type === "started" || entry.type === "continued") {
        running = sessionId;
      } else if (entry.type === "ended" && running === sessionId) {
        running = null;
      }
    }
    return running;
  }

  /** Whether nothing changed from one moment to another, or close to them. */
  isSame(from: number, to: number): boolean {
    return this.#asked.every((asked) =>
      asked.to + FAVOUR_MS < from || asked.from - FAVOUR_MS > to
    );
  }
}
