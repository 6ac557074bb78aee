/**
 * The countdown to the close: one large numeral a second by the server's
 * clock, the last one amber, then for a moment the word that it is closed.
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
import { useLeaving } from "./use_leaving.ts";

const LEAVE_MS = 200;

/** The newest frame and how far the server's clock is ahead, in ms. */
export interface CountdownProps {
  frame: Frame;
  ahead: number;
  frozenWord: string;
  /** The frame is the first after a time unseen. */
  jumped: boolean;
}

/** Nothing, a numeral, or the word. */
export function Countdown(
  { frame, ahead, frozenWord, jumped }: CountdownProps,
) {
  const view = useView(frame, ahead);
  const closedNow = useJustClosed(view, jumped);
  const what = view.type === "numeral"
    ? String(view.left)
    : closedNow
    ? frozenWord
    : null;
  const kind = view.type === "numeral" ? "numeral" : "word";
  const { shown, leaving } = useLeaving(
    what === null ? null : { kind, what },
    (each) => each.kind,
    LEAVE_MS,
  );
  if (!shown) return null;
  return (
    <div
      class="countdown"
      data-kind={shown.kind}
      data-last={shown.what === "1" || undefined}
      data-leaving={leaving || undefined}
    >
      <div class="countdown-plate" />
      <span class="countdown-text" key={shown.what}>{shown.what}</span>
    </div>
  );
}

/** The view now, looked at again whenever the next numeral is due. */
function useView(frame: Frame, ahead: number): CountdownView {
  const [, lookAgain] = useState(0);
  const now = Date.now() + ahead;
  useEffect(() => {
    const wait = untilNext(frame.countdownTo, now);
    if (frame.phase !== "closing" || wait === Infinity) return;
    const timer = setTimeout(() => lookAgain((n) => n + 1), Math.ceil(wait));
    return () => clearTimeout(timer);
  });
  return countdownView(frame, now);
}

/** Whether it closed a moment ago, before the eyes of the audience. */
function useJustClosed(view: CountdownView, jumped: boolean): boolean {
  const before = useRef<CountdownView["type"] | null>(null);
  const until = useRef(0);
  const [, lookAgain] = useState(0);
  if (before.current !== view.type) {
    const seen = before.current !== null && !jumped;
    until.current = view.type === "closed" && seen ? Date.now() + CLOSED_MS : 0;
    before.current = view.type;
  }
  useEffect(() => {
    const wait = until.current - Date.now();
    if (wait <= 0) return;
    const timer = setTimeout(() => lookAgain((n) => n + 1), wait + 1);
    return () => clearTimeout(timer);
  }, [view.type]);
  return until.current > Date.now();
}
