/**
 * Teams: who plays for which, and what they have. The first choice holds, for
 * the round or the session; points stay where they were earned.
 *
 * @module
 */
import { joinWord } from "./join_words.ts";
import type { LiveEvent } from "./shapes/events.ts";
import { byPlace } from "./ranking.ts";
import { isOnBoard } from "./session.ts";
import type { Session, Tally } from "./session.ts";
import type { Team } from "./shapes/rounds.ts";

/** A choice of a team, and the choices before it. */
export interface Member {
  /** Null where the host took the viewer out. */
  team: string | null;
  /** From the round of this index on. */
  round: number;
  seq: number;
  byHand: boolean;
  before: Member | null;
}

/** What a team has on the board. */
export interface TeamStanding {
  id: string;
  points: number;
  /** Seq of the entry that brought these points. */
  reached: number;
}

/** Members by team, as of some round, teams and hold. */
export interface Members {
  of: string;
  teams: Map<string, Set<Tally>>;
}

/** How far down the board a team's best is looked for first. */
const FIRST_PLACES = 200;

/** The team a viewer plays for now; null for none. */
export function teamOf(session: Session, tally: Tally): string | null {
  const { teams, hold, round } = session.controls;
  if (tally.member === null || teams.length === 0) return null;
  const chosen = hold === "session"
    ? firstSince(tally.member, 0)
    : firstSince(tally.member, round);
  return teams.some(({ id }) => id === chosen) ? chosen : null;
}

/** The first choice since a round; the host's hand goes over those before. */
function firstSince(newest: Member, round: number): string | null {
  let chosen: string | null = null;
  for (
    let at: Member | null = newest;
    at && at.round >= round;
    at = at.before
  ) {
    if (at.team !== null) chosen = at.team;
    if (at.byHand) break;
  }
  return chosen;
}

/** The team that a message joins; undefined where it joins none. */
export function joinedBy(
  session: Session,
  event: LiveEvent,
  tally: Tally | undefined,
): string | undefined {
  const { teams } = session.controls;
  if (teams.length === 0 || tally?.blocked) return undefined;
  const team = event.type === "comment"
    ? teamOfWord(teams, event.text)
    : event.type === "gift"
    ? teams.find(({ giftIds }) => giftIds.includes(event.giftId))
    : undefined;
  return !team || (tally && hasChosen(session, tally)) ? undefined : team.id;
}

const wordsOf = new WeakMap<readonly Team[], Map<string, Team>>();

/** The team of a comment that is nothing but a joining word. */
export function teamOfWord(
  teams: readonly Team[],
  text: string,
): Team | undefined {
  if (teams.length === 0) return undefined;
  let words = wordsOf.get(teams);
  if (!words) {
    words = new Map(
      teams.flatMap((team) => team.words.map((one) => [joinWord(one), team])),
    );
    wordsOf.set(teams, words);
  }
  return words.get(joinWord(text));
}

/** Whether a viewer's choice for the round that counts has been made. */
function hasChosen(session: Session, tally: Tally): boolean {
  const { phase, hold } = session.controls;
  if (phase !== "frozen" || hold === "session") {
    return teamOf(session, tally) !== null;
  }
  return tally.member !== null && tally.member.team !== null &&
    tally.member.round > session.rounds.length;
}

/** Lets a viewer play for a team from this entry on. */
export function join(
  session: Session,
  tally: Tally,
  { team, seq, byHand }: { team: string | null; seq: number; byHand: boolean },
): void {
  const { phase, round, hold } = session.controls;
  const isBetween = phase === "frozen" || round === 0;
  const isForNext = isBetween && hold === "round" && !byHand;
  setMember(session, tally, {
    // A word said between rounds is of the coming one; and of the last, if it
    // opens again.
    ...{ team, seq, byHand, before: tally.member },
    round: isForNext ? session.rounds.length + 1 : round,
  });
}

/** Sets whom a viewer has chosen, and keeps the lists of members true. */
export function setMember(
  session: Session,
  tally: Tally,
  member: Member | null,
): void {
  const lists = session.members;
  const isKnown = lists?.of === keyOf(session);
  const before = isKnown ? teamOf(session, tally) : null;
  tally.member = member;
  if (!isKnown) return;
  const now = teamOf(session, tally);
  if (before !== null) lists.teams.get(before)?.delete(tally);
  if (now !== null) lists.teams.get(now)?.add(tally);
}

/** Who plays for a team now. */
export function membersOf(session: Session, team: string): Set<Tally> {
  const of = keyOf(session);
  if (session.members?.of !== of) {
    const teams = new Map(
      session.controls.teams.map(({ id }) => [id, new Set<Tally>()]),
    );
    for (const tally of session.tallies.values()) {
      const id = teamOf(session, tally);
      if (id !== null) teams.get(id)!.add(tally);
    }
    session.members = { of, teams };
  }
  return session.members.teams.get(team) ?? new Set();
}

function keyOf({ controls: { round, hold, teams } }: Session): string {
  const ids = teams.map(({ id }) => id).join();
  return `${hold === "round" ? round : ""} ${ids}`;
}

/** The first of a team on the board; null where nobody is. */
export function bestIn(session: Session, team: string): Tally | null {
  const near = session.order.slice(0, FIRST_PLACES)
    .find((tally) => teamOf(session, tally) === team);
  if (near || session.order.size() <= FIRST_PLACES) return near ?? null;
  let best: Tally | null = null;
  for (const tally of membersOf(session, team)) {
    if (!isOnBoard(tally)) continue;
    if (!best || byPlace(tally, best) < 0) best = tally;
  }
  return best;
}

/** What a team has on the board. */
export function teamStanding(
  { teamStandings }: Session,
  id: string,
): TeamStanding {
  return teamStandings.get(id) ?? { id, points: 0, reached: 0 };
}

/** Gives points to a team, or takes them. */
export function giveTeam(
  { teamStandings }: Session,
  id: string,
  { seq, points }: { seq: number; points: number },
): void {
  if (points === 0) return;
  const standing = teamStandings.get(id) ?? { id, points: 0, reached: 0 };
  standing.points += points;
  standing.reached = seq;
  teamStandings.set(id, standing);
}
