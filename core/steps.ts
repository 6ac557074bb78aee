/**
 * The host's steps, and how they are taken back. Each step keeps the other side
 * of what it changed; undo and redo swap the two, so that one after the other
 * leaves everything as it was, and what viewers did since stays.
 *
 * @module
 */
import { type Entry, type EntryOf, HOST_STEPS } from "./entries.ts";
import type { HostStep } from "./entries.ts";
import type { CommentRow } from "./ports.ts";
import {
  commentById,
  type Controls,
  divideParts,
  gain,
  type Session,
  type Tally,
  type Win,
} from "./session.ts";
import type { Made } from "./views.ts";

/** How many steps can be taken back. */
const MAX_STEPS = 200;

/** One step of the host, holding what to swap in when it is taken back. */
export interface Step {
  /** Seq and type of its entry. */
  of: number;
  type: HostStep;
  viewerId: string | null;
  controls: Controls;
  endedAt: number | null;
  flags: { satOut: boolean; blocked: boolean } | null;
  mark: { commentId: string; used: boolean; hidden?: boolean } | null;
  points: PointsStep | null;
  /** Seq of the win that it made or took back. */
  win?: number;
}

/** Points a step gave or took, and where the viewer stood on either side. */
interface PointsStep {
  from: keyof Made;
  /** What swapping adds. */
  delta: number;
  /** `reached` after swapping, if the viewer has earned nothing since … */
  reached: number;
  /** … which shows by `reached` still being this. */
  unlessMovedFrom: number;
}

type HostEntry = EntryOf<HostStep>;

/** Whether an entry is a step that undo can take back. */
export function isHostStep(entry: Entry): entry is HostEntry {
  return (HOST_STEPS as readonly string[]).includes(entry.type);
}

/** Applies a step of the host and remembers its other side. */
export function takeStep(session: Session, entry: HostEntry): void {
  const tally = "viewerId" in entry ? mustKnow(session, entry) : null;
  const commentId = "commentId" in entry ? entry.commentId : null;
  const row = tally && commentId !== null
    ? commentById(session, tally.id, commentId)
    : undefined;
  const reached = tally?.reached ?? 0;
  const step: Step = {
    of: entry.seq,
    type: entry.type,
    viewerId: tally?.id ?? null,
    controls: session.controls,
    endedAt: session.endedAt,
    flags: tally && { satOut: tally.satOut, blocked: tally.blocked },
    mark: row ? markOf(row) : null,
    points: null,
  };
  apply(session, entry, tally, row);
  if (tally && "points" in entry) {
    step.points = {
      from: entry.type === "pointsAdjusted" ? "adjusted" : "won",
      delta: -entry.points,
      reached,
      unlessMovedFrom: tally.reached,
    };
  }
  if (entry.type === "winnerSelected") step.win = entry.seq;
  if (entry.type === "winTakenBack") step.win = entry.of;
  session.undo.push(step);
  if (session.undo.length > MAX_STEPS) session.undo.shift();
  session.redo = [];
}

/** Takes the last step back. */
export function stepBack(session: Session, entry: EntryOf<"undone">): void {
  const step = session.undo.pop();
  mustFit(entry, step);
  swap(session, step, entry.seq);
  session.redo.push(step);
}

/** Does the step again that was last taken back. */
export function stepForward(session: Session, entry: EntryOf<"redone">): void {
  const step = session.redo.pop();
  mustFit(entry, step);
  swap(session, step, entry.seq);
  session.undo.push(step);
}

function mustFit(
  entry: EntryOf<"undone" | "redone">,
  step: Step | undefined,
): asserts step is Step {
  if (
    step?.of !== entry.of || (step.points?.delta ?? 0) !== (entry.points ?? 0)
  ) {
    throw new RangeError(
      `Cannot apply entry ${entry.seq}: step ${entry.of} is not the next one to ${entry.type}`,
    );
  }
}

