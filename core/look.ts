/**
 * How the host wants overlays to look. A link's own options win over these.
 *
 * @module
 */
import { z } from "zod";

/** The looks there are; each is a file of tokens for the overlay. */
export const THEMES = [
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

export const Look = z.object({
  theme: z.enum(THEMES).default("market"),
  layout: z.enum(LAYOUTS).default("auto"),
  rows: z.number().int().min(1).max(30).default(5),
  /** Of the usual size. */
  scale: z.number().min(0.3).max(3).default(1),
  /** Above the board; empty for none. */
  title: z.string().trim().max(60).default(""),
  hideRank: z.boolean().default(false),
  hideAvatar: z.boolean().default(false),
  hidePoints: z.boolean().default(false),
  /** How far it is to the next place. */
  hideProgress: z.boolean().default(false),
  /** Rows with fewer points are not shown. */
  minPoints: z.number().int().min(0).max(1e9).default(0),
  /** Sounds of overtakings, the countdown and winners. */
  sounds: z.boolean().default(false),
  /** Of the sounds, in percent. */
  volume: z.number().int().min(0).max(100).default(60),
});
export type Look = z.infer<typeof Look>;

export const DEFAULT_LOOK: Look = Look.parse({});
