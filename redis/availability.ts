/**
 * How this process stands with Redis: whether it may be used, what it did not
 * take, and which sessions it has less of than the archive.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import { createListeners } from "@/core/listeners.ts";
import type { Answer, LiveHealth, SessionInfo } from "@/core/ports.ts";
import { whyOf } from "@/core/why.ts";
import { RedisAwayError, type RedisLink } from "./link.ts";

/** How long Redis is left alone after it took something amiss, in ms. */
const AGAIN_MS = 1_000;

/** Sessions by what is to be done about them. */
export interface Sessions {
  /** The archive has more than Redis, or may have. */
  behind: Set<string>;
  /** The board is to be written anew. */
  whole: Set<string>;
  /** Deleted elsewhere, and perhaps written anew since. */
  anew: Set<string>;
  /** Written here, and kept as long as this process lives. */
  running: Set<string>;
}

/** What Redis does not have yet. */
export interface Unsent {
  lines: Map<string, SessionInfo>;
  answers: Map<string, Answer>;
}

/** How this process stands with Redis. */
export interface Availability {
  readonly sessions: Sessions;
  readonly unsent: Unsent;
  /** What is written with; 0 while this process does not lead. */
  token(): number;
  setToken(token: number): void;
  /** Leads without ever having been given a token. */
  isAlone(): boolean;
  setAlone(alone: boolean): void;
  /** Nothing is written to Redis, and nothing believed of it, while alone. */
  mayUse(): boolean;
  /** Whether Redis is there and took what it was last given. */
  isUsable(): boolean;
  /** Goes on without Redis for a moment. */
  fail(error: unknown): void;
  /** It has taken what it was given. */
  succeed(): void;
  /** What Redis has, or `otherwise` while it is away. */
  ask<T>(ask: () => Promise<T>, otherwise: T): Promise<T>;
  /** Does what nobody waits for, one thing after the other. */
  beside(work: () => Promise<void>): void;
  health(): Pick<LiveHealth, "state" | "detail">;
  tell(): void;
  watch(listener: () => void): () => void;
  /** Resolves when all that nobody waits for is done. */
  close(): Promise<void>;
}

/** Nothing is known of Redis yet. */
export function createAvailability(
  link: RedisLink,
  clock: Clock,
): Availability {
  const sessions: Sessions = {
    ...{ behind: new Set(), whole: new Set() },
    ...{ anew: new Set(), running: new Set() },
  };
  const listeners = createListeners();
  const tell = () => listeners.tell();
  let token = 0;
  let alone = false;
  /** Why Redis did not take what it was given, though it is there. */
  let failing: string | null = null;
  let usableAt = -Infinity;
  let callOff = () => {};
  let background = Promise.resolve();
  const mayUse = () => link.isUp() && !alone;

  return {
    sessions,
    unsent: { lines: new Map(), answers: new Map() },
    token: () => token,
    setToken(next) {
      token = next;
    },
    isAlone: () => alone,
    setAlone(is) {
      alone = is;
    },
    mayUse,
    isUsable: () => mayUse() && clock.elapsed() >= usableAt,
    fail(error) {
      if (!(error instanceof RedisAwayError)) {
        failing = whyOf(error);
        usableAt = clock.elapsed() + AGAIN_MS;
        callOff();
        callOff = callAfter(clock, AGAIN_MS, tell);
      }
      tell();
    },
    succeed() {
      failing = null;
      tell();
    },
    async ask(ask, otherwise) {
      if (!mayUse()) return otherwise;
      try {
        return await ask();
      } catch (error) {
        reportAway(error);
        return otherwise;
      }
    },
    beside(work) {
      background = background.then(work).catch(reportAway);
    },
    health: () => healthOf(link, sessions, failing),
    tell,
    watch: listeners.watch,
    async close() {
      callOff();
      listeners.clear();
      await background;
    },
  };
}

function healthOf(
  link: RedisLink,
  { running, behind }: Sessions,
  failing: string | null,
): Pick<LiveHealth, "state" | "detail"> {
  const { state, detail } = link.health();
  if (!link.isUp()) {
    return {
      state,
      detail: running.size > 0
        ? `${detail}. What happens is kept in the data folder until then`
        : detail,
    };
  }
  if (failing !== null) {
    return { state: "failing", detail: `Redis says no: ${failing}` };
  }
  if (behind.size > 0) {
    return {
      state: "behind",
      detail: "Redis was away and is being brought up to date",
    };
  }
  return { state, detail };
}

/** Errors of a Redis that is away are in its health already. */
export function reportAway(error: unknown): void {
  if (!(error instanceof RedisAwayError)) throw error;
}
