/**
 * The line above the board: its title, or a boost in the title's place; and at
 * the right how the game stands, or the clock.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Frame } from "@/core/frame.ts";
import type { Texts } from "@/locales/mod.ts";
import { clockText, type Left, leftAt, untilNextSecond } from "./clock.ts";
import { pointsText } from "./counting.ts";
import { filled } from "./words.ts";

/** The words of the overlay. */
type Words = Texts["overlay"];

/** How long it is said that time was added. */
const OVERTIME_MS = 2000;
/** From how many seconds on a clock is urgent. */
const LAST = 60;

/** What is needed to draw it. */
interface HeaderProps {
  frame: Frame;
  /** Above the board; empty for none. */
  title: string;
  /** Clock and boost are wanted. */
  clock: boolean;
  /** Seconds to the close, or null. */
  closingIn: string | null;
  isClosed: boolean;
  /** How far the server's clock is ahead of `performance.now()`, in ms. */
  ahead: number;
  /** The frame is the first after a time unseen. */
  jumped: boolean;
  words: Words;
}

/** What stands at the right: which kind it is, and its words. */
interface State {
  kind: "closing" | "frozen" | "paused" | "overtime" | "clock" | "last";
  text: string;
}

/** A title and a state, each where there is one. */
export default function Header(props: HeaderProps) {
  const { frame, ahead, clock, words } = props;
  const left = useLeft(frame, ahead);
  const added = useOvertime(frame, props.jumped);
  const boost = clock && left.boost !== null ? frame.boost : null;
  const title = boost
    ? `×${boost.times} ${words.boosts[boost.of]} ${
      filled(words.seconds, left.boost!)
    }`
    : [props.title, ...(clock ? aboutRound(frame, words) : [])]
      .filter((each) => each !== "").join(" · ");
  const state = stateOf(props, left, added);
  return (
    <header class="head">
      {title && (
        <bdi class="board-title" data-boost={boost !== null || undefined}>
          {title}
        </bdi>
      )}
      {state && (
        <span class="head-clock" key={state.kind} data-state={state.kind}>
          {state.text}
        </span>
      )}
    </header>
  );
}

/** Which round it is and what wins it, as far as that is said. */
function aboutRound({ round, series }: Frame, words: Words): string[] {
  if (!round) return [];
  const number = filled(words.round, round.number);
  const of = series ? ` ${filled(words.bestOf, series.bestOf)}` : "";
  const target = round.target === null
    ? []
    : [filled(words.firstTo, pointsText(round.target))];
  return [number + of, ...target];
}

/** One thing at a time: the close before a pause, added time before the clock. */
function stateOf(
  { frame, clock, closingIn, isClosed, words }: HeaderProps,
  left: Left,
  added: number | null,
): State | null {
  if (closingIn !== null) {
    return { kind: "closing", text: filled(words.closingIn, closingIn) };
  }
  if (isClosed) return { kind: "frozen", text: words.frozen };
  const time = clock && left.round !== null ? clockText(left.round) : null;
  if (frame.phase === "paused") {
    const text = time === null ? words.paused : `${words.paused} ${time}`;
    return { kind: "paused", text };
  }
  if (time === null) return null;
  if (added !== null) {
    const text = filled(words.overtimeBy, added);
    return { kind: "overtime", text };
  }
  return { kind: left.round! <= LAST ? "last" : "clock", text: time };
}

/** Looks again whenever another second should stand there. */
function useLeft(frame: Frame, ahead: number): Left {
  const [, lookAgain] = useState(0);
  const now = performance.now() + ahead;
  useEffect(() => {
    const wait = untilNextSecond(frame, now);
    if (wait === Infinity) return;
    const timer = setTimeout(() => lookAgain((n) => n + 1), Math.ceil(wait));
    return () => clearTimeout(timer);
  });
  return leftAt(frame, now);
}

/** Seconds that were added a moment ago, before the eyes of the audience. */
function useOvertime({ round }: Frame, jumped: boolean): number | null {
  const before = useRef(round);
  const shown = useRef({ seconds: 0, until: -Infinity });
  const [, lookAgain] = useState(0);
  const was = before.current;
  if (was !== round) {
    before.current = round;
    const isMore = !jumped && was?.number === round?.number &&
      (round?.overtime ?? 0) > (was?.overtime ?? 0);
    const seconds = isMore
      ? Math.round(((round?.endsAt ?? 0) - (was?.endsAt ?? 0)) / 1000)
      : 0;
    if (seconds > 0) {
      shown.current = { seconds, until: performance.now() + OVERTIME_MS };
    }
  }
  useEffect(() => {
    const wait = shown.current.until - performance.now();
    if (wait <= 0) return;
    const timer = setTimeout(() => lookAgain((n) => n + 1), wait + 1);
    return () => clearTimeout(timer);
  }, [shown.current]);
  const { seconds, until } = shown.current;
  return until > performance.now() ? seconds : null;
}
