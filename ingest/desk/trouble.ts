/**
 * A store that cannot write: how long one tries, and how long a command waits.
 *
 * @module
 */
import { AwayError } from "@/core/desk.ts";
import type { Ask } from "./inbox.ts";

/** Waits between tries while the store cannot write, in ms. */
const RETRY_MS = [50, 200, 1_000];

/** How long to wait after so many tries that failed, in ms. */
export function retryAfter(tries: number): number {
  return RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]!;
}

/** A command has waited too long for a store that cannot write. */
export class ImpatientError extends Error {
  override name = "ImpatientError";
}

/** What is told to whoever asked for something that was not written. */
export function notDone(why: string): AwayError {
  return new AwayError(`Nothing was done. ${why}`);
}

/** Whether the store could not write lately, and who is told of it. */
export interface Trouble {
  is(): boolean;
  /** It could not. */
  begin(why: string): void;
  /** It can again. */
  end(): void;
  /** Who has waited long enough at this moment. */
  isImpatient(ask: Ask): boolean;
}

/**
 * @param elapsed The clock that only runs forward, ms.
 * @param tell Takes why it cannot write, or null once it can.
 */
export function createTrouble(
  elapsed: () => number,
  patienceMs: number,
  tell: (reason: string | null) => void,
): Trouble {
  let is = false;
  return {
    is: () => is,
    begin(why) {
      is = true;
      tell(why);
    },
    end() {
      if (is) tell(null);
      is = false;
    },
    isImpatient: ({ since }) => elapsed() - since >= patienceMs,
  };
}
