/**
 * What becomes of a command: one fact, or a refusal with its reason. Reads the
 * session and changes nothing; separate from `session.ts` because it is about
 * the host, and that is about the viewers.
 *
 * @module
 */
import { type Blocker, blockerOf } from "./blocked_words.ts";
import type { GameCommand } from "./shapes/commands.ts";
import { drawComment, type SecretOf } from "./draws.ts";
import { decideRound, resume, type RoundCommand } from "./decide_round.ts";
import { no, noViewer, type Refusal } from "./refusals.ts";
import type { Fact, FactOf } from "./shapes/entries.ts";
import { lastSetBy } from "./fields.ts";
import { shownName } from "./names.ts";
import type { CommentRow } from "./ports.ts";
import { leastCommonMultiple, MAX_PARTS, partsOf } from "./rates.ts";
import { MAX_ADJUSTED } from "./tallies.ts";
import { commentById } from "./tallies.ts";
import type { Session, Tally, Win } from "./session.ts";
import type { Settings } from "./shapes/settings.ts";
import {
  newestStep,
  type Obstacle,
  obstacleTo,
  pointsOfStep,
  type Step,
} from "./steps.ts";
import { bestIn, teamOf, teamOfWord } from "./teams.ts";
import { clockOf, firstTwo, isInSeries, roundOf } from "./rounds.ts";
import { zeroedSince } from "./zeroing.ts";

/** What a decision needs from outside. */
export interface Circumstances {
  /** Unix ms. */
  now: number;
  settings: Settings;
  secretOf: SecretOf;
}

type CommandOf<T extends GameCommand["type"]> = Extract<
  GameCommand,
  { type: T }
>;

/** Decides one command on a running session. */
export function decide(
  session: Session,
  command: GameCommand,
  given: Circumstances,
): Fact | Refusal {
  const { phase } = session.controls;
  if (phase === "idle") return no("no_session", "No session runs");
  if (phase === "ended" && command.type !== "undo") {
    return no("ended", "The session has ended; continue it or start a new one");
  }
  switch (command.type) {
    case "endSession":
      return { type: "ended" };
    case "freeze":
      return freeze(session, command, given);
    case "cancelFreeze":
      return phase === "closing"
        ? { type: "freezeCancelled" }
        : no("not_closing", "There is no countdown to call off");
    case "open":
      return open(session, given);
    case "selectWinner":
      return selectWinner(session, command, given);
    case "clearStage":
      return session.controls.stage
        ? { type: "stageCleared" }
        : no("already", "There is nothing on stage");
    case "setRates":
      return setRates(session, command);
    case "undo":
      return exactly(session, undo(session, command, given));
    case "redo":
      return exactly(session, redo(session, given));
    case "showComment":
    case "markComment":
    case "hideComment":
    case "adjustPoints":
    case "sitOut":
    case "comeBack":
    case "blockViewer":
    case "unblockViewer":
      return aboutViewer(session, command, given);
    default:
      return decideRound(session, command satisfies RoundCommand, given);
  }
}

/** Opens a game again, with what its clock has left; a paused one goes on. */
function open(session: Session, given: Circumstances): Fact | Refusal {
  const { phase, stage } = session.controls;
  if (phase === "open") return no("already_open", "The game is open already");
  if (phase === "paused") return resume(session, given);
  const left = phase === "frozen" ? clockOf(session)?.left ?? 0 : 0;
  return {
    type: "opened",
    ...(stage && { clears: true as const }),
    ...(left > 0 && { endsAt: given.now + left }),
  };
}

/** A fact, or the refusal of one whose points would make sums inexact. */
function exactly(session: Session, fact: Fact | Refusal): Fact | Refusal {
  const points = "points" in fact ? fact.points ?? 0 : 0;
  return Number.isSafeInteger(session.totals.points + points)
    ? fact
    : no("too_many_points", "So many points could not be counted exactly");
}

function freeze(
  session: Session,
  command: CommandOf<"freeze">,
  { now, settings }: Circumstances,
): Fact | Refusal {
  if (session.controls.phase !== "open") {
    return no("not_open", "The game is not open, so it cannot be frozen");
  }
  const seconds = command.seconds ?? settings.freezeSeconds;
  const ends = clockOf(session)?.endsAt ?? Infinity;
  // A clock that ends sooner is not waited beyond.
  const countdownTo = Math.min(now + seconds * 1000, ends);
  const closesAt = countdownTo + settings.streamDelay * 1000;
  return { type: "closing", seconds, countdownTo, closesAt };
}

