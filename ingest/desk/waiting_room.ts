/**
 * Where live events wait while one session follows another: the one that ended
 * takes them no more, and the next one is not there yet. They keep the moment
 * they arrived at. Where the next one could not begin they wait on for a while,
 * since whoever pressed will press again.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import type { Instant } from "@/core/tick.ts";
import { MAX_WAITING } from "./inbox.ts";
import type { Came } from "./writer.ts";

/** How long after a press its session may still begin with it, in ms. */
const HELD_MS = 60_000;

/** Events that have arrived together, and when. */
export interface Arrived extends Came {
  events: LiveEvent[];
}

/** The same with the moment it arrived at. */
type Kept = Arrived & Instant;

/** The moment at which it was asked that a session follows. */
export interface Press extends Instant {
  /** The same on TikTok's clock, Unix ms; null where it is not known. */
  tiktokAt: number | null;
}

/** What a waiting room needs. */
interface WaitingRoomOptions {
  clock: Clock;
  /** Takes events at once; how many were refused. */
  pass(arrived: Arrived): number;
  /** This moment. */
  press(): Press;
  /** Whether a session takes events now. */
  isTaken(): boolean;
}

/** Lets events through, or has them wait. */
interface WaitingRoom {
  /** Hands events on, or keeps them; how many found no room. */
  take(arrived: Arrived): number;
  /** Keeps what arrives until the work is done or has failed. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /**
   * The same while a session is to follow. Where the one before has ended and
   * none begins, they wait until one does, a minute at most; the next one begins
   * with the press that they came after.
   */
  between<T>(work: (press: Press) => Promise<T>): Promise<T>;
  /**
   * When the oldest came of what was not handed on yet, in ms that only run
   * forward; null where nothing waits.
   */
  since(): number | null;
  /** Forgets what waits, and the press that it came after: another leads. */
  forget(): void;
}

/**
 * A waiting room that is open. At most as many wait as a writer's inbox holds;
 * gifts always may.
 */
export function createWaitingRoom(
  { clock, pass, press: pressNow, isTaken }: WaitingRoomOptions,
): WaitingRoom {
  let waiting: Kept[] | null = null;
  let count = 0;
  /** A press whose session has not begun, and what ends the wait for it. */
  let held: { press: Press; callOff(): void } | null = null;
  /** The same as `since()`, while what waited is handed on. */
  let leavingSince: number | null = null;

  function keep(arrived: Arrived): number {
    const { events, sent } = arrived;
    const isFull = count >= MAX_WAITING;
    const allowed = [...events.keys()].filter((i) =>
      !isFull || events[i]!.type === "gift"
    );
    count += allowed.length;
    const { at, came } = pressNow();
    waiting!.push({
      ...{ at, came },
      events: allowed.map((i) => events[i]!),
      sent: sent && allowed.map((i) => sent[i]!),
    });
    return events.length - allowed.length;
  }

  function open() {
    const kept = waiting ?? [];
    waiting = null;
    held = null;
    count = 0;
    for (const [i, arrived] of kept.entries()) {
      leavingSince = kept[i + 1]?.came ?? null;
      pass(arrived);
    }
  }

  /** Lets in what was held, where a session has begun to take it. */
  function letIn() {
    if (!held || !isTaken()) return;
    held.callOff();
    open();
  }

  /** Has it wait on; false where that was long enough. */
  function hold(press: Press): boolean {
    const ms = press.came + HELD_MS - clock.elapsed();
    if (ms > 0) held = { press, callOff: callAfter(clock, ms, open) };
    return ms > 0;
  }

  return {
    take(arrived) {
      letIn();
      return waiting ? keep(arrived) : pass(arrived);
    },
    async during(work) {
      waiting ??= [];
      try {
        return await work();
      } finally {
        open();
      }
    },
    async between(work) {
      letIn();
      const isOwed = held !== null || isTaken();
      const press = held?.press ?? pressNow();
      held?.callOff();
      held = null;
      waiting ??= [];
      try {
        return await work(press);
      } finally {
        if (isTaken() || !isOwed || !hold(press)) open();
      }
    },
    since: () => waiting?.[0]?.came ?? leavingSince,
    forget() {
      held?.callOff();
      held = waiting = null;
      count = 0;
    },
  };
}
