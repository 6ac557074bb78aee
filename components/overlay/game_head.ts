/**
 * How much room the parts of a round take above the board, in design pixels.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";
import type { OverlayOptions } from "./options.ts";

/** Heights with the gap below: two teams, one of more, a goal, the rates. */
const TUG = 140;
const TEAM = 66;
const GOAL = 74;
const RULES = 62;

/** Which parts there are to show. */
export interface HeadParts {
  clock: boolean;
  teams: boolean;
  goals: boolean;
  rules: boolean;
}

/** What of a frame the link wants to see. */
export function headParts(
  frame: Frame | null,
  { show }: Pick<OverlayOptions, "show">,
): HeadParts {
  const isOn = frame !== null && frame.phase !== "idle" &&
    frame.phase !== "ended";
  const has = (part: OverlayOptions["show"][number]) =>
    isOn && show.includes(part);
  return {
    clock: has("clock") && (frame!.round !== null || frame!.boost !== null),
    teams: has("teams") && frame!.teams.length > 0,
    goals: has("goal") && frame!.goals.length > 0,
    rules: has("rules"),
  };
}

/** How high they are together; the clock stands in the header. */
export function headHeight(
  frame: Frame | null,
  { teams, goals, rules }: HeadParts,
): number {
  const sides = frame?.teams.length ?? 0;
  return (rules ? RULES : 0) + (goals ? GOAL : 0) +
    (teams ? (sides === 2 ? TUG : TEAM * sides) : 0);
}
