/**
 * What waits for a session: events and commands in one line, so that their
 * order is the order of the ledger.
 *
 * @module
 */
import type { Outcome } from "@/core/desk.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import type { Arrived, Asked, Instant } from "@/core/tick.ts";

/** Above this many waiting events only gifts are let in. */
export const MAX_WAITING = 200_000;

/** A command's key, and the digest of its body. */
export interface Keyed {
  key: string;
  digest: string;
}

/** Somebody who waits for an outcome. */
export interface Ask {
  /** When they asked, by the clock that only runs forward. */
  since: number;
  keyed: Keyed | undefined;
  settle(outcome: Outcome): void;
  fail(error: Error): void;
}

/** What waits. */
export type Item = Arrived | (Asked & { ask: Ask });

/** The line of what waits. */
export interface Inbox {
  size(): number;
  /** When what is first in line happened, Unix ms; undefined where none is. */
  firstAt(): number | undefined;
  /**
   * Puts events at the end; how many were refused because it is full.
   *
   * @param sent Of each event, by the clock that runs forward.
   */
  offer(
    events: LiveEvent[],
    when: Instant,
    sent: (number | null)[] | undefined,
  ): number;
  /** Puts something asked at the end; settles once it is told what became. */
  ask(asked: Asked, since: number, keyed?: Keyed): Promise<Outcome>;
  /** Takes so many from the front. */
  take(count: number): Item[];
  /** How many stand before the first that is asked. */
  beforeAsk(): number;
  /** Puts what was taken back to the front. */
  putBack(items: Item[]): void;
  /** Takes those out who have waited long enough, and tells them why. */
  refuse(isMeant: (ask: Ask) => boolean, why: Error): void;
  /** Throws everything away; whoever asked is told why. */
  empty(why: Error): void;
}

/** An empty line. */
export function createInbox(): Inbox {
  let items: Item[] = [];
  return {
    size: () => items.length,
    firstAt: () => items[0]?.at,
    offer(events, { at, came }, sent) {
      let refused = 0;
      events.forEach((event, i) => {
        if (items.length >= MAX_WAITING && event.type !== "gift") refused++;
        else items.push({ at, came, event, sent: sent?.[i] ?? null });
      });
      return refused;
    },
    ask: (asked, since, keyed) =>
      new Promise((settle, fail) => {
        items.push({ ...asked, ask: { since, keyed, settle, fail } });
      }),
    take: (count) => items.splice(0, count),
    beforeAsk: () => items.findIndex((item) => "ask" in item),
    putBack(taken) {
      items = [...taken, ...items];
    },
    refuse(isMeant, why) {
      const refused: Ask[] = [];
      items = items.filter((item) => {
        if (!("ask" in item) || !isMeant(item.ask)) return true;
        refused.push(item.ask);
        return false;
      });
      for (const ask of refused) ask.fail(why);
    },
    empty(why) {
      const left = items;
      items = [];
      for (const item of left) if ("ask" in item) item.ask.fail(why);
    },
  };
}
