/**
 * The parts of a round: its clock, teams, goals, a boost, and what counts.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { Frame, GoalShown, TeamShown } from "@/core/frame.ts";
import type { Texts } from "@/locales/mod.ts";
import { clockText, leftAt, untilNextSecond } from "./clock.ts";
import { pointsText } from "./counting.ts";
import type { HeadParts } from "./game_head.ts";

/** The words of the overlay. */
type Words = Texts["overlay"];

/** What is needed to draw them. */
interface GameHeadProps {
  frame: Frame;
  parts: HeadParts;
  /** How far the server's clock is ahead of `performance.now()`, in ms. */
  ahead: number;
  words: Words;
  /** What earns points, in words. */
  rules: string[];
}

/** Those of them that are wanted, one above the other. */
export function GameHead(
  { frame, parts, ahead, words, rules }: GameHeadProps,
) {
  return (
    <div class="game-head">
      {parts.clock && <Clock frame={frame} ahead={ahead} words={words} />}
      {parts.teams && <Teams teams={frame.teams} words={words} />}
      {parts.goals &&
        frame.goals.map((goal) => (
          <Goal key={goal.id} goal={goal} words={words} />
        ))}
      {parts.rules && rules.length > 0 && (
        <p class="head-rules">{rules.join(" · ")}</p>
      )}
    </div>
  );
}

/** Looks again whenever another second should stand there. */
function useLeft(frame: Frame, ahead: number) {
  const [, lookAgain] = useState(0);
  const now = performance.now() + ahead;
  useEffect(() => {
    const wait = untilNextSecond(frame, now);
    if (wait === Infinity) return;
    const timer = setTimeout(() => lookAgain((n) => n + 1), Math.ceil(wait));
    return () => clearTimeout(timer);
  });
  return leftAt(frame, now);
}

function Clock(
  { frame, ahead, words }: Pick<GameHeadProps, "frame" | "ahead" | "words">,
) {
  const left = useLeft(frame, ahead);
  const { round, boost, phase, series } = frame;
  return (
    <div class="head-clock" data-phase={phase}>
      {round && (
        <span class="head-round">
          {filled(words.round, round.number)}
          {series && <small>{filled(words.bestOf, series.bestOf)}</small>}
        </span>
      )}
      {left.round !== null && (
        <b class="head-time" data-last={left.round <= 10 || undefined}>
          {clockText(left.round)}
        </b>
      )}
      {phase === "paused" && (
        <span class="head-tag head-paused">{words.paused}</span>
      )}
      {round !== null && round.overtime > 0 && (
        <span class="head-tag head-overtime">
          {words.overtime}
          {round.overtime > 1 && ` ×${round.overtime}`}
        </span>
      )}
      {round?.target != null && (
        <span class="head-tag">
          {filled(words.firstTo, pointsText(round.target))}
        </span>
      )}
      {boost && left.boost !== null && (
        <span class="head-tag head-boost">
          ×{boost.times} {words.boosts[boost.of]} {left.boost}
        </span>
      )}
    </div>
  );
}

function Teams({ teams, words }: { teams: TeamShown[]; words: Words }) {
  const sum = teams.reduce((all, { points }) => all + Math.max(0, points), 0);
  const share = (points: number) =>
    sum === 0 ? 1 / teams.length : Math.max(0, points) / sum;
  if (teams.length === 2) {
    const [left, right] = teams as [TeamShown, TeamShown];
    // Neither name nor number of the weaker side leaves its place.
    const at = Math.min(.84, Math.max(.16, share(left.points)));
    return (
      <div class="head-tug">
        <div class="tug-bar" style={{ "--at": at }}>
          <TugSide team={left} side="left" />
          <TugSide team={right} side="right" />
        </div>
        <div class="tug-words">
          <TeamWords team={left} words={words} />
          <TeamWords team={right} words={words} />
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
          <TeamWords team={team} words={words} />
          <Stars wins={team.wins} />
          <b class="team-points">{pointsText(team.points)}</b>
        </div>
      ))}
    </>
  );
}

function TugSide({ team, side }: { team: TeamShown; side: "left" | "right" }) {
  return (
    <div class="tug-side" data-side={side} style={{ "--team": team.colour }}>
      <b class="team-points">{pointsText(team.points)}</b>
      <bdi class="team-name">{team.name}</bdi>
      <Stars wins={team.wins} />
    </div>
  );
}

/** How to join, and who is the best of it. */
function TeamWords({ team, words }: { team: TeamShown; words: Words }) {
  return (
    <span class="team-words">
      {team.join !== null && <>{filled(words.join, team.join)}</>}
      {team.best && (
        <bdi class="team-best">{team.best.nickname || team.best.handle}</bdi>
      )}
    </span>
  );
}

/** Rounds that were won. */
export function Stars({ wins }: { wins: number }) {
  if (wins === 0) return null;
  return <span class="stars">{wins > 4 ? `★${wins}` : "★".repeat(wins)}</span>;
}

function Goal({ goal, words }: { goal: GoalShown; words: Words }) {
  const { of, value, to, step, steps } = goal;
  const title = goal.title || words.goals[kindOf(of)];
  return (
    <div class="head-goal" data-done={step === steps || undefined}>
      <div
        class="goal-share"
        style={{ "--share": Math.min(1, Math.max(0, value / to)) }}
      />
      <bdi class="goal-title">{title}</bdi>
      {steps > 1 && <small>{step}/{steps}</small>}
      <b class="goal-value">
        {pointsText(value)} / {pointsText(to)}
      </b>
    </div>
  );
}

function kindOf(of: string): keyof Words["goals"] {
  return of.startsWith("gift:") ? "gift" : of as keyof Words["goals"];
}

/** A text with a value in the place of `{n}`. */
function filled(text: string, value: string | number): string {
  return text.replace("{n}", String(value));
}
