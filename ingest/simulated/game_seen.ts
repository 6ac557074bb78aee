/**
 * What a simulated crowd sees of the game that it plays: as much as people in a
 * real room see on the screen.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";

/** A game on the screen. */
export interface GameSeen {
  /** Number of the round; 0 before the first. */
  round: number;
  /** Teams with a word to join, and what they have. */
  teams: { join: string; points: number; members: ReadonlySet<string> }[];
  /** Whether points count more than once. */
  isBoosted: boolean;
  /** Seconds on the clock or of the countdown; null where none runs. */
  secondsLeft: number | null;
}

/** What people see of a frame. */
export function gameSeen(
  { round, teams, boost, phase, countdownTo, now, rows }: Frame,
): GameSeen {
  const endsAt = phase === "closing" ? countdownTo : round?.endsAt ?? null;
  return {
    round: round?.number ?? 0,
    teams: teams.flatMap(({ id, join, points }) => {
      if (join === null) return [];
      const members = rows.filter(({ team }) => team === id);
      return {
        ...{ join, points },
        members: new Set(members.map(({ viewerId }) => viewerId)),
      };
    }),
    isBoosted: boost !== null,
    secondsLeft: endsAt === null ? null : (endsAt - now) / 1_000,
  };
}
