/**
 * The host's steps, and how they are taken back. A step keeps the fields that
 * it set. It goes back while no later entry has set what it is about; what came
 * along with it (the phase and the card of a win) goes back where nothing has
 * set it since, and else stays. Points are no field: they are added and taken,
 * so that what viewers did since lies on top.
 *
 * @module
 */
import type { Entry, EntryOf } from "./shapes/entries.ts";
import { HOST_STEPS } from "./entries.ts";
import type { HostStep } from "./entries.ts";
import { close } from "./by_itself.ts";
import { promise } from "./draws.ts";
import {
  type Change,
  lastSetBy,
  put,
  type Setter,
  setterOf,
  still,
} from "./fields.ts";
import {
  lotsCountedBy,
  lotsTakenBackOf,
  lotsToCount,
  pointsOf,
  uncountLot,
} from "./late.ts";
import type { CommentRow } from "./ports.ts";
import { countLate, keepOpen, setClock, startRound } from "./round_steps.ts";
import { championOf, clockOf, leftOf, settleLead } from "./rounds.ts";
import type { Controls, Session, StageRef, Tally, Win } from "./session.ts";
import { commentById, divideParts, gain } from "./tallies.ts";
import { join, teamStanding } from "./teams.ts";
import type { Made } from "./views.ts";
import { changeAside, zeroedAt, zeroedSince, zeroingAt } from "./zeroing.ts";

/** How many steps can be taken back. */
const MAX_STEPS = 200;

/** One step of the host, and what to put back when it is taken back. */
export interface Step {
  /** Seq and type of its entry. */
  of: number;
  type: HostStep;
  viewerId: string | null;
  changes: Change[];
  points: PointsStep | null;
  /** All controls on its other side, for ledgers that took steps back whole. */
  whole: { controls: Controls; endedAt: number | null };
}

/** Points a step gave or took, and where the viewer stood on either side. */
interface PointsStep {
  from: keyof Made;
  /** Seq of what gave or took them first: they belong where that lies. */
  origin: number;
  /** What taking it back (or doing it again) adds. */
  delta: number;
  /** `reached` of the viewer before the step, and by it. */
  before: number;
  by: number;
}

/** Why a step cannot be taken back, or done again. */
export type Obstacle =
  /** What it is about was set by the entry of this seq. */
  | { why: "set"; seq: number }
  /** It would leave its viewer below nothing: these points went since. */
  | { why: "points"; seq: number }
  /** It would bring a moment back that has passed. */
  | { why: "over" };

type Side = "undo" | "redo";
type HostEntry = EntryOf<HostStep>;
type BackEntry = EntryOf<"undone" | "redone">;

/** Whether an entry is a step that undo can take back. */
export function isHostStep(entry: Entry): entry is HostEntry {
  return (HOST_STEPS as readonly string[]).includes(entry.type);
}

/** Applies a step of the host and remembers its other side. */
export function takeStep(session: Session, entry: HostEntry): void {
  const tally = "viewerId" in entry && entry.viewerId !== undefined
    ? mustKnow(session, entry.seq, entry.viewerId)
    : null;
  const commentId = "commentId" in entry ? entry.commentId : null;
  const row = tally && commentId !== null
    ? commentById(session, tally.id, commentId)
    : undefined;
  const before = tally?.reached ?? 0;
  const { controls, endedAt } = session;
  const step: Step = {
    of: entry.seq,
    type: entry.type,
    viewerId: tally?.id ?? null,
    changes: [],
    points: null,
    whole: { controls, endedAt },
  };
  const set = setterOf(session, entry.seq, step.changes);
  apply(session, entry, { set, tally, row });
  if (tally) {
    const given = givenBy(session, entry);
    step.points = given && { ...given, before, by: tally.reached };
  }
  session.undo.push(step);
  if (session.undo.length > MAX_STEPS) session.undo.shift();
  session.redo = [];
  settleLead(session);
}

/** The points that a step gave or took. */
function givenBy(
  session: Session,
  entry: HostEntry,
): Pick<PointsStep, "from" | "origin" | "delta"> | null {
  const { seq: origin } = entry;
  switch (entry.type) {
    case "pointsAdjusted":
      return { from: "adjusted", origin, delta: -entry.points };
    case "winnerSelected":
      return { from: "won", origin, delta: entry.won };
    case "winTakenBack": {
      const win = mustHave(session, entry);
      return { from: "won", origin: win.seq, delta: -win.points };
    }
    default:
      return null;
  }
}

