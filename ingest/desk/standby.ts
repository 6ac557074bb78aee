/**
 * Standing by: a process that may have to lead follows the one that does. Every
 * second it copies what the running session has more into its own archive, and
 * plays it along in memory, so that it can go on at once with an evening of any
 * size. What the other one has deleted it deletes as well. It writes nothing
 * that anybody else reads.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type { Live, Store } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import { whyOf } from "@/core/why.ts";
import { loadSession } from "../past/shelf.ts";

/** How often it is looked for more, in ms. */
const FOLLOW_MS = 1_000;

/** What standing by needs. */
interface StandbyOptions {
  store: Store;
  live: Live;
  clock: Clock;
  /** Whether this process stands by now. */
  standsBy(): boolean;
  /** The session that runs elsewhere; null where none does. */
  running(): Promise<string | null>;
  /** A session was deleted here because it was elsewhere. */
  onCleared(sessionId: string): void;
  /** Keeps a step apart from taking up and giving up. */
  inTurn(work: () => Promise<void>): Promise<void>;
  log(line: string): void;
}

/** A process that follows while another leads. */
export interface Standby {
  /** Takes the session out as far as it was followed; null if it was not. */
  take(id: string): Session | null;
  close(): void;
}

/** Follows, whenever this process stands by, until it is closed. */
export function openStandby(options: StandbyOptions): Standby {
  const { store, live, clock, log } = options;
  let followed: Session | null = null;
  let closed = false;
  let said = "";

  /** Says something once, not every second. */
  function say(line: string) {
    if (line !== said) log(line);
    said = line;
  }

  function take(id: string): Session | null {
    if (followed?.id !== id) return null;
    const session = followed;
    followed = null;
    return session;
  }

  /** Goes a part of the way; whether there is more of it. */
  async function step(): Promise<boolean> {
    const id = options.standsBy() ? await options.running() : null;
    if (followed?.id !== id) followed = null;
    if (!options.standsBy()) return false;
    const { cleared, more } = await live.clear();
    for (const each of cleared) {
      if (followed?.id === each) followed = null;
      options.onCleared(each);
    }
    if (id === null) return more;
    const state = await live.follow(id);
    if (state === "more") return true;
    if (state === "apart") {
      followed = null;
      say(
        `What this machine has of "${id}" is not what runs; it is set aside when this process leads`,
      );
      return more;
    }
    // Half-played if anything fails, so it is taken out meanwhile.
    followed = await loadSession(store, id, take(id));
    if (followed) say(`Follows "${id}", ready to go on with it`);
    return more;
  }

  async function round() {
    let more = false;
    try {
      await options.inTurn(async () => {
        more = await step();
      });
    } catch (error) {
      // Redis is away, or this disk is full; the next second may be better.
      const why = whyOf(error);
      say(`Cannot follow the session that runs: ${why}`);
    }
    if (closed) return;
    stop = callAfter(clock, more ? 0 : FOLLOW_MS, round);
  }

  let stop = callAfter(clock, 0, round);
  return {
    take,
    close() {
      closed = true;
      stop();
    },
  };
}
