/**
 * How much room the parts of a round take above the board, in design pixels.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";
import type { OverlayOptions } from "./options.ts";

/** Heights with the gap below: the line of the clock, two teams, one of more. */
const CLOCK = 80;
const TUG = 132;
const TEAM = 66;
const GOAL = 70;
const RULES = 58;

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

/** How high they are together. */
export function headHeight(
  frame: Frame | null,
  { clock, teams, goals, rules }: HeadParts,
): number {
  const sides = frame?.teams.length ?? 0;
  return (clock ? CLOCK : 0) + (rules ? RULES : 0) +
    (goals ? GOAL * (frame?.goals.length ?? 0) : 0) +
    (teams ? (sides === 2 ? TUG : TEAM * sides) : 0);
}