function selectWinner(
  session: Session,
  command: CommandOf<"selectWinner">,
  { settings, secretOf }: Circumstances,
): Fact | Refusal {
  const { teams } = session.controls;
  const { viewerId, teamId: wanted } = command;
  if (wanted !== undefined && !teams.some(({ id }) => id === wanted)) {
    return no("no_team", `There is no team ${wanted}`);
  }
  const tally = viewerId === undefined
    ? firstOf(session, wanted)
    : session.tallies.get(viewerId);
  if (!tally) {
    return viewerId === undefined
      ? no("empty_board", "Nobody is on the board yet")
      : noViewer(viewerId);
  }
  const rank = session.order.rankOf(tally);
  if (rank === null) {
    return no("no_viewer", `${tally.viewer.nickname} is not on the board`);
  }
  const blocker = blockerOf(settings.blockedWords);
  const rows = [...tally.comments?.values() ?? []]
    .filter((row) => mayBeShown(row, blocker) && !teamOfWord(teams, row.text));
  const picked = pickComment(session, rows, tally, {
    wanted: command.comment,
    secretOf,
  });
  if ("ok" in picked) return picked;
  const teamId = roundOf(session)?.by === "team"
    ? wanted ?? teamOf(session, tally)
    : wanted;
  return {
    type: "winnerSelected",
    viewerId: tally.id,
    rank,
    won: tally.points,
    points: -tally.points,
    ...picked,
    ...(teamId && { teamId }),
    // Who has won one round of a series plays the others, too.
    satOut: settings.winnersSitOut && !isInSeries(session),
  };
}

/** Who wins unless somebody is named: the first of a team, or of the board. */
function firstOf(session: Session, wanted: string | undefined): Tally | null {
  const team = wanted ??
    (roundOf(session)?.by === "team" ? firstTwo(session)[0]?.id : undefined);
  if (team !== undefined) return bestIn(session, team);
  return session.order.slice(0, 1)[0] ?? null;
}

/** A winner's comment, and how it was found. */
type PickedComment = Pick<
  FactOf<"winnerSelected">,
  "commentId" | "choice" | "drawnFrom" | "secret" | "draw"
>;

/** The comment that comes with a winner; none is no reason to refuse. */
function pickComment(
  session: Session,
  rows: CommentRow[],
  tally: Tally,
  { wanted, secretOf }: { wanted: string | undefined; secretOf: SecretOf },
): PickedComment | Refusal {
  switch (wanted) {
    case undefined:
    case "latest": {
      const latest = rows.reduce<CommentRow | null>(
        (best, row) => best && best.lastAt > row.lastAt ? best : row,
        null,
      );
      return { commentId: latest?.id ?? null, choice: "latest" };
    }
    case "random":
      return drawComment(session, { viewerId: tally.id, rows }, secretOf);
    case "none":
      return { commentId: null, choice: "none" };
    default: {
      const row = commentById(session, tally.id, wanted);
      return row && rows.includes(row)
        ? { commentId: row.id, choice: "chosen" }
        : noComment(wanted);
    }
  }
}

function setRates(
  session: Session,
  command: CommandOf<"setRates">,
): Fact | Refusal {
  const parts = leastCommonMultiple(session.parts, partsOf(command.rates));
  if (parts > MAX_PARTS) {
    return no(
      "rates_too_fine",
      `With these likes a point would have ${parts} parts beside the rates this session has had; choose other numbers or start a new session`,
    );
  }
  if (
    JSON.stringify(command.rates) === JSON.stringify(session.controls.rates)
  ) {
    return no("already", "These rates hold already");
  }
  return { type: "ratesSet", rates: command.rates };
}

function undo(
  session: Session,
  { seq }: CommandOf<"undo">,
  { now }: Circumstances,
): Fact | Refusal {
  const at = Math.max(session.at, now); // when it would be recorded
  const newest = newestStep(session, "undo", at);
  const isWin = session.wins.some((win) => win.seq === seq);
  if (seq !== undefined && isWin && seq !== newest?.of) {
    return takeWinBack(session, seq);
  }
  const step = seq === undefined
    ? newest ?? session.undo.at(-1)
    : session.undo.find(({ of }) => of === seq);
  if (!step) return noStep(session, seq);
  if (session.controls.phase === "ended" && step.type !== "ended") {
    return no("ended", "The session has ended; continue it first");
  }
  const obstacle = obstacleTo(session, step, { side: "undo", at });
  return obstacle
    ? tooLate(session, obstacle)
    : { type: "undone", ...aboutStep(session, step), fields: true };
}

function noStep(session: Session, seq: number | undefined): Refusal {
  if (seq === undefined) {
    return no("nothing_to_undo", "There is nothing to undo");
  }
  return session.redo.some(({ of }) => of === seq)
    ? no("already", `The step ${seq} is taken back already`)
    : no("not_a_win", `Entry ${seq} is no step that can be taken back`);
}

/** Says what came after a step that can no longer be taken back. */
function tooLate(session: Session, obstacle: Obstacle): Refusal {
  if (obstacle.why === "over") {
    return no("too_late", "The countdown that it would bring back is over");
  }
  const { why, seq } = obstacle;
  const came = session.undo.find(({ of }) => of === seq);
  const step = came?.type ?? session.byItself.get(seq) ??
    (why === "set" ? "teamAssigned" : "winnerSelected");
  const viewerId = came?.viewerId ??
    session.wins.find((win) => win.seq === seq)?.viewerId;
  const viewer = viewerId && session.tallies.get(viewerId)?.viewer;
  const name = viewer ? shownName(viewer.nickname, viewer.handle) : null;
  const what = `${step}${name === null ? "" : ` of ${name}`} (entry ${seq})`;
  const reason = why === "points"
    ? `${what} took these points since`
    : `${what} came after it and set the same`;
  return { ...no("too_late", reason), after: { seq, step, viewer: name } };
}

