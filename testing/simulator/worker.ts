/**
 * Plays evenings on a core of its own: takes a seed, gives what is wrong.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { planOf } from "./plan.ts";
import { playEvening, type Result } from "./play.ts";

/** What became of the evening of a seed. */
export interface Played {
  seed: number;
  /** Null where nothing is wrong. */
  red: Result | null;
}

self.onmessage = async ({ data: seed }: MessageEvent<number>) => {
  const result = await playEvening(planOf(seed));
  const red = result.findings.length > 0 ? result : null;
  self.postMessage({ seed, red } satisfies Played);
};
