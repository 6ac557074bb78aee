/**
 * What becomes of the host's commands about rounds, teams, goals and boosts.
 *
 * @module
 */
import type { Circumstances } from "./decide.ts";
import { lotsToCount, worthOf } from "./late.ts";
import { no, noViewer, type Refusal } from "./refusals.ts";
import { clockOf, leftOf, roundOf } from "./rounds.ts";
import { isAccepting, type Session } from "./session.ts";
import type { GameCommand } from "./shapes/commands.ts";
import type { Fact } from "./shapes/entries.ts";

type CommandOf<T extends GameCommand["type"]> = Extract<
  GameCommand,
  { type: T }
>;

/** Commands that are decided here. */
export type RoundCommand = CommandOf<
  | "startRound"
  | "setClock"
  | "pause"
  | "resume"
  | "setTeams"
  | "assignTeam"
  | "setGoals"
  | "boost"
  | "endBoost"
  | "countLate"
  | "markPrize"
>;

/** Decides one of them. */
export function decideRound(
  session: Session,
  command: RoundCommand,
  given: Circumstances,
): Fact | Refusal {
  switch (command.type) {
    case "startRound":
      return startRound(session, command, given);
    case "setClock":
      return setClock(session, command, given);
    case "pause":
      return pause(session, given);
    case "resume":
      return resume(session, given);
    case "setTeams":
      return setTeams(session, command);
    case "assignTeam":
      return assignTeam(session, command);
    case "setGoals":
      return isSame(session.controls.goals, command.goals)
        ? no("already", "These goals hold already")
        : { type: "goalsSet", goals: command.goals };
    case "boost":
      return boost(session, command, given);
    case "endBoost":
      return session.controls.boost
        ? { type: "boostEnded" }
        : no("no_boost", "No boost runs");
    case "countLate":
      return countLate(session, command);
    case "markPrize":
      return markPrize(session, command);
  }
}

function startRound(
  session: Session,
  command: CommandOf<"startRound">,
  { now, settings }: Circumstances,
): Fact | Refusal {
  const { phase, teams } = session.controls;
  const last = roundOf(session);
  const runs = isAccepting(session) || phase === "paused";
  if (last && runs) {
    return no("round_runs", "A round runs; freeze it before the next one");
  }
  const {
    seconds = last?.seconds ?? 0,
    fromZero = last?.fromZero ?? false,
    by = last?.by ?? "viewer",
    overtime = last?.overtime ?? null,
    bestOf = last?.bestOf ?? null,
  } = command;
  const target = command.target ?? last?.target ?? 0;
  if (by === "team" && teams.length === 0) {
    return no("no_team", "Teams play this round, and there are none yet");
  }
  return {
    type: "roundStarted",
    number: (last?.number ?? 0) + 1,
    ...{ fromZero, seconds },
    endsAt: seconds > 0 ? now + seconds * 1000 : null,
    freezeSeconds: settings.freezeSeconds,
    streamDelay: settings.streamDelay,
    target: target > 0 ? target : null,
    ...{ by, overtime, bestOf },
  };
}

function setClock(
  session: Session,
  { seconds, add = 0 }: CommandOf<"setClock">,
  { now }: Circumstances,
): Fact | Refusal {
  if (!roundOf(session)) {
    return no("no_round", "There is no round whose clock it could be");
  }
  const clock = clockOf(session);
  if (seconds === 0) {
    return clock
      ? { type: "clockSet", endsAt: null, left: null }
      : no("already", "The round has no clock");
  }
  const left = seconds !== undefined
    ? seconds * 1000
    : Math.max(0, (clock ? leftOf(clock, now) : 0) + add * 1000);
  return session.controls.phase === "paused"
    ? { type: "clockSet", endsAt: null, left }
    : { type: "clockSet", endsAt: now + left, left: null };
}

function pause(session: Session, { now }: Circumstances): Fact | Refusal {
  if (!isAccepting(session)) {
    return no("not_open", "The game is not open, so it cannot be paused");
  }
  const clock = clockOf(session);
  return { type: "paused", left: clock && leftOf(clock, now) };
}

/** Lets a paused game go on. */
export function resume(
  session: Session,
  { now }: Pick<Circumstances, "now">,
): Fact | Refusal {
  if (session.controls.phase !== "paused") {
    return no("not_paused", "The game is not paused");
  }
  const left = clockOf(session)?.left ?? null;
  return { type: "resumed", endsAt: left === null ? null : now + left };
}

function setTeams(
  session: Session,
  { teams, hold = session.controls.hold }: CommandOf<"setTeams">,
): Fact | Refusal {
  const { controls } = session;
  const ids = (list: typeof teams) => list.map(({ id }) => id).sort().join();
  const runs = isAccepting(session) || controls.phase === "paused";
  if (roundOf(session) && runs && ids(teams) !== ids(controls.teams)) {
    return no("round_runs", "Teams come and go between rounds; freeze first");
  }
  if (isSame(teams, controls.teams) && hold === controls.hold) {
    return no("already", "These teams hold already");
  }
  return { type: "teamsSet", teams, hold };
}

function assignTeam(
  session: Session,
  { viewerId, teamId }: CommandOf<"assignTeam">,
): Fact | Refusal {
  if (!session.tallies.has(viewerId)) return noViewer(viewerId);
  const isThere = teamId === null ||
    session.controls.teams.some(({ id }) => id === teamId);
  if (!isThere) return no("no_team", `There is no team ${teamId}`);
  return { type: "teamAssigned", viewerId, teamId };
}

function boost(
  session: Session,
  { times, seconds, of }: CommandOf<"boost">,
  { now, settings }: Circumstances,
): Fact | Refusal {
  if (!isAccepting(session)) {
    return no("not_open", "The game is not open, so nothing can be boosted");
  }
  if (session.controls.boost) {
    return no("boost_runs", "A boost runs already; end it first");
  }
  const from = now + settings.streamDelay * 1000;
  return { type: "boosted", times, of, from, until: from + seconds * 1000 };
}

function countLate(
  session: Session,
  { viewerId }: CommandOf<"countLate">,
): Fact | Refusal {
  if (viewerId !== undefined && !session.tallies.has(viewerId)) {
    return noViewer(viewerId);
  }
  const lots = lotsToCount(session, viewerId);
  if (lots.length === 0) {
    return no("nothing_late", "Nothing that could be counted came late");
  }
  const points = worthOf(session, lots);
  if (!Number.isSafeInteger(session.totals.points + points)) {
    return no("too_many_points", "So many points could not be counted exactly");
  }
  return viewerId === undefined
    ? { type: "lateCounted" }
    : { type: "lateCounted", viewerId, points };
}

function markPrize(
  session: Session,
  { seq, done }: CommandOf<"markPrize">,
): Fact | Refusal {
  const win = session.wins.find((each) => each.seq === seq && !each.undone);
  if (!win) return no("not_a_win", `Entry ${seq} is no win that stands`);
  return win.isDelivered === done
    ? no("already", `It is marked as ${done ? "handed over" : "due"} already`)
    : { type: "prizeMarked", of: seq, done };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
