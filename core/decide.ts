/**
 * What becomes of a command: one fact, or a refusal with its reason. Reads the
 * session and changes nothing; separate from `session.ts` because it is about
 * the host, and that is about the viewers.
 *
 * @module
 */
import { type Blocker, blockerOf } from "./blocked_words.ts";
import type { GameCommand, Refusal, RefusalCode } from "./commands.ts";
import type { Fact } from "./entries.ts";
import type { CommentRow } from "./ports.ts";
import { leastCommonMultiple, MAX_PARTS, partsOf } from "./rates.ts";
import { commentById, MAX_ADJUSTED } from "./session.ts";
import type { Session, Tally } from "./session.ts";
import type { Settings } from "./settings.ts";

/** What a decision needs from outside. */
export interface Circumstances {
  /** Unix ms. */
  now: number;
  settings: Settings;
  /** A whole number from 0 to below `n`, all equally likely. */
  choose(n: number): number;
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
      return phase === "open"
        ? no("already_open", "The game is open already")
        : { type: "opened" };
    case "selectWinner":
      return selectWinner(session, command, given);
    case "clearStage":
      return session.controls.stage
        ? { type: "stageCleared" }
        : no("already", "There is nothing on stage");
    case "setRates":
      return setRates(session, command);
    case "undo":
      return exactly(session, undo(session, command));
    case "redo":
      return exactly(session, redo(session));
    default:
      return aboutViewer(session, command, given);
  }
}

/** A fact, or the refusal of one whose points would make sums inexact. */
function exactly(session: Session, fact: Fact | Refusal): Fact | Refusal {
  const points = "points" in fact ? fact.points ?? 0 : 0;
  return Number.isSafeInteger(session.totals.points + points)
    ? fact
    : no("too_many_points", "So many points could not be counted exactly");
}

function no(code: RefusalCode, reason: string): Refusal {
  return { ok: false, code, reason };
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
  const countdownTo = now + seconds * 1000;
  const closesAt = countdownTo + settings.streamDelay * 1000;
  return { type: "closing", seconds, countdownTo, closesAt };
}

function selectWinner(
  session: Session,
  command: CommandOf<"selectWinner">,
  { settings, choose }: Circumstances,
): Fact | Refusal {
  const tally = command.viewerId === undefined
    ? session.order.slice(0, 1)[0]
    : session.tallies.get(command.viewerId);
  if (!tally) {
    return command.viewerId === undefined
      ? no("empty_board", "Nobody is on the board yet")
      : noViewer(command.viewerId);
  }
  const rank = session.order.rankOf(tally);
  if (rank === null) {
    return no("no_viewer", `${tally.viewer.nickname} is not on the board`);
  }
  const blocker = blockerOf(settings.blockedWords);
  const rows = [...tally.comments?.values() ?? []]
    .filter((row) => mayBeShown(row, blocker));
  const picked = pickComment(session, rows, tally, {
    wanted: command.comment,
    choose,
  });
  if ("ok" in picked) return picked;
  return {
    type: "winnerSelected",
    viewerId: tally.id,
    rank,
    won: tally.points,
    points: -tally.points,
    ...picked,
    satOut: settings.winnersSitOut,
  };
}

/** The comment that comes with a winner; none is no reason to refuse. */
function pickComment(
  session: Session,
  rows: CommentRow[],
  tally: Tally,
  { wanted, choose }: {
    wanted: string | undefined;
    choose(n: number): number;
  },
): {
  commentId: string | null;
  choice: "latest" | "random" | "none" | "chosen";
  drawnFrom?: string[];
} | Refusal {
  switch (wanted) {
    case undefined:
    case "latest": {
      const latest = rows.reduce<CommentRow | null>(
        (best, row) => best && best.lastAt > row.lastAt ? best : row,
        null,
      );
      return { commentId: latest?.id ?? null, choice: "latest" };
    }
    case "random": {
      const unused = rows.filter((row) => !row.used);
      const from = (unused.length > 0 ? unused : rows).map((row) => row.id);
      const commentId = from.length > 0 ? from[choose(from.length)]! : null;
      return { commentId, choice: "random", drawnFrom: from };
    }
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
): Fact | Refusal {
  const step = session.undo.at(-1);
  if (seq !== undefined && seq !== step?.of) return takeWinBack(session, seq);
  if (!step) return no("nothing_to_undo", "There is nothing to undo");
  return { type: "undone", ...aboutStep(step) };
}

/** Takes a win back that is not the last step; the steps since then stay. */
function takeWinBack(session: Session, seq: number): Fact | Refusal {
  const win = session.wins.find((each) => each.seq === seq);
  if (!win) return no("not_a_win", `Entry ${seq} is no win of this session`);
  if (win.undone) return no("already", `The win ${seq} is taken back already`);
  if (session.controls.phase === "ended") {
    return no("ended", "The session has ended; continue it first");
  }
  const { viewerId, points, commentId } = win;
  const isElsewhere = session.wins.some((each) =>
    each !== win && !each.undone && each.commentId === commentId
  );
  return {
    type: "winTakenBack",
    of: seq,
    viewerId,
    points,
    commentId: isElsewhere ? null : commentId,
    comesBack: win.satOut && session.tallies.get(viewerId)!.satOut,
  };
}

function redo(session: Session): Fact | Refusal {
  const step = session.redo.at(-1);
  if (!step) return no("nothing_to_redo", "There is nothing to redo");
  return { type: "redone", ...aboutStep(step) };
}

function aboutStep(step: Session["undo"][number]) {
  return {
    of: step.of,
    step: step.type,
    ...(step.viewerId !== null && { viewerId: step.viewerId }),
    ...(step.points && { points: step.points.delta }),
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

function noViewer(viewerId: string): Refusal {
  return no("no_viewer", `No viewer ${viewerId} has done anything here`);
}

function noComment(commentId: string): Refusal {
  return no("no_comment", `This viewer has no comment ${commentId}`);
}
