/**
 * What the program does by itself, and the host's pauses, as the session takes
 * it: fields are set as by a step, but undo takes none of it back.
 *
 * @module
 */
import type { ProgramStep } from "./entries.ts";
import { type Setter, setterOf, still } from "./fields.ts";
import { clockOf, leftOf } from "./rounds.ts";
import type { Session } from "./session.ts";
import type { EntryOf } from "./shapes/entries.ts";

/** Applies it. */
export function actByItself(
  session: Session,
  entry: EntryOf<ProgramStep>,
): void {
  const set = setterOf(session, entry.seq, []);
  session.byItself.set(entry.seq, entry.type);
  const clock = clockOf(session);
  const { boost, pausedAt, target } = session.controls;
  switch (entry.type) {
    case "frozen":
      return close(session, set, entry.at);
    case "targetReached":
      close(session, set, entry.at);
      if (target !== null) set("target", null); // opened again it plays on
      return;
    case "roundClosing": {
      const { countdownTo, closesAt } = entry;
      return set("phase", { ...still("closing"), countdownTo, closesAt });
    }
    case "overtimeDecided": {
      if (!clock) return;
      if (entry.why === "none") {
        return set("clock", { ...clock, isDecided: true });
      }
      set("phase", still("open"));
      const overtimes = clock.overtimes + 1;
      return set("clock", { ...clock, endsAt: entry.endsAt, overtimes });
    }
    case "boostOver":
      return set("boost", null);
    case "paused": {
      set("phase", { ...still("paused"), pausedAt: entry.at });
      const { left } = entry;
      if (clock) set("clock", { ...clock, endsAt: null, left });
      return;
    }
    case "resumed": {
      set("phase", still("open"));
      const { endsAt } = entry;
      const isDecided = false;
      if (clock) set("clock", { ...clock, endsAt, left: null, isDecided });
      const stood = entry.at - (pausedAt ?? entry.at);
      if (boost) set("boost", movedBy(stood, boost));
    }
  }
}

/** The game closes: its clock stands, and a boost is over. */
export function close(
  session: Session,
  set: Setter,
  at: number,
  { along = false }: { along?: boolean } = {},
): void {
  const { countdownTo, boost } = session.controls;
  const clock = clockOf(session);
  set("phase", still("frozen"), { along });
  if (clock && clock.endsAt !== null) {
    const left = leftOf(clock, countdownTo ?? at);
    set("clock", { ...clock, endsAt: null, left }, { along });
  }
  if (boost) set("boost", null, { along });
}

function movedBy<T extends { from: number; until: number }>(
  ms: number,
  times: T,
): T {
  return { ...times, from: times.from + ms, until: times.until + ms };
}
