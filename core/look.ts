/**
 * How the host wants overlays to look. A link's own options win over these.
 *
 * @module
 */
import { DEFAULT_ROWS } from "./frame.ts";

/** The looks there are; each is a file of tokens for the overlay. */
export const THEMES = [
  "ringside",
  "market",
  "neon",
  "paper",
  "gold",
  "pixel",
  "chroma",
] as const;

/**
 * Where the board stands. `auto` is `portrait` on a tall source and `left` on
 * a wide one; `fill` is for a source cut to the size of the board.
 */
export const LAYOUTS = ["auto", "portrait", "left", "right", "fill"] as const;

/** How overlays look until the host says otherwise. */
export const DEFAULT_LOOK = {
  theme: "ringside" as (typeof THEMES)[number],
  layout: "auto" as (typeof LAYOUTS)[number],
  rows: DEFAULT_ROWS,
  scale: 1,
  title: "",
  hideRank: false,
  hideAvatar: false,
  hidePoints: false,
  hideProgress: false,
  minPoints: 0,
  sounds: false,
  volume: 60,
};
