/**
 * When the board moves. Frames come ten times a second; places settle in one
 * batch after another, none interrupted, the newest frame winning, and what has
 * had its time goes.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";
import {
  expire,
  isUnsettled,
  jump,
  nextExpiry,
  type Passing,
  refresh,
  settle,
  type Slot,
} from "./slots.ts";

/** Time and timers, so that tests can have their own. */
export interface Timing {
  now(): number;
  /** Calls once after so many milliseconds; returns how to call it off. */
  after(ms: number, call: () => void): () => void;
}

/** The browser's own. */
export const BROWSER_TIMING: Timing = {
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
  show: (slots: Slot[], passing: Passing | null) => void,
  timing: Timing = BROWSER_TIMING,
): Pacer {
  let slots: Slot[] = [];
  let newest: Row[] = [];
  let busyUntil = -Infinity;
  let callOff = () => {};

  function step() {
    const at = timing.now();
    let passing: Passing | null = null;
    slots = expire(refresh(slots, newest, at), at);
    if (at >= busyUntil && isUnsettled(slots, newest)) {
      ({ slots, until: busyUntil, passing } = settle(slots, newest, at));
    }
    show(slots, passing);
    plan(at);
  }

  function plan(at: number) {
    callOff();
    const due = isUnsettled(slots, newest) ? busyUntil : Infinity;
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
      busyUntil = -Infinity;
      show(slots, null);
      plan(timing.now());
    },
    stop: () => callOff(),
  };
}
