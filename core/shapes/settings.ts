/**
 * What the host sets in the panel. The environment is in `config.ts`.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS, LIMITS } from "../limits.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { BlockedWords } from "./blocked_words.ts";
import { FreezeSeconds } from "./commands.ts";
import { Look } from "./look.ts";
import { whole } from "./numbers.ts";
import { Rates } from "./rates.ts";

/** Rates under a name of the host's. */
export const Preset = z.strictObject({
  name: z.string().trim().min(1).max(LENGTHS.presetName),
  rates: Rates,
});
/** As the schema of that name gives it. */
export type Preset = z.infer<typeof Preset>;

const Presets = z.array(Preset).max(20);

/** What is kept of them; what is left out is as it is without a wish. */
export const Settings = z.object({
  /** Rates a new session starts with. */
  rates: Rates.default(DEFAULT_SETTINGS.rates),
  /** Countdown of a freeze, in seconds. */
  freezeSeconds: FreezeSeconds.default(DEFAULT_SETTINGS.freezeSeconds),
  /** How much later than the countdown the game closes, in seconds. */
  streamDelay: whole(LIMITS.streamDelay).default(DEFAULT_SETTINGS.streamDelay),
  /** Winners earn nothing more in their session. */
  winnersSitOut: z.boolean().default(DEFAULT_SETTINGS.winnersSitOut),
  /** Asks once a day whether a newer version is out. */
  checkUpdates: z.boolean().default(DEFAULT_SETTINGS.checkUpdates),
  /** Never on a screen or in the feed; a name with one of them is masked. */
  blockedWords: BlockedWords.default(DEFAULT_SETTINGS.blockedWords),
  /** Rates to choose from. */
  presets: Presets.default(DEFAULT_SETTINGS.presets),
  /** Days that words and pictures are kept after a session; 0 is for ever. */
  keepCommentsDays: whole(LIMITS.keepCommentsDays).default(
    DEFAULT_SETTINGS.keepCommentsDays,
  ),
  keepAvatarsDays: whole(LIMITS.keepAvatarsDays).default(
    DEFAULT_SETTINGS.keepAvatarsDays,
  ),
  /** How overlays look unless their link says otherwise. */
  overlay: Look.default(DEFAULT_SETTINGS.overlay),
});
/** As the schema of that name gives it. */
export type Settings = z.infer<typeof Settings>;

/** A change of some settings; unknown names are refused. */
export const SettingsChange = z.strictObject({
  rates: Rates.optional(),
  freezeSeconds: FreezeSeconds.optional(),
  streamDelay: whole(LIMITS.streamDelay).optional(),
  winnersSitOut: z.boolean().optional(),
  checkUpdates: z.boolean().optional(),
  blockedWords: BlockedWords.optional(),
  presets: Presets.optional(),
  overlay: Look.optional(),
  keepCommentsDays: whole(LIMITS.keepCommentsDays).optional(),
  keepAvatarsDays: whole(LIMITS.keepAvatarsDays).optional(),
});
/** As the schema of that name gives it. */
export type SettingsChange = z.infer<typeof SettingsChange>;
