/**
 * The bounds of what the host may set, read from the schemas that check it, so
 * that a page can say beside a field what the server would take. As data,
 * because the schemas would bring a validator into the browser.
 *
 * @module
 */
import { z } from "zod";
import { Look } from "./look.ts";
import { ObsRule } from "./obs.ts";
import { GiftTier, MAX_TIERS, Rates } from "./rates.ts";
import { Settings } from "./settings.ts";

/** Least and most, both allowed. */
export interface Bounds {
  min: number;
  max: number;
}

const settings = Settings.shape;
const rates = Rates.shape;
const tier = GiftTier.shape;
const look = Look.shape;

/** Of each number the host sets. */
export const LIMITS = {
  freezeSeconds: boundsOf(settings.freezeSeconds),
  streamDelay: boundsOf(settings.streamDelay),
  keepCommentsDays: boundsOf(settings.keepCommentsDays),
  keepAvatarsDays: boundsOf(settings.keepAvatarsDays),
  likesForAPoint: boundsOf(rates.likes.shape.follower),
  /** Points for a comment, a follow or a share. */
  pointsForEach: boundsOf(rates.comment),
  tierPrice: boundsOf(tier.upTo),
  tierTimes: boundsOf(tier.times),
  tiers: { min: 1, max: MAX_TIERS },
  rows: boundsOf(look.rows),
  scale: boundsOf(look.scale),
  volume: boundsOf(look.volume),
  minPoints: boundsOf(look.minPoints),
  ruleDelay: boundsOf(ObsRule.shape.delay),
};
export type Limits = typeof LIMITS;

/**
 * The bounds of a number, however it is wrapped.
 *
 * @throws {TypeError} If it is no number, or has no end.
 */
export function boundsOf(schema: z.ZodType): Bounds {
  if (schema instanceof z.ZodNumber) {
    const { minValue: min, maxValue: max } = schema;
    if (Number.isFinite(min) && Number.isFinite(max)) {
      return { min: min!, max: max! };
    }
  }
  const isWrapped = schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  if (isWrapped) return boundsOf(schema.unwrap() as z.ZodType);
  throw new TypeError("Cannot tell the bounds: this is no bounded number");
}
