/**
 * Rounds, teams and goals as a panel reads them: who has won which round, and
 * how the host has set it all.
 *
 * @module
 */
import type { Blocker } from "@/core/blocked_words.ts";
import { rowOf } from "@/core/board.ts";
import { type Round, roundOf, standingRounds } from "@/core/rounds.ts";
import type { Session, Win } from "@/core/session.ts";
import type { GameSetUp, RoundLine } from "@/core/views.ts";

/** The rounds that stand, the first one first. */
export function roundLinesOf(session: Session, blocker: Blocker): RoundLine[] {
  const wins = new Map<number, Win>();
  for (const win of session.wins) {
    if (!win.undone && !wins.has(win.round)) wins.set(win.round, win);
  }
  return standingRounds(session).map(({ seq, number, by, index, series }) => {
    const win = wins.get(index);
    return {
      ...{ seq, number, by },
      series: series === null ? null : session.rounds[series - 1]!.number,
      win: win ? winOf(session, win, blocker) : null,
    };
  });
}

function winOf(session: Session, win: Win, blocker: Blocker) {
  const { seq, viewerId, isDelivered } = win;
  const tally = session.tallies.get(viewerId)!;
  const { handle, nickname } = rowOf(tally, 0, blocker);
  const team = teamNameOf(session, win);
  return { seq, viewerId, handle, nickname, team, delivered: isDelivered };
}

/** Name of the team that a win is of; its id where the team is gone. */
export function teamNameOf(
  { controls }: Session,
  { teamId }: Win,
): string | null {
  if (teamId === undefined) return null;
  return controls.teams.find(({ id }) => id === teamId)?.name ?? teamId;
}

/** How the host has set rounds, teams and goals. */
export function setUpOf(session: Session): GameSetUp {
  const { teams, hold, goals, boost } = session.controls;
  const round = roundOf(session);
  return {
    ...{ round: round && asStarted(round), teams, hold, goals },
    boost: boost && { seconds: Math.round((boost.until - boost.from) / 1000) },
  };
}

function asStarted(round: Round): NonNullable<GameSetUp["round"]> {
  const { seconds, fromZero, target, by, overtime, bestOf } = round;
  return { seconds, fromZero, target: target ?? 0, by, overtime, bestOf };
}
