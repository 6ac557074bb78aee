/**
 * Where live events wait while one session follows another: the one that ended
 * takes them no more, and the next one is not there yet. They keep the moment
 * they arrived at.
 *
 * @module
 */
import type { LiveEvent } from "@/core/shapes/events.ts";
import type { Instant } from "@/core/tick.ts";
import { MAX_WAITING } from "./inbox.ts";
import type { Came } from "./writer.ts";

/** Events that have arrived together, and when. */
export interface Arrived extends Came {
  events: LiveEvent[];
}

/** Lets events through, or has them wait. */
interface WaitingRoom {
  /** Hands events on, or keeps them; how many found no room. */
  take(arrived: Arrived): number;
  /** Keeps what arrives until the work is done or has failed. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * A waiting room that is open.
 *
 * @param pass Takes events at once; how many were refused. At most as many
 * wait as a writer's inbox holds; gifts always may.
 */
export function createWaitingRoom(
  pass: (arrived: Arrived) => number,
  moment: () => Instant,
): WaitingRoom {
  let waiting: Arrived[] | null = null;
  let count = 0;

  function keep(arrived: Arrived): number {
    const { events, sent } = arrived;
    const isFull = count >= MAX_WAITING;
    const allowed = [...events.keys()].filter((i) =>
      !isFull || events[i]!.type === "gift"
    );
    count += allowed.length;
    waiting!.push({
      ...moment(),
      events: allowed.map((i) => events[i]!),
      sent: sent && allowed.map((i) => sent[i]!),
    });
    return events.length - allowed.length;
  }

  function open() {
    const kept = waiting ?? [];
    waiting = null;
    count = 0;
    for (const arrived of kept) pass(arrived);
  }

  return {
    take: (arrived) => waiting ? keep(arrived) : pass(arrived),
    async during(work) {
      waiting ??= [];
      try {
        return await work();
      } finally {
        open();
      }
    },
  };
}
