/**
 * The bounds of what the host may set. The schemas hold to them, and a page
 * says beside a field what the server would take.
 *
 * @module
 */
import { MAX_ROWS } from "./frame.ts";

/** Least and most, both allowed. */
export interface Bounds {
  min: number;
  max: number;
}

/** Of each number the host sets. */
export const LIMITS = {
  /** Whole seconds a countdown may take, and the game goes on after it. */
  freezeSeconds: { min: 0, max: 60 },
  streamDelay: { min: 0, max: 30 },
  keepCommentsDays: { min: 0, max: 3_650 },
  keepAvatarsDays: { min: 0, max: 3_650 },
  /** The most keeps every product far below 2^53. */
  likesForAPoint: { min: 1, max: 1_000 },
  /** Points for a comment, a follow or a share. */
  pointsForEach: { min: 0, max: 1_000_000 },
  /** Diamonds. */
  tierPrice: { min: 0, max: 1_000_000 },
  tierTimes: { min: 0, max: 1_000 },
  /** How many steps of gift prices. */
  tiers: { min: 1, max: 20 },
  rows: { min: 1, max: MAX_ROWS },
  scale: { min: 0.3, max: 3 },
  /** Percent. */
  volume: { min: 0, max: 100 },
  minPoints: { min: 0, max: 1e9 },
  /** Seconds of a round's clock; 0 is none. */
  roundSeconds: { min: 10, max: 7_200 },
  /** Points that end a round; 0 is none. */
  target: { min: 0, max: 1e9 },
  /** Seconds, points, seconds, and how often; see `Overtime`. */
  overtimeWithin: { min: 0, max: 300 },
  overtimeMargin: { min: 0, max: 1e9 },
  overtimeAdd: { min: 5, max: 600 },
  overtimes: { min: 1, max: 20 },
  /** Seconds added to a clock, or taken, at once. */
  clockStep: { min: -7_200, max: 7_200 },
  /** What a boost multiplies by, and its seconds. */
  boostTimes: { min: 2, max: 10 },
  boostSeconds: { min: 10, max: 600 },
  goalStep: { min: 1, max: 1e12 },
  /** Seconds from a moment to its scene. */
  ruleDelay: { min: 0, max: 60 },
} satisfies Record<string, Bounds>;

/** Most characters of each text the host writes. */
export const LENGTHS = {
  /** Of a game. */
  title: 200,
  /** Why points are given or taken. */
  reason: 300,
  presetName: 60,
  blockedWord: 100,
  /** Above a board. */
  boardTitle: 60,
  teamName: 40,
  joinWord: 40,
  goalTitle: 60,
  /** Of a key or a device. */
  label: 80,
};