/** What taking a step back (or doing it again) adds to the board. */
export function pointsOfStep(session: Session, step: Step): number | null {
  if (!step.points) return null;
  const { origin, delta } = step.points;
  return zeroedSince(session, origin) ? 0 : delta;
}

/**
 * What stands in the way of taking a step back, or of doing it again.
 *
 * @param at Unix ms.
 */
export function obstacleTo(
  session: Session,
  step: Step,
  { side, at }: { side: Side; at: number },
): Obstacle | null {
  for (const change of step.changes) {
    if (change.along || (side === "redo" && !change.back)) continue;
    const seq = lastSetBy(session, change);
    const wanted = side === "undo" ? step.of : change.was;
    if (seq !== wanted) return { why: "set", seq };
    if (isOver(change, side === "undo" ? "old" : "new", at)) {
      return { why: "over" };
    }
    if (isForgotten(session, change)) {
      return { why: "set", seq: zeroedAt(session) };
    }
  }
  return session.only === null ? pointsObstacle(session, step, side) : null;
}

/** Whether it would give back what everybody had, and that is not kept. */
function isForgotten(session: Session, change: Change): boolean {
  return change.name === "zero" &&
    zeroingAt(session, Number(change.id)).viewers === null;
}

/** The same, for what a step gave to viewers or took from them. */
function pointsObstacle(
  session: Session,
  step: Step,
  side: Side,
): Obstacle | null {
  const lots = side === "undo" ? lotsCountedBy(session, step.of) : [];
  const zeroed = zeroedSince(session, step.points?.origin ?? step.of);
  const isOfCount = lots.length > 0 || step.type === "pointsAdjusted";
  if (zeroed && isOfCount) return { why: "set", seq: zeroed.seq };
  if (zeroed?.viewers && step.points && step.viewerId !== null) {
    const had = zeroed.viewers.get(step.viewerId)?.points ?? 0;
    if (had + step.points.delta < 0) {
      return { why: "points", seq: tookPoints(session, step.viewerId) };
    }
  }
  const wanted = new Map<string, number>();
  for (const lot of lots) {
    const sum = wanted.get(lot.viewerId) ?? 0;
    wanted.set(lot.viewerId, sum - pointsOf(lot));
  }
  if (step.viewerId !== null && step.points && !zeroed) {
    wanted.set(step.viewerId, step.points.delta);
  }
  for (const [id, points] of wanted) {
    if (session.tallies.get(id)!.points + points >= 0) continue;
    return { why: "points", seq: tookPoints(session, id) };
  }
  return null;
}

/**
 * The step that undo (or redo) takes without being told which; null where none
 * can be taken.
 *
 * @param at Unix ms.
 */
export function newestStep(
  session: Session,
  side: Side,
  at: number,
): Step | null {
  const isFree = (step: Step) =>
    obstacleTo(session, step, { side, at }) === null;
  // What was taken back is done again in order alone.
  const last = session[side].at(-1);
  if (side === "redo" || session.controls.phase === "ended") {
    return last && isFree(last) ? last : null;
  }
  return session.undo.findLast(isFree) ?? null;
}

/** Takes a step back. */
export function stepBack(session: Session, entry: EntryOf<"undone">): void {
  const at = entry.fields
    ? session.undo.findIndex(({ of }) => of === entry.of)
    : session.undo.length - 1;
  const step = session.undo[at];
  mustFit(session, entry, step);
  if (entry.fields) mustBeFree(session, step, entry);
  session.undo.splice(at, 1);
  if (entry.fields) {
    for (const change of step.changes) putBack(session, step, change, entry);
  } else putAll(session, step, "old");
  swapPoints(session, step, entry.seq);
  for (const lot of lotsCountedBy(session, step.of)) uncountLot(session, lot);
  session.redo.push(step);
  settleLead(session);
}

