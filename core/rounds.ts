/**
 * Rounds: which one is played, what its clock says, who has won it, and who is
 * first. All of it follows from the ledger.
 *
 * @module
 */
import { byPlace } from "./ranking.ts";
import type { Session, Tally } from "./session.ts";
import type { BestOf, Overtime, PlayedBy } from "./shapes/rounds.ts";
import { teamOf, teamStanding } from "./teams.ts";

/** A round as it was started. */
export interface Round {
  /** From 1, of all that were ever started, those taken back too. */
  index: number;
  /** From 1, of those that stand. */
  number: number;
  /** Seq and time of its start. */
  seq: number;
  at: number;
  /** Index of the round before, 0 for none. */
  before: number;
  by: PlayedBy;
  /** Its clock at the start; 0 without. */
  seconds: number;
  fromZero: boolean;
  target: number | null;
  overtime: Overtime | null;
  bestOf: BestOf | null;
  /** Index of the first round of its series; null where there is none. */
  series: number | null;
  freezeSeconds: number;
  streamDelay: number;
}

/** The clock of a round. */
export interface RoundClock {
  /** Seq of the round whose it is: of no other it says anything. */
  round: number;
  /** Unix ms at which it shows 0; null while it stands. */
  endsAt: number | null;
  /** Ms that are left while it stands. */
  left: number | null;
  /** How often it has gone on. */
  overtimes: number;
  /** Nothing lets it go on any more: decided at 0, or closed by hand. */
  isDecided: boolean;
}

/** Who is first in the round, and when an event changed that last, Unix ms. */
export interface Lead {
  id: string | null;
  changedAt: number | null;
}

/** The round that is played, or was last; null before the first. */
export function roundOf({ rounds, controls }: Session): Round | null {
  return rounds[controls.round - 1] ?? null;
}

/** The clock of the round that is played; null without one. */
export function clockOf(session: Session): RoundClock | null {
  const { clock } = session.controls;
  return clock && clock.round === roundOf(session)?.seq ? clock : null;
}

/** Ms that a clock has left at a time, or at the zero of a freeze by hand. */
export function leftOf({ endsAt, left }: RoundClock, at: number): number {
  return endsAt === null ? left ?? 0 : Math.max(0, endsAt - at);
}

/** The rounds that stand, the first one first. */
export function standingRounds(session: Session): Round[] {
  const standing: Round[] = [];
  for (let i = session.controls.round; i > 0;) {
    const round = session.rounds[i - 1]!;
    standing.push(round);
    i = round.before;
  }
  return standing.reverse();
}

/**
 * Stars: who has won how many rounds, viewers and teams by their ids, in the
 * series or, where none is played, in the session. A round's star is its first
 * win that stands.
 */
export function starsOf(session: Session): Map<string, number> {
  const stars = new Map<string, number>();
  const series = roundOf(session)?.series ?? null;
  for (const round of standingRounds(session)) {
    if (series !== null && round.series !== series) continue;
    const winner = starOf(session, round);
    if (winner !== null) stars.set(winner, (stars.get(winner) ?? 0) + 1);
  }
  return stars;
}

/** Who has a round's star: a viewer or, in a round of teams, a team. */
export function starOf({ wins }: Session, round: Round): string | null {
  const win = wins.find((each) => !each.undone && each.round === round.index);
  if (!win) return null;
  return round.by === "team" ? win.teamId ?? null : win.viewerId;
}

/** Who has won the most rounds of the series that could be won; or null. */
export function championOf(session: Session): string | null {
  const bestOf = roundOf(session)?.bestOf ?? null;
  if (bestOf === null) return null;
  const needed = Math.ceil(bestOf / 2);
  for (const [id, wins] of starsOf(session)) if (wins >= needed) return id;
  return null;
}

/** Whether a series is played that nobody has won yet. */
export function isInSeries(session: Session): boolean {
  return (roundOf(session)?.series ?? null) !== null &&
    championOf(session) === null;
}

/** The first two of those who play for the round: viewers or teams. */
export function firstTwo(
  session: Session,
): { id: string; points: number; reached: number }[] {
  if (roundOf(session)?.by !== "team") return session.order.slice(0, 2);
  return session.controls.teams.map(({ id }) => teamStanding(session, id))
    .filter(({ points }) => points > 0)
    .sort(byPlace)
    .slice(0, 2);
}

/** Notes whether the points of an event have changed who is first. */
export function watchLead(session: Session, tally: Tally, at: number): void {
  const { lead } = session;
  if (lead.id === tally.id || session.controls.round === 0) return;
  const round = roundOf(session);
  if (!round?.overtime) return;
  if (round.by === "team") {
    const [first] = firstTwo(session);
    if (!first || first.id === lead.id) return;
    if (lead.id !== null) lead.changedAt = at;
    lead.id = first.id;
    return;
  }
  const first = lead.id === null ? undefined : session.tallies.get(lead.id);
  if (first && first.points >= tally.points) return;
  if (first) lead.changedAt = at;
  lead.id = tally.id;
}

/** After a step of the host: who is first now, which is no change of places. */
export function settleLead(session: Session): void {
  if (!roundOf(session)?.overtime) return;
  session.lead.id = firstTwo(session)[0]?.id ?? null;
}

/** Why a clock goes on at its zero; null where it does not. */
export function overtimeAt(
  session: Session,
  zero: number,
): "overtaken" | "close" | null {
  const rule = roundOf(session)?.overtime;
  const clock = clockOf(session);
  if (!rule || !clock || clock.overtimes >= rule.times) return null;
  const [first, second] = firstTwo(session);
  if (!first || !second) return null;
  const { changedAt } = session.lead;
  if (changedAt !== null && changedAt >= zero - rule.within * 1000) {
    return "overtaken";
  }
  return first.points - second.points < rule.margin ? "close" : null;
}

/** Who has the points that end the round, after an event gave them some. */
export function targetReachedBy(
  session: Session,
  tally: Tally,
): { viewerId: string } | { teamId: string } | null {
  const { target, phase } = session.controls;
  if (target === null || (phase !== "open" && phase !== "closing")) return null;
  if (roundOf(session)?.by !== "team") {
    return tally.points >= target ? { viewerId: tally.id } : null;
  }
  const teamId = teamOf(session, tally);
  return teamId !== null && teamStanding(session, teamId).points >= target
    ? { teamId }
    : null;
}
