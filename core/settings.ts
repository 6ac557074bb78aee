/**
 * What the host sets in the panel, before anything is set.
 *
 * @module
 */
import { DEFAULT_LOOK } from "./look.ts";
import { DEFAULT_RATES } from "./rates.ts";
import type { BlockedWord } from "./shapes/blocked_words.ts";
import type { Preset } from "./shapes/settings.ts";

/** The settings of a program that nobody has set up. */
export const DEFAULT_SETTINGS = {
  rates: DEFAULT_RATES,
  freezeSeconds: 5,
  streamDelay: 0,
  winnersSitOut: false,
  checkUpdates: false,
  blockedWords: [] as BlockedWord[],
  presets: [] as Preset[],
  keepCommentsDays: 0,
  keepAvatarsDays: 0,
  overlay: DEFAULT_LOOK,
};
