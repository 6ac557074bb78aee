/**
 * How rows move: in which time, by which curve, and when a climber reaches
 * those it passes. In ms, and in places of the board.
 *
 * @module
 */

/** A way of a row. Each is an object of its own, so that none begins twice. */
export interface Move {
  kind: "hero" | "passed" | "plain" | "enter" | "leave";
  /** Place it comes from. */
  from: number;
  delay: number;
  ms: number;
  /** When on the way its numeral turns. */
  turns: number;
}

/** A climber leans out, travels, and sets down. */
export const HERO = { lean: 100, travel: 520, place: 40, most: 840, set: 120 };
const TURN = .58;
const PASSED_MS = 300;
const PLAIN_MS = 420;
/** Who comes, after those have left who leave. */
export const ENTER = { ms: 420, delay: 200 };
const LEAVE_MS = 240;
/** Who is passed gives way so long before. */
const EARLY_MS = 90;

/** A move of a kind, from one place to another. */
export function moveOf(
  kind: Move["kind"],
  from: number,
  to = from,
  delay = 0,
): Move {
  const travel = travelOf(from - to);
  const of = {
    hero: [HERO.lean + travel + HERO.set, HERO.lean + travel * TURN],
    passed: [PASSED_MS, PASSED_MS * .4],
    plain: [PLAIN_MS, PLAIN_MS * .4],
    enter: [ENTER.ms, 0],
    leave: [LEAVE_MS, 0],
  } satisfies Record<Move["kind"], [number, number]>;
  const [ms, turns] = of[kind];
  return { kind, from, delay, ms, turns };
}

/** How long the way of a climber is, leaning and setting down aside. */
export function travelOf(places: number): number {
  return Math.min(HERO.most, HERO.travel + HERO.place * places);
}

/** When a climber from one place to another comes to a place between them. */
export function reachedAfter(from: number, to: number, place: number): number {
  const travel = travelOf(from - to);
  const way = (from - place - .6) / (from - to);
  let t = 0;
  while (t < 1 && wayAt(t) < way) t += .02;
  return Math.max(HERO.lean, HERO.lean + t * travel - EARLY_MS);
}

/** The way at a part of the time: the curve of `TRAVEL`, near enough. */
function wayAt(t: number): number {
  let [low, high] = [0, 1];
  const bezier = (a: number, b: number, s: number) =>
    3 * (1 - s) * s * ((1 - s) * a + s * b) + s ** 3;
  for (let i = 0; i < 12; i++) {
    const middle = (low + high) / 2;
    if (bezier(.5, .3, middle) < t) low = middle;
    else high = middle;
  }
  return bezier(0, 1, low);
}

const TRAVEL = "cubic-bezier(.5,0,.3,1)";
const PASS = "cubic-bezier(.3,0,.2,1)";

/** Keyframes of a move, between upper edges in design pixels. */
export function keyframesOf(
  { kind, from, ms }: Move,
  y0: number,
  y1: number,
  place: number,
): Keyframe[] {
  const at = (x: string | number, y: number) =>
    `translate3d(calc(${x} * var(--u)), calc(${y} * var(--u)), 0)`;
  if (kind === "enter") {
    return [
      { transform: at("var(--aside)", y1), easing: "cubic-bezier(.1,.6,.2,1)" },
      { transform: at(0, y1) },
    ];
  }
  if (kind === "leave") {
    return [
      { transform: at(0, y1), easing: "cubic-bezier(.5,0,1,.6)" },
      { transform: at("var(--aside)", y1) },
    ];
  }
  if (kind !== "hero") {
    const easing = kind === "plain" ? TRAVEL : PASS;
    return [{ transform: at(0, y0), easing }, { transform: at(0, y1) }];
  }
  const lean = "var(--lean)";
  return [
    { transform: at(0, y0), easing: "cubic-bezier(.2,0,.2,1)" },
    { transform: at(lean, y0), easing: TRAVEL, offset: HERO.lean / ms },
    {
      transform: at(lean, y1 - 6),
      easing: "cubic-bezier(.4,0,.6,1)",
      offset: (HERO.lean + travelOf(from - place)) / ms,
    },
    { transform: at(0, y1) },
  ];
}