/** Takes a win back that is not the newest step; the steps since then stay. */
function takeWinBack(session: Session, seq: number): Fact | Refusal {
  const win = session.wins.find((each) => each.seq === seq)!;
  if (win.undone) return no("already", `The win ${seq} is taken back already`);
  if (session.controls.phase === "ended") {
    return no("ended", "The session has ended; continue it first");
  }
  const { viewerId, points, commentId } = win;
  const isOfOther =
    session.wins.some((each) =>
      each !== win && !each.undone && each.commentId === commentId
    ) || usedBy(session, win) !== seq;
  const satOutBy = lastSetBy(session, { name: "satOut", id: viewerId });
  return {
    type: "winTakenBack",
    of: seq,
    viewerId,
    points: zeroedSince(session, seq) ? 0 : points,
    commentId: isOfOther ? null : commentId,
    comesBack: win.satOut && satOutBy === seq,
  };
}

/** Seq of what marked a win's comment last; null where it has none. */
function usedBy(session: Session, { viewerId, commentId }: Win): number | null {
  const row = commentId === null
    ? undefined
    : commentById(session, viewerId, commentId);
  return row ? lastSetBy(session, { name: "used", id: row.id }) : null;
}

function redo(session: Session, { now }: Circumstances): Fact | Refusal {
  const step = session.redo.at(-1);
  if (!step) return no("nothing_to_redo", "There is nothing to redo");
  const at = Math.max(session.at, now);
  const obstacle = obstacleTo(session, step, { side: "redo", at });
  return obstacle
    ? tooLate(session, obstacle)
    : { type: "redone", ...aboutStep(session, step), fields: true };
}

function aboutStep(session: Session, step: Step) {
  const points = pointsOfStep(session, step);
  return {
    of: step.of,
    step: step.type,
    ...(step.viewerId !== null && { viewerId: step.viewerId }),
    ...(points !== null && { points }),
  };
}

function aboutViewer(
  session: Session,
  command: CommandOf<
    | "showComment"
    | "markComment"
    | "hideComment"
    | "adjustPoints"
    | "sitOut"
    | "comeBack"
    | "blockViewer"
    | "unblockViewer"
  >,
  { settings }: Circumstances,
): Fact | Refusal {
  const { viewerId } = command;
  const tally = session.tallies.get(viewerId);
  if (!tally) return noViewer(viewerId);
  const { satOut, blocked } = tally;
  const name = tally.viewer.nickname;
  switch (command.type) {
    case "showComment":
    case "markComment": {
      const row = commentById(session, viewerId, command.commentId);
      if (!row || row.deleted) return noComment(command.commentId);
      const commentId = row.id;
      if (command.type === "showComment") {
        if (!mayBeShown(row, blockerOf(settings.blockedWords))) {
          return no("comment_hidden", "This comment is kept off the screen");
        }
        return { type: "commentShown", viewerId, commentId };
      }
      const { used } = command;
      return used === row.used
        ? no("already", `The comment is ${used ? "used" : "unused"} already`)
        : { type: "commentMarked", viewerId, commentId, used };
    }
    case "hideComment": {
      const row = commentById(session, viewerId, command.commentId);
      if (!row) return noComment(command.commentId);
      const { hidden } = command;
      return hidden === (row.hidden === true)
        ? no("already", `The comment is ${hidden ? "hidden" : "shown"} already`)
        : { type: "commentHidden", viewerId, commentId: row.id, hidden };
    }
    case "adjustPoints": {
      const { points, reason } = command;
      if (tally.points + points < 0) {
        return no(
          "not_enough_points",
          `${name} has ${tally.points} points, so ${-points} cannot be taken`,
        );
      }
      if (Math.abs(tally.made.adjusted + points) > MAX_ADJUSTED) {
        return no(
          "too_many_points",
          `${name} has ${tally.made.adjusted} points by hand, which ${points} more would take beyond ${MAX_ADJUSTED}`,
        );
      }
      const fact = {
        type: "pointsAdjusted",
        viewerId,
        points,
        reason,
      } as const;
      return exactly(session, fact);
    }
    case "sitOut":
      return satOut
        ? no("already", `${name} sits out already`)
        : { type: "satOut", viewerId };
    case "comeBack":
      return satOut
        ? { type: "cameBack", viewerId }
        : no("already", `${name} is playing`);
    case "blockViewer":
      return blocked
        ? no("already", `${name} is blocked already`)
        : { type: "viewerBlocked", viewerId };
    case "unblockViewer":
      return blocked
        ? { type: "viewerUnblocked", viewerId }
        : no("already", `${name} is not blocked`);
  }
}

/** Whether the audience may see a comment. */
function mayBeShown(row: CommentRow, blocker: Blocker): boolean {
  return !row.deleted && !row.hidden && !blocker.blocksComment(row);
}

function noComment(commentId: string): Refusal {
  return no("no_comment", `This viewer has no comment ${commentId}`);
}
