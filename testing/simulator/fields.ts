/**
 * What a session's fields are: each is what the last entry made it that was not
 * taken back.
 *
 * @module
 */
import type { Rates } from "@/core/shapes/rates.ts";

/** Where a game stands. */
export interface Phase {
  phase: "open" | "closing" | "frozen" | "ended";
  /** Unix ms, of a countdown. */
  closesAt?: number | undefined;
  /** Before that. */
  was: Phase["phase"];
}

/** The fields of one session. */
export class Fields {
  readonly #set = new Map<string, { seq: number; value: unknown }[]>();
  readonly #takenBack = new Set<number>();

  constructor(rates: Rates) {
    const phase: Phase = { phase: "open", was: "open" };
    this.set("phase", 0, phase);
    this.set("rates", 0, rates);
  }

  /** The entry of that seq sets a field. */
  set(field: string, seq: number, value: unknown) {
    this.#set.set(field, [...this.#set.get(field) ?? [], { seq, value }]);
  }

  /** The entry of that seq is taken back. */
  leaveOut(seq: number) {
    this.#takenBack.add(seq);
  }

  /** It counts again. */
  takeIn(seq: number) {
    this.#takenBack.delete(seq);
  }

  phase(): Phase {
    return this.#now("phase") as Phase;
  }

  rates(): Rates {
    return this.#now("rates") as Rates;
  }

  /** Whether a viewer is what a field of that name says. */
  is(name: string, viewerId: string): boolean {
    return this.#now(`${name} ${viewerId}`) === true;
  }

  #now(field: string): unknown {
    return this.#set.get(field)?.findLast(({ seq }) =>
      !this.#takenBack.has(seq)
    )?.value;
  }
}