/** Does the step again that was last taken back. */
export function stepForward(session: Session, entry: EntryOf<"redone">): void {
  const step = session.redo.at(-1);
  mustFit(session, entry, step);
  if (entry.fields) mustBeFree(session, step, entry);
  session.redo.pop();
  if (entry.fields) {
    for (const change of step.changes) putAgain(session, step, change);
  } else putAll(session, step, "new");
  swapPoints(session, step, entry.seq);
  countLate(session, lotsTakenBackOf(session, step.of), step.of);
  settleLead(session);
  session.undo.push(step);
  // In order of their entries, so that the newest is what the host did last.
  session.undo.sort((a, b) => a.of - b.of);
}

function mustFit(
  session: Session,
  entry: BackEntry,
  step: Step | undefined,
): asserts step {
  const points = step ? pointsOfStep(session, step) ?? 0 : 0;
  if (step?.of !== entry.of || points !== (entry.points ?? 0)) {
    throw new RangeError(
      `Cannot apply entry ${entry.seq}: step ${entry.of} is not the next one to ${entry.type}`,
    );
  }
}

function mustBeFree(session: Session, step: Step, entry: BackEntry): void {
  const side = entry.type === "undone" ? "undo" : "redo";
  const obstacle = obstacleTo(session, step, { side, at: entry.at });
  if (!obstacle) return;
  throw new RangeError(
    `Cannot apply entry ${entry.seq}: step ${entry.of} can no longer be ${entry.type}`,
  );
}

/** Puts back what a step set; where a later one has set it, that one knows. */
function putBack(
  session: Session,
  step: Step,
  change: Change,
  { seq, at }: EntryOf<"undone">,
): void {
  change.back = lastSetBy(session, change) === step.of;
  if (!change.back) return passOn(session, change, step.of, change.was);
  // A countdown or a clock that has run out meanwhile has come to its end …
  const clock = step.changes.find(({ name }) => name === "clock");
  const ranOut = clock !== undefined && isOver(clock, "old", at);
  if (change.name === "phase" && (ranOut || isOver(change, "old", at))) {
    Object.assign(change, { old: still("frozen"), was: seq });
  }
  if (change.name === "clock" && ranOut) {
    const old = { ...change.old, endsAt: null, left: 0 };
    Object.assign(change, { old, was: seq });
  }
  // … and the card of a win that was taken back meanwhile is gone.
  if (change.name === "stage" && isFallen(session, change.old)) {
    Object.assign(change, { old: null, was: seq });
  }
  put(session, change, "old", change.was);
}

/** Whether a card shows a winner none of whose wins stands. */
function isFallen({ wins }: Session, card: StageRef | null): boolean {
  return card !== null && card.kind !== "comment" &&
    !wins.some((win) => !win.undone && win.viewerId === card.viewerId);
}

/** Sets again what was put back, or steps in between as it was before. */
function putAgain(session: Session, step: Step, change: Change): void {
  if (!change.back) return passOn(session, change, change.was, step.of);
  if (lastSetBy(session, change) === change.was) {
    put(session, change, "new", step.of);
  }
  change.back = false;
}

/**
 * The step that found a field as the entry `from` had set it finds it as the
 * entry `to` did: what it will put back is right without the step in between.
 */
function passOn(
  session: Session,
  { name, id, old, new: set, was }: Change,
  from: number,
  to: number,
): void {
  for (const { changes } of session.undo) {
    const next = changes.find((each) =>
      each.name === name && each.id === id && each.was === from
    );
    if (!next) continue;
    Object.assign(next, { old: to === was ? old : set, was: to });
    return;
  }
}

/** Earlier ledgers took a step back with all the controls as they had been. */
function putAll(session: Session, step: Step, side: "old" | "new"): void {
  const { controls, endedAt } = session;
  for (const change of step.changes) {
    put(session, change, side, side === "old" ? change.was : step.of);
    change.back = side === "old";
  }
  Object.assign(session, step.whole);
  step.whole = { controls, endedAt };
}

