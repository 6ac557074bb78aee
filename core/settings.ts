/**
 * What the host sets in the panel. The environment is in `config.ts`.
 *
 * @module
 */
import { z } from "zod";
import { DEFAULT_RATES, Rates } from "./rates.ts";
import { FreezeSeconds } from "./commands.ts";

export const Settings = z.object({
  /** Rates a new session starts with. */
  rates: Rates.default(DEFAULT_RATES),
  /** Countdown of a freeze, in seconds. */
  freezeSeconds: FreezeSeconds.default(5),
  /** How much later than the countdown the game closes, in seconds. */
  streamDelay: z.number().int().min(0).max(30).default(0),
  /** Winners earn nothing more in their session. */
  winnersSitOut: z.boolean().default(false),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = Settings.parse({});

/** A change of some settings; unknown names are refused. */
export const SettingsChange = z.strictObject({
  rates: Rates.optional(),
  freezeSeconds: FreezeSeconds.optional(),
  streamDelay: z.number().int().min(0).max(30).optional(),
  winnersSitOut: z.boolean().optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;
