/**
 * The countdown in time: looked at again whenever the next numeral is due, by
 * the server's clock.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Frame } from "@/core/frame.ts";
import {
  CLOSED_MS,
  type CountdownView,
  countdownView,
  untilNext,
} from "./countdown.ts";
import type { Counting } from "./due.ts";

/** What is needed to know the time. */
interface CountingOptions {
  frame: Frame | null;
  /** How far the server's clock is ahead of `performance.now()`, in ms. */
  ahead: number;
  frozenWord: string;
  /** The frame is the first after a time unseen. */
  jumped: boolean;
}

/** What the clock says. */
interface Counted {
  /** Nothing, a numeral, or for a moment the word that it is closed. */
  counting: Counting | null;
  /** The game takes nothing more, by the clock or by the frame. */
  isClosed: boolean;
}

/** What is shown of the countdown to the close, and whether that has come. */
export function useCounting(options: CountingOptions): Counted {
  const view = useView(options.frame, options.ahead);
  const closedNow = useJustClosed(view, options);
  const isClosed = view.type === "closed";
  if (view.type === "numeral") {
    const what = String(view.left);
    return { counting: { kind: "numeral", what }, isClosed };
  }
  const word: Counting = { kind: "word", what: options.frozenWord };
  return { counting: closedNow ? word : null, isClosed };
}

const NOTHING = { phase: "idle", countdownTo: null } as const;

function useView(known: Frame | null, ahead: number): CountdownView {
  const [, lookAgain] = useState(0);
  const frame = known ?? NOTHING;
  const now = performance.now() + ahead;
  useEffect(() => {
    const wait = untilNext(frame.countdownTo, now);
    if (frame.phase !== "closing" || wait === Infinity) return;
    const timer = setTimeout(() => lookAgain((n) => n + 1), Math.ceil(wait));
    return () => clearTimeout(timer);
  });
  return countdownView(frame, now);
}

/** Whether it closed a moment ago, before the eyes of the audience. */
function useJustClosed(
  view: CountdownView,
  { frame, jumped }: CountingOptions,
): boolean {
  const before = useRef<CountdownView["type"] | null>(null);
  const lastFrame = useRef<Frame | null>(null);
  const until = useRef(-Infinity);
  const [, lookAgain] = useState(0);
  if (before.current !== view.type) {
    const byClock = frame === lastFrame.current;
    const seen = before.current !== null && (byClock || !jumped);
    until.current = view.type === "closed" && seen
      ? performance.now() + CLOSED_MS
      : -Infinity;
    before.current = view.type;
  }
  lastFrame.current = frame;
  useEffect(() => {
    const wait = until.current - performance.now();
    if (wait <= 0) return;
    const timer = setTimeout(() => lookAgain((n) => n + 1), wait + 1);
    return () => clearTimeout(timer);
  }, [view.type]);
  return until.current > performance.now();
}
