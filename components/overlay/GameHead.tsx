/**
 * The parts of a round that stand above the board: teams, goals, what counts.
 * Loaded once there is a game.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Frame, GoalShown, TeamShown } from "@/core/frame.ts";
import type { Texts } from "@/locales/mod.ts";
import { pointsText } from "./counting.ts";
import type { HeadParts } from "./game_head.ts";
import { filled } from "./words.ts";

/** The words of the overlay. */
type Words = Texts["overlay"];

/** How long a step that was reached is celebrated, and a joiner greeted. */
const REACHED_MS = 1800;
const GREETED_MS = 2000;

/** What is needed to draw them. */
interface GameHeadProps {
  frame: Frame;
  parts: HeadParts;
  words: Words;
  /** What earns points, in words. */
  rules: string[];
  /** Counts up every few seconds: what takes turns is the next one. */
  turn: number;
  /** The frame is the first after a time unseen. */
  jumped: boolean;
}

/** Those of them that are wanted, one above the other. */
export default function GameHead(
  { frame, parts, words, rules, turn, jumped }: GameHeadProps,
) {
  return (
    <div class="game-head">
      {parts.teams && (
        <Teams
          {...{ teams: frame.teams, words, turn, jumped }}
        />
      )}
      {parts.goals && (
        <Goals
          {...{ goals: frame.goals, words, turn, jumped }}
        />
      )}
      {parts.rules && rules.length > 0 && (
        <p class="head-rules" key={turn % rules.length}>
          {rules[turn % rules.length]}
        </p>
      )}
    </div>
  );
}

/** What teams have in common. */
interface TeamsProps {
  teams: TeamShown[];
  words: Words;
  turn: number;
  jumped: boolean;
}

function Teams({ teams, words, turn, jumped }: TeamsProps) {
  const sum = teams.reduce((all, { points }) => all + Math.max(0, points), 0);
  const share = (points: number) =>
    sum === 0 ? 1 / teams.length : Math.max(0, points) / sum;
  if (teams.length === 2) {
    const [left, right] = teams as [TeamShown, TeamShown];
    // Neither name nor number of the weaker side leaves its place.
    const at = Math.min(.7, Math.max(.3, share(left.points)));
    return (
      <div class="head-tug" style={{ "--at": at }}>
        <div class="tug-bar" style={{ "--team": right.colour }}>
          <div class="tug-fill" style={{ "--team": left.colour }} />
          <TugSide team={left} />
          <TugSide team={right} />
        </div>
        <div class="tug-words">
          <TeamWords {...{ team: left, words, turn, jumped }} />
          <TeamWords {...{ team: right, words, turn, jumped }} />
        </div>
      </div>
    );
  }
  return (
    <>
      {teams.map((team) => (
        <div class="head-team" key={team.id} style={{ "--team": team.colour }}>
          <div
            class="team-share"
            style={{ "--share": Math.round(share(team.points) * 50) / 50 }}
          />
          <bdi class="team-name">{team.name}</bdi>
          <Stars wins={team.wins} />
          <TeamWords {...{ team, words, turn, jumped }} />
          <b class="team-points">{pointsText(team.points)}</b>
        </div>
      ))}
    </>
  );
}

function TugSide({ team }: { team: TeamShown }) {
  return (
    <div class="tug-side">
      <bdi class="team-name">{team.name}</bdi>
      <Stars wins={team.wins} />
      <b class="team-points">{pointsText(team.points)}</b>
    </div>
  );
}

/** Who has just joined; else in turns how to join, and who is the best of it. */
function TeamWords(
  { team, words, turn, jumped }: {
    team: TeamShown;
    words: Words;
    turn: number;
    jumped: boolean;
  },
) {
  const joined = useJust(team.members, jumped, GREETED_MS);
  const said = [
    ...(team.join === null ? [] : [filled(words.join, team.join)]),
    ...(team.best ? [`▲ ${team.best.nickname || team.best.handle}`] : []),
  ];
  const text = joined > 0
    ? filled(words.joined, joined)
    : said[turn % said.length] ?? "";
  return (
    <span
      class="team-words"
      key={text}
      data-joined={joined > 0 || undefined}
      style={{ "--team": team.colour }}
    >
      <bdi>{text}</bdi>
    </span>
  );
}

/** By how much a number has grown before the eyes of the audience; 0 later. */
function useJust(value: number, jumped: boolean, ms: number): number {
  const before = useRef(value);
  const grown = useRef(0);
  const [, lookAgain] = useState(0);
  const by = value - before.current;
  if (jumped || by < 0) grown.current = 0;
  else grown.current += by;
  before.current = value;
  useEffect(() => {
    if (grown.current === 0) return;
    const timer = setTimeout(() => {
      grown.current = 0;
      lookAgain((n) => n + 1);
    }, ms);
    return () => clearTimeout(timer);
  }, [value]);
  return grown.current;
}

/** Rounds that were won. */
function Stars({ wins }: { wins: number }) {
  if (wins === 0) return null;
  return <span class="stars">{wins > 2 ? `★${wins}` : "★".repeat(wins)}</span>;
}

/** One goal at a time; a step that is reached has its moment before others. */
function Goals(
  { goals, words, turn, jumped }: {
    goals: GoalShown[];
    words: Words;
    turn: number;
    jumped: boolean;
  },
) {
  const reached = useReached(goals, jumped);
  const goal = reached ?? goals[turn % goals.length];
  if (!goal) return null;
  const { of, value, to, step, steps } = goal;
  return (
    <div
      class="head-goal"
      key={`${goal.id} ${to}`}
      data-reached={reached !== null || undefined}
      data-done={step === steps || undefined}
    >
      <div
        class="goal-share"
        style={{ "--share": Math.min(1, Math.max(0, value / to)) }}
      />
      <bdi class="goal-title">{goal.title || words.goals[kindOf(of)]}</bdi>
      {steps > 1 && <span class="goal-step">{step}/{steps}</span>}
      <b class="goal-value">{pointsText(value)} / {pointsText(to)}</b>
    </div>
  );
}

/** The goal of which a step was reached a moment ago, as it was then. */
function useReached(goals: GoalShown[], jumped: boolean): GoalShown | null {
  const before = useRef(goals);
  const reached = useRef<GoalShown | null>(null);
  const [, lookAgain] = useState(0);
  if (before.current !== goals) {
    for (const goal of jumped ? [] : goals) {
      const was = before.current.find(({ id }) => id === goal.id);
      if (!was || goal.step <= was.step) continue;
      reached.current = { ...was, value: was.to, step: goal.step };
    }
    if (jumped) reached.current = null;
    before.current = goals;
  }
  useEffect(() => {
    if (!reached.current) return;
    const timer = setTimeout(() => {
      reached.current = null;
      lookAgain((n) => n + 1);
    }, REACHED_MS);
    return () => clearTimeout(timer);
  }, [reached.current]);
  return reached.current;
}

function kindOf(of: string): keyof Words["goals"] {
  return of.startsWith("gift:") ? "gift" : of as keyof Words["goals"];
}
