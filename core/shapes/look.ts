/**
 * How the host wants overlays to look, checked.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS, LIMITS } from "../limits.ts";
import { DEFAULT_LOOK, LAYOUTS, THEMES } from "../look.ts";
import { whole, within } from "./numbers.ts";

/** How overlays look unless their link says otherwise. */
export const Look = z.object({
  theme: z.enum(THEMES).default(DEFAULT_LOOK.theme),
  layout: z.enum(LAYOUTS).default(DEFAULT_LOOK.layout),
  rows: whole(LIMITS.rows).default(DEFAULT_LOOK.rows),
  /** Of the usual size. */
  scale: within(LIMITS.scale).default(DEFAULT_LOOK.scale),
  /** Above the board; empty for none. */
  title: z.string().trim().max(LENGTHS.boardTitle).default(DEFAULT_LOOK.title),
  hideRank: z.boolean().default(DEFAULT_LOOK.hideRank),
  hideAvatar: z.boolean().default(DEFAULT_LOOK.hideAvatar),
  hidePoints: z.boolean().default(DEFAULT_LOOK.hidePoints),
  /** How far it is to the next place. */
  hideProgress: z.boolean().default(DEFAULT_LOOK.hideProgress),
  /** Rows with fewer points are not shown. */
  minPoints: whole(LIMITS.minPoints).default(DEFAULT_LOOK.minPoints),
  /** Sounds of overtakings, the countdown and winners. */
  sounds: z.boolean().default(DEFAULT_LOOK.sounds),
  /** Of the sounds, in percent. */
  volume: whole(LIMITS.volume).default(DEFAULT_LOOK.volume),
});
/** As the schema of that name gives it. */
export type Look = z.infer<typeof Look>;
