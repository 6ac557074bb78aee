/**
 * What the panel's editor can try in its preview, and how it says so.
 *
 * @module
 */
import type { Look } from "@/core/shapes/look.ts";

/** What can be tried. */
export const TRIALS = [
  "overtake",
  "countdown",
  "winner",
  "question",
  "storm",
  "clear",
] as const;
export type Trial = typeof TRIALS[number];

/** From the editor to its preview. */
export type ToStudio =
  | { type: "look"; look: Look }
  | { type: "trial"; trial: Trial };
