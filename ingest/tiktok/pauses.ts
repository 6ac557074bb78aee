/**
 * How long to wait before the next try. Random, so that a thousand hosts who
 * lost TikTok in the same second do not all come back in the same second.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Outcome } from "./outcome.ts";

const SHORTEST_MS = 5_000;
const WIDEST_MS = 120_000;

/**
 * The pause after a failure: 5–10 s after the first, then from a window that
 * doubles up to 5–125 s ("full jitter").
 *
 * @param failures Failures in a row before this one.
 * @param random From 0 up to 1.
 * @see {@link https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/}
 */
export function backoff(failures: number, random: number): number {
  return SHORTEST_MS +
    Math.round(random * Math.min(WIDEST_MS, SHORTEST_MS * 2 ** failures));
}

/** The pause between two looks at a channel that is off air: 60–180 s. */
export function lookAgain(random: number): number {
  return 60_000 + Math.round(random * 120_000);
}

/** How long to wait after each outcome; failures in a row make it longer. */
export function createPauses(clock: Clock): (outcome: Outcome) => number {
  let failures = 0;
  return (outcome) => {
    const random = clock.random();
    if (["ended", "offline", "refused"].includes(outcome.type)) {
      failures = 0;
      return lookAgain(random);
    }
    if (outcome.type === "lost" && outcome.steady) failures = 0;
    const wait = backoff(failures, random);
    failures += 1;
    if (outcome.type !== "trouble") return wait;
    if (outcome.reason === "needs_key") return lookAgain(random);
    return Math.max(wait, outcome.pause ?? 0);
  };
}
