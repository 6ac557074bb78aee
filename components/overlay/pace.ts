/**
 * When the board moves. Frames come ten times a second; places settle at most
 * every `SETTLE_MS`, the newest frame winning, and what has had its time goes.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";
import {
  expire,
  isUnsettled,
  jump,
  nextExpiry,
  refresh,
  settle,
  type Slot,
} from "./slots.ts";

/** Least time between two rounds of moves: about three a second. */
export const SETTLE_MS = 320;

/** Time and timers, so that tests can have their own. */
export interface Timing {
  now(): number;
  /** Calls once after so many milliseconds; returns how to call it off. */
  after(ms: number, call: () => void): () => void;
}

/** The browser's own. */
const BROWSER_TIMING: Timing = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Takes frames' rows and shows slots in their own time. */
interface Pacer {
  take(rows: Row[]): void;
  /** Shows these rows at once, nothing moving. */
  jump(rows: Row[]): void;
  stop(): void;
}

/** Makes a pacer that calls `show` whenever the screen should change. */
export function createPacer(
  show: (slots: Slot[]) => void,
  timing: Timing = BROWSER_TIMING,
): Pacer {
  let slots: Slot[] = [];
  let newest: Row[] = [];
  let settledAt = -Infinity;
  let callOff = () => {};

  function step() {
    const at = timing.now();
    let next = expire(refresh(slots, newest, at), at);
    if (isUnsettled(next, newest) && at - settledAt >= SETTLE_MS) {
      next = settle(next, newest, at);
      settledAt = at;
    }
    slots = next;
    show(slots);
    plan(at);
  }

  function plan(at: number) {
    callOff();
    const due = isUnsettled(slots, newest) ? settledAt + SETTLE_MS : Infinity;
    const next = Math.min(due, nextExpiry(slots));
    if (next !== Infinity) {
      callOff = timing.after(Math.max(1, Math.ceil(next - at)), step);
    }
  }

  return {
    take(rows) {
      newest = rows;
      step();
    },
    jump(rows) {
      newest = rows;
      slots = jump(slots, rows);
      settledAt = timing.now();
      show(slots);
      plan(settledAt);
    },
    stop: () => callOff(),
  };
}