function apply(
  session: Session,
  entry: HostEntry,
  tally: Tally | null,
  row: CommentRow | undefined,
): void {
  const set = (change: Partial<Controls>) => {
    session.controls = { ...session.controls, ...change };
  };
  const still = { closesAt: null, countdownTo: null };
  switch (entry.type) {
    case "closing": {
      const { closesAt, countdownTo } = entry;
      return set({ phase: "closing", closesAt, countdownTo });
    }
    case "freezeCancelled":
    case "opened":
      return set({ phase: "open", ...still });
    case "winnerSelected": {
      const { viewerId, commentId, won } = entry;
      if (entry.points !== -won) {
        throw new RangeError(
          `Cannot apply entry ${entry.seq}: a win of ${won} points takes ${entry.points}`,
        );
      }
      const { reached } = tally!;
      const satOut = entry.satOut && !tally!.satOut;
      gain(session, tally!, "won", entry);
      tally!.satOut ||= entry.satOut;
      session.order.touch(tally!);
      if (row) use(session, row, true, entry.seq);
      session.wins.push({
        seq: entry.seq,
        at: entry.at,
        viewerId,
        points: won,
        commentId,
        satOut,
        reached,
        undone: false,
      });
      session.totals.winners++;
      const stage = {
        kind: "winner",
        viewerId,
        commentId,
        points: won,
      } as const;
      return set({ phase: "frozen", ...still, stage });
    }
    case "winTakenBack": {
      const win = mustHaveWon(session, entry);
      if (isOnStage(session, win)) set({ stage: null });
      const { reached } = tally!;
      gain(session, tally!, "won", entry);
      // Who has earned nothing since then is where they were.
      if (reached === win.seq) tally!.reached = win.reached ?? entry.seq;
      if (entry.comesBack) tally!.satOut = false;
      session.order.touch(tally!);
      if (row) use(session, row, false, entry.seq);
      return toggleWin(session, win);
    }
    case "commentShown": {
      const { viewerId, commentId } = entry;
      if (row) use(session, row, true, entry.seq);
      const stage = {
        kind: "comment",
        viewerId,
        commentId,
        points: null,
      } as const;
      return set({ stage });
    }
    case "stageCleared":
      return set({ stage: null });
    case "commentMarked":
      if (row) use(session, row, entry.used, entry.seq);
      return;
    case "commentHidden":
      if (row) hide(session, row, entry.hidden, entry.seq);
      return;
    case "pointsAdjusted":
      return gain(session, tally!, "adjusted", entry);
    case "satOut":
    case "cameBack":
      tally!.satOut = entry.type === "satOut";
      return session.order.touch(tally!);
    case "viewerBlocked":
    case "viewerUnblocked":
      tally!.blocked = entry.type === "viewerBlocked";
      return session.order.touch(tally!);
    case "ratesSet":
      divideParts(session, entry.rates);
      return set({ rates: entry.rates });
    case "ended":
      session.endedAt = entry.at;
      return set({
        phase: "ended",
        ...still,
        endedFrom: session.controls.phase,
      });
  }
}

/** Exchanges what a step changed with its other side. */
function swap(session: Session, step: Step, seq: number): void {
  [session.controls, step.controls] = [step.controls, session.controls];
  [session.endedAt, step.endedAt] = [step.endedAt, session.endedAt];
  const win = winOf(session, step);
  if (win) toggleWin(session, win);
  const tally = step.viewerId && session.tallies.get(step.viewerId);
  if (!tally) return;
  if (step.flags) {
    const { satOut, blocked } = tally;
    Object.assign(tally, step.flags);
    step.flags = { satOut, blocked };
  }
  const row = step.mark &&
    commentById(session, tally.id, step.mark.commentId);
  if (row && step.mark) {
    const before = markOf(row);
    use(session, row, step.mark.used, seq);
    hide(session, row, step.mark.hidden === true, seq);
    step.mark = before;
  }
  if (step.points) swapPoints(session, tally, step.points, seq);
  session.order.touch(tally);
}

/** The win that a step made or took back. */
function winOf(session: Session, step: Step): Win | undefined {
  const seq = step.win ?? (step.type === "winnerSelected" ? step.of : null);
  return session.wins.find((win) => win.seq === seq);
}

function toggleWin(session: Session, win: Win): void {
  win.undone = !win.undone;
  session.totals.winners += win.undone ? -1 : 1;
}

/** Whether the audience looks at just this win. */
function isOnStage(session: Session, win: Win): boolean {
  const { stage } = session.controls;
  const last = session.wins.findLast((each) =>
    !each.undone && each.viewerId === stage?.viewerId
  );
  return stage?.kind === "winner" && last === win;
}

function mustHaveWon(
  session: Session,
  { seq, of, viewerId, points }: EntryOf<"winTakenBack">,
): Win {
  const win = session.wins.find((each) => each.seq === of);
  if (
    win && !win.undone && win.viewerId === viewerId && win.points === points
  ) return win;
  throw new RangeError(
    `Cannot apply entry ${seq}: ${of} is no win of ${viewerId} with ${points} points`,
  );
}

function swapPoints(
  session: Session,
  tally: Tally,
  step: PointsStep,
  seq: number,
): void {
  const { reached } = tally;
  const moved = reached !== step.unlessMovedFrom;
  gain(session, tally, step.from, { seq, points: step.delta });
  // Who has earned since keeps the place of that; the others get theirs back.
  tally.reached = moved ? reached : step.reached;
  step.delta = -step.delta;
  step.reached = reached;
  step.unlessMovedFrom = tally.reached;
}

function markOf({ id, used, hidden }: CommentRow): NonNullable<Step["mark"]> {
  return { commentId: id, used, ...(hidden && { hidden }) };
}

function hide(session: Session, row: CommentRow, hidden: boolean, seq: number) {
  if (hidden) row.hidden = true;
  else delete row.hidden;
  session.changed.set(row, seq);
}

function use(session: Session, row: CommentRow, used: boolean, seq: number) {
  row.used = used;
  session.changed.set(row, seq);
}

function mustKnow(
  session: Session,
  entry: { seq: number; viewerId: string },
): Tally {
  const tally = session.tallies.get(entry.viewerId);
  if (tally) return tally;
  throw new RangeError(
    `Cannot apply entry ${entry.seq}: viewer ${entry.viewerId} was never introduced`,
  );
}
