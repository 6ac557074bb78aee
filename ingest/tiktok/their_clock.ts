/**
 * TikTok's clock, as far as this machine can know it. Where the time at which a
 * message was sent decides, it is compared on this clock: the machine's own may
 * be wrong by minutes, or be set at any moment.
 *
 * What is kept is how far a clock that only runs forward is ahead of TikTok's.
 * Every sample of it is too large, by the way from there to here, so the
 * smallest of the last minute is the best: the `Date` of TikTok's answers while
 * connecting, then the create times of the messages.
 *
 * @module
 */

import type { Clock } from "@/core/clock.ts";

/** How long a sample is good for, in ms. */
const SAMPLE_MS = 60_000;
/** A message from further ahead than this, in ms, has no time of TikTok's. */
const AHEAD_MS = 30_000;
/** Nor has one that is older, in ms: TikTok repeats the last minutes. */
const OLD_MS = 2 * 60 * 60 * 1_000;
/** How wrong the machine's clock may be where nothing better is known, in ms. */
const WRONG_MS = 24 * 60 * 60 * 1_000;

/** TikTok's clock. */
export interface TheirClock {
  /** An answer has just come that was given at that time, Unix ms. */
  told(time: number): void;
  /** A message has just come that was made at that time, Unix ms. */
  heard(time: number): void;
  /** What it shows now, Unix ms, or a little less; null while unknown. */
  now(): number | null;
  /**
   * When a message was sent, on the clock that only runs forward, or a little
   * later; null while that is unknown, or where its time makes no sense.
   *
   * @param time Its create time, Unix ms.
   */
  sentAt(time: number): number | null;
}

/** TikTok's clock, of which nothing is known yet. */
export function createTheirClock(
  { wall, elapsed }: Pick<Clock, "wall" | "elapsed">,
): TheirClock {
  /** The smallest since its moment, oldest first, so the first is the least. */
  let samples: { at: number; ahead: number }[] = [];

  function add(time: number) {
    const at = elapsed();
    const ahead = at - time;
    while (samples.length > 0 && samples.at(-1)!.ahead >= ahead) samples.pop();
    samples.push({ at, ahead });
  }

  /** How far the own clock is ahead; the last known where nothing is new. */
  function ahead(): number | null {
    const oldest = elapsed() - SAMPLE_MS;
    while (samples.length > 1 && samples[0]!.at < oldest) samples.shift();
    return samples[0]?.ahead ?? null;
  }

  /** Ms since a message was sent; null where that makes no sense. */
  function age(time: number): number | null {
    const known = ahead();
    if (known === null) return null;
    const ms = elapsed() - known - time;
    return ms > -AHEAD_MS && ms < OLD_MS ? ms : null;
  }

  return {
    told(time) {
      samples = []; // also what was known before the machine slept
      add(time);
    },
    heard(time) {
      const isSane = samples.length > 0
        ? age(time) !== null
        : Math.abs(wall() - time) < WRONG_MS;
      if (isSane) add(time);
    },
    now() {
      const known = ahead();
      return known === null ? null : Math.round(elapsed() - known);
    },
    sentAt(time) {
      const ms = age(time);
      return ms === null ? null : elapsed() - ms;
    },
  };
}
