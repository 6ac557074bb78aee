/**
 * The rates as data: what earns how much.
 *
 * @module
 */
import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { faultOfTier } from "../rates.ts";
import { whole } from "./numbers.ts";

const LikesForAPoint = whole(LIMITS.likesForAPoint);
const PointsForEach = whole(LIMITS.pointsForEach);

const GiftTier = z.object({
  /** Highest price of one unit, in diamonds, or null for no limit. */
  upTo: whole(LIMITS.tierPrice).nullable(),
  /** Points for one diamond. */
  times: whole(LIMITS.tierTimes),
});

/** What earns how much. Every number is whole. */
export const Rates = z.object({
  likes: z.object({ follower: LikesForAPoint, other: LikesForAPoint }),
  gifts: z.array(GiftTier).min(LIMITS.tiers.min).max(LIMITS.tiers.max)
    .superRefine((tiers, check) => {
      tiers.forEach((_, i) => {
        const message = faultOfTier(tiers, i);
        if (message === null) return;
        check.addIssue({ code: "custom", path: [i, "upTo"], message });
      });
    }),
  comment: PointsForEach,
  follow: PointsForEach,
  share: PointsForEach,
  /**
   * Whose gifts earn points where guests are in the room: all (also where it
   * is left out), or only those for the host.
   */
  giftsTo: z.enum(["all", "host"]).optional(),
});
/** As the schema of that name gives it. */
export type Rates = z.infer<typeof Rates>;
