/**
 * What the host sets in the panel. The environment is in `config.ts`.
 *
 * @module
 */
import { z } from "zod";
import { BlockedWords } from "./blocked_words.ts";
import { DEFAULT_RATES, Rates } from "./rates.ts";
import { FreezeSeconds } from "./commands.ts";
import { DEFAULT_LOOK, Look } from "./look.ts";

/** Rates under a name of the host's. */
export const Preset = z.strictObject({
  name: z.string().trim().min(1).max(60),
  rates: Rates,
});
export type Preset = z.infer<typeof Preset>;

const Presets = z.array(Preset).max(20);

export const Settings = z.object({
  /** Rates a new session starts with. */
  rates: Rates.default(DEFAULT_RATES),
  /** Countdown of a freeze, in seconds. */
  freezeSeconds: FreezeSeconds.default(5),
  /** How much later than the countdown the game closes, in seconds. */
  streamDelay: z.number().int().min(0).max(30).default(0),
  /** Winners earn nothing more in their session. */
  winnersSitOut: z.boolean().default(false),
  /** Never on a screen or in the feed; a name with one of them is masked. */
  blockedWords: BlockedWords.default([]),
  /** Rates to choose from. */
  presets: Presets.default([]),
  /** Days that words and pictures are kept after a session; 0 is for ever. */
  keepCommentsDays: z.number().int().min(0).max(3_650).default(0),
  keepAvatarsDays: z.number().int().min(0).max(3_650).default(0),
  /** How overlays look unless their link says otherwise. */
  overlay: Look.default(DEFAULT_LOOK),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = Settings.parse({});

/** A change of some settings; unknown names are refused. */
export const SettingsChange = z.strictObject({
  rates: Rates.optional(),
  freezeSeconds: FreezeSeconds.optional(),
  streamDelay: z.number().int().min(0).max(30).optional(),
  winnersSitOut: z.boolean().optional(),
  blockedWords: BlockedWords.optional(),
  presets: Presets.optional(),
  overlay: Look.optional(),
  keepCommentsDays: z.number().int().min(0).max(3_650).optional(),
  keepAvatarsDays: z.number().int().min(0).max(3_650).optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;
