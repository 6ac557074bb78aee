/**
 * What the host sets of rounds, teams, goals and boosts, as data.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS, LIMITS } from "../limits.ts";
import { Id } from "./events.ts";
import { whole } from "./numbers.ts";

/** A name of ours: it stands in links and in CSS. */
const OwnId = z.string().regex(
  /^[\w-]{1,32}$/,
  "An id is 1 to 32 of a-z, A-Z, 0-9, - and _",
);

/** When a clock that has run out goes on. */
export const Overtime = z.object({
  /** The first place changed hands in so many last seconds. */
  within: whole(LIMITS.overtimeWithin),
  /** The first two are less than so many points apart; 0 is never. */
  margin: whole(LIMITS.overtimeMargin),
  /** Seconds given each time, and how often at most. */
  add: whole(LIMITS.overtimeAdd),
  times: whole(LIMITS.overtimes),
});
/** As the schema of that name gives it. */
export type Overtime = z.infer<typeof Overtime>;

/** Who wins a round. */
export const PlayedBy = z.enum(["viewer", "team"]);
/** As the schema of that name gives it. */
export type PlayedBy = z.infer<typeof PlayedBy>;

/** Rounds of a series, most of which make a champion. */
export const BestOf = z.union([z.literal(3), z.literal(5), z.literal(7)]);
/** As the schema of that name gives it. */
export type BestOf = z.infer<typeof BestOf>;

/** How long the choice of a team holds. */
export const Hold = z.enum(["round", "session"]);
/** As the schema of that name gives it. */
export type Hold = z.infer<typeof Hold>;

/** A side to fight for. */
export const Team = z.object({
  id: OwnId,
  name: z.string().trim().min(1).max(LENGTHS.teamName),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, "A colour is like #e11d48"),
  /** A comment that is only one of these joins it. */
  words: z.array(z.string().trim().min(1).max(LENGTHS.joinWord)).max(20),
  /** So does a gift of one of these kinds. */
  giftIds: z.array(Id).max(20),
});
/** As the schema of that name gives it. */
export type Team = z.infer<typeof Team>;

/** No team, or two to four. */
export const Teams = z.array(Team).max(4)
  .refine(({ length }) => length !== 1, "A team alone has no opponent: 2 to 4");
/** As the schema of that name gives it. */
export type Teams = z.infer<typeof Teams>;

/** What a goal counts. */
export const GoalOf = z.union([
  z.enum(["roomLikes", "likes", "diamonds", "points", "followers"]),
  z.string().regex(/^gift:.{1,64}$/, "A gift's goal is gift: and its id"),
]);
/** As the schema of that name gives it. */
export type GoalOf = z.infer<typeof GoalOf>;

/** A number to reach together, in steps. */
export const Goal = z.object({
  id: OwnId,
  title: z.string().trim().max(LENGTHS.goalTitle),
  of: GoalOf,
  steps: z.array(whole(LIMITS.goalStep)).min(1).max(20)
    .refine(
      (steps) => steps.every((step, i) => i === 0 || step > steps[i - 1]!),
      "Steps ascend",
    ),
  /** From where it counts. */
  scope: Hold,
});
/** As the schema of that name gives it. */
export type Goal = z.infer<typeof Goal>;

/** None to three. */
export const Goals = z.array(Goal).max(3);
/** As the schema of that name gives it. */
export type Goals = z.infer<typeof Goals>;

/** Whose points a boost multiplies. */
export const BoostOf = z.enum(["all", "likes", "gifts"]);
/** As the schema of that name gives it. */
export type BoostOf = z.infer<typeof BoostOf>;