function apply(
  session: Session,
  entry: HostEntry,
  { set, tally, row }: {
    set: Setter;
    tally: Tally | null;
    row: CommentRow | undefined;
  },
): void {
  const along = true;
  switch (entry.type) {
    case "closing": {
      const { closesAt, countdownTo } = entry;
      const clock = clockOf(session);
      set("phase", { ...still("closing"), closesAt, countdownTo });
      // Closed by hand, no clock goes on.
      if (clock) set("clock", { ...clock, isDecided: true }, { along });
      return;
    }
    case "freezeCancelled":
      return keepOpen(session, set);
    case "opened":
      keepOpen(session, set, entry.endsAt);
      if (entry.clears) set("stage", null, { along });
      return;
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
      session.wins.push({
        seq: entry.seq,
        at: entry.at,
        viewerId,
        points: won,
        commentId,
        satOut,
        reached,
        undone: true, // until it is set just below
        round: session.controls.round,
        ...(entry.teamId !== undefined && { teamId: entry.teamId }),
        ...drawnBy(entry),
        isDelivered: false,
      });
      const had = championOf(session);
      set("won", true, { id: String(entry.seq) });
      const isChampion = had === null && championOf(session) !== null;
      if (entry.satOut) set("satOut", true, { id: viewerId, along });
      promise(session, entry.draw);
      close(session, set, entry.at, { along });
      if (row) set("used", true, { id: row.id, along });
      const card = { viewerId, commentId, ...teamCard(session, entry) };
      const kind = isChampion ? "champion" : card.teamId ? "team" : "winner";
      return set("stage", { kind, ...card }, { along });
    }
    case "winTakenBack": {
      const win = mustHaveWon(session, entry);
      const wasOnStage = isOnStage(session, win);
      giveBack(session, tally!, win, entry.seq);
      set("won", false, { id: String(win.seq) });
      if (entry.comesBack) set("satOut", false, { id: tally!.id, along });
      if (row) set("used", false, { id: row.id, along });
      if (wasOnStage) set("stage", null, { along });
      return;
    }
    case "commentShown": {
      const { viewerId, commentId } = entry;
      if (row) set("used", true, { id: row.id, along });
      const card = { viewerId, commentId, points: null };
      return set("stage", { kind: "comment", ...card });
    }
    case "stageCleared":
      return set("stage", null);
    case "commentMarked":
      if (row) set("used", entry.used, { id: row.id });
      return;
    case "commentHidden":
      if (row) set("hidden", entry.hidden, { id: row.id });
      return;
    case "pointsAdjusted":
      return gain(session, tally!, "adjusted", entry);
    case "satOut":
    case "cameBack":
      return set("satOut", entry.type === "satOut", { id: tally!.id });
    case "viewerBlocked":
    case "viewerUnblocked": {
      const isBlocked = entry.type === "viewerBlocked";
      return set("blocked", isBlocked, { id: tally!.id });
    }
    case "ratesSet":
      divideParts(session, entry.rates);
      return set("rates", entry.rates);
    case "ended": {
      const endedFrom = session.controls.phase;
      const clock = clockOf(session);
      set("endedAt", entry.at);
      if (clock) {
        const left = leftOf(clock, entry.at);
        set("clock", { ...clock, endsAt: null, left }, { along });
      }
      if (session.controls.boost) set("boost", null, { along });
      return set("phase", { ...still("ended"), endedFrom }, { along });
    }
    case "roundStarted":
      return startRound(session, entry, set);
    case "clockSet":
      return setClock(session, entry, set);
    case "teamsSet":
      set("teams", entry.teams);
      return set("hold", entry.hold);
    case "teamAssigned": {
      const { seq, teamId: team } = entry;
      const { member } = tally!;
      join(session, tally!, { team, seq, byHand: true });
      const joined = tally!.member;
      tally!.member = member;
      return set("member", joined, { id: tally!.id });
    }
    case "goalsSet":
      return set("goals", entry.goals);
    case "boosted": {
      const { times, of, from, until } = entry;
      return set("boost", { times, of, from, until });
    }
    case "boostEnded":
      return set("boost", null);
    case "lateCounted": {
      const lots = lotsToCount(session, entry.viewerId);
      const points = countLate(session, lots, entry.seq);
      session.came.points += points;
      if (entry.points === undefined || session.only !== null) return;
      if (entry.points === points) return;
      throw new RangeError(
        `Cannot apply entry ${entry.seq}: it gives ${entry.points} points where ${points} came late`,
      );
    }
    case "prizeMarked":
      return set("delivered", entry.done, { id: String(entry.of) });
  }
}

