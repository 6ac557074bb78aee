/**
 * Steps of the host about rounds, as the session takes them.
 *
 * @module
 */
import { type Setter, still } from "./fields.ts";
import { cameSoFar } from "./goals.ts";
import { countLot, type Lot } from "./late.ts";
import { championOf, clockOf, roundOf } from "./rounds.ts";
import type { Session } from "./session.ts";
import type { EntryOf } from "./shapes/entries.ts";
import { openZeroing } from "./zeroing.ts";

/** A start that can be taken back lies at most so many rounds back. */
const ROUNDS_BACK = 3;

/** Begins a round. */
export function startRound(
  session: Session,
  entry: EntryOf<"roundStarted">,
  set: Setter,
): void {
  const { seq, at, endsAt, target, type: _, ...asked } = entry;
  const last = roundOf(session);
  const index = session.rounds.length + 1;
  const goesOn = last !== null && last.bestOf === entry.bestOf &&
    championOf(session) === null;
  const series = entry.bestOf === null ? null : goesOn ? last.series : index;
  const { round: before, boost, clock, stage } = session.controls;
  session.rounds.push({ ...asked, index, seq, at, before, target, series });
  session.cameBefore.set(index, cameSoFar(session));
  forgetPots(session);
  const along = true;
  set("round", index);
  if (entry.fromZero) {
    openZeroing(session, seq);
    set("zero", true, { id: String(seq) });
  }
  set("phase", still("open"), { along });
  if (endsAt !== null || clock !== null) {
    const runs = { left: null, overtimes: 0, isDecided: false };
    const timed = endsAt === null ? null : { round: seq, endsAt, ...runs };
    set("clock", timed, { along });
  }
  set("target", target, { along });
  if (stage) set("stage", null, { along });
  if (boost) set("boost", null, { along });
  session.lead = { id: null, changedAt: null };
}

/** What came late to rounds that are long over cannot be counted any more. */
function forgetPots(session: Session): void {
  const since = session.rounds.at(-1 - ROUNDS_BACK)?.seq ?? 0;
  session.pots = session.pots.filter(({ seq }) => seq >= since);
}

/** Sets the clock; a round that is frozen, or is about to be, goes on. */
export function setClock(
  session: Session,
  { endsAt, left }: EntryOf<"clockSet">,
  set: Setter,
): void {
  const round = roundOf(session)!;
  const { overtimes } = clockOf(session) ?? { overtimes: 0 };
  const { phase, countdownTo } = session.controls;
  const isClosing = phase === "closing" &&
    countdownTo === clockOf(session)?.endsAt;
  const isNone = endsAt === null && left === null;
  const runs = { overtimes, isDecided: phase === "closing" && !isClosing };
  set("clock", isNone ? null : { round: round.seq, endsAt, left, ...runs });
  const reopens = phase === "frozen" && endsAt !== null;
  if (reopens || isClosing) set("phase", still("open"), { along: true });
}

/**
 * Keeps a game open that was about to close, or opens it again: a clock that
 * was about to end it is done with, one that was only closed over goes on.
 */
export function keepOpen(
  session: Session,
  set: Setter,
  endsAt?: number,
): void {
  const { phase, countdownTo } = session.controls;
  const clock = clockOf(session);
  const along = true;
  set("phase", still("open"));
  if (!clock) return;
  if (endsAt !== undefined) {
    const runs = { endsAt, left: null, isDecided: false };
    set("clock", { ...clock, ...runs }, { along });
  } else if (phase === "closing") {
    const isByClock = countdownTo === clock.endsAt;
    const runs = isByClock ? { endsAt: null, left: 0 } : { isDecided: false };
    set("clock", { ...clock, ...runs }, { along });
  }
}

/** Counts what came late; the points. */
export function countLate(
  session: Session,
  lots: Lot[],
  step: number,
): number {
  return lots.reduce((sum, lot) => sum + countLot(session, lot, step), 0);
}