/** What the comment of a win was drawn from. */
function drawnBy(
  { secret, drawnFrom: from = [] }: EntryOf<"winnerSelected">,
): Pick<Win, "drawn"> {
  return secret === undefined ? {} : { drawn: { secret, from } };
}

/** What the card of a win says of its team and of the points. */
function teamCard(
  session: Session,
  { teamId, won }: EntryOf<"winnerSelected">,
): Pick<StageRef, "teamId" | "points"> {
  if (teamId === undefined) return { points: won };
  return { teamId, points: teamStanding(session, teamId).points };
}

/** Gives a winner's points back, where they lie. */
function giveBack(session: Session, tally: Tally, win: Win, seq: number): void {
  const { points } = win;
  const aside = zeroedSince(session, win.seq);
  // Who has earned nothing since then is where they were.
  const back = (reached: number, by: number) =>
    reached === win.seq ? win.reached ?? seq : by;
  if (aside) {
    const reached = (before: number) => back(before, before);
    changeAside(session, aside, tally, { from: "won", points, reached });
    return;
  }
  const { reached } = tally;
  gain(session, tally, "won", { seq, points });
  tally.reached = back(reached, tally.reached);
  session.order.touch(tally);
}

/** Whether a countdown, or a clock, has run out by a time, Unix ms. */
function isOver(change: Change, side: "old" | "new", at: number): boolean {
  if (change.name === "phase") {
    const { phase, closesAt } = change[side];
    return phase === "closing" && closesAt !== null && closesAt <= at;
  }
  if (change.name !== "clock") return false;
  const endsAt = change[side]?.endsAt ?? null;
  return endsAt !== null && endsAt <= at;
}

/** Seq of what took a viewer's points last: a win, else another step. */
function tookPoints(session: Session, viewerId: string): number {
  const win = session.wins.findLast((each) =>
    !each.undone && each.viewerId === viewerId
  );
  const step = session.undo.findLast(({ viewerId: id, points }) =>
    id === viewerId && points !== null && points.delta > 0
  );
  return Math.max(win?.seq ?? 0, step?.of ?? 0);
}

/** Whether the audience looks at just this win. */
function isOnStage(session: Session, win: Win): boolean {
  const { stage } = session.controls;
  const last = session.wins.findLast((each) =>
    !each.undone && each.viewerId === stage?.viewerId
  );
  return stage !== null && stage.kind !== "comment" && last === win;
}

function mustHave(session: Session, { of }: EntryOf<"winTakenBack">): Win {
  return session.wins.find(({ seq }) => seq === of)!;
}

function mustHaveWon(
  session: Session,
  { seq, of, viewerId, points }: EntryOf<"winTakenBack">,
): Win {
  const win = session.wins.find((each) => each.seq === of);
  const shown = win && (zeroedSince(session, of) ? 0 : win.points);
  if (
    win && !win.undone && win.viewerId === viewerId && points === shown
  ) return win;
  throw new RangeError(
    `Cannot apply entry ${seq}: ${of} is no win of ${viewerId} with ${points} points`,
  );
}

/** Gives or takes a step's points; who has earned since keeps the place of that. */
function swapPoints(session: Session, step: Step, seq: number): void {
  const tally = step.viewerId && session.tallies.get(step.viewerId);
  if (!step.points || !tally) return;
  const { from, origin, delta, before, by } = step.points;
  const aside = zeroedSince(session, origin);
  const put = (reached: number, now: number) => {
    const set = reached === by ? before : now;
    const delta = -step.points!.delta;
    step.points = { from, origin, delta, before: reached, by: set };
    return set;
  };
  if (aside) {
    const reached = (had: number) => put(had, had);
    changeAside(session, aside, tally, { from, points: delta, reached });
    return;
  }
  const { reached } = tally;
  gain(session, tally, from, { seq, points: delta });
  tally.reached = put(reached, reached);
  session.order.touch(tally);
}

function mustKnow(session: Session, seq: number, viewerId: string): Tally {
  const tally = session.tallies.get(viewerId);
  if (tally) return tally;
  throw new RangeError(
    `Cannot apply entry ${seq}: viewer ${viewerId} was never introduced`,
  );
}
