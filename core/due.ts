/**
 * What the program does by itself, and when: countdowns and clocks that end,
 * overtime, boosts that are over, goals that are reached. Each is decided from
 * the session as it then stands, so all that came before must have been taken
 * in, and nothing that came later.
 *
 * @module
 */
import { record } from "./evolve.ts";
import { goalReached } from "./goals.ts";
import { clockOf, overtimeAt, roundOf } from "./rounds.ts";
import type { Session } from "./session.ts";
import type { Entry, Fact } from "./shapes/entries.ts";

/** Something to be done at a time, Unix ms. */
interface Due {
  at: number;
  fact(): Fact;
}

/** Does the first thing that is due by `now`; null where nothing is. */
export function recordNext(session: Session, now: number): Entry | null {
  const next = nextOf(session);
  if (next && next.at <= now) return record(session, next.fact(), next.at);
  const goal = session.controls.goals.length > 0 ? goalReached(session) : null;
  return goal && record(session, goal, session.at);
}

/** Does all that is due by `now`, in order. */
export function recordDue(session: Session, now: number): Entry[] {
  const entries: Entry[] = [];
  for (;;) {
    const entry = recordNext(session, now);
    if (!entry) return entries;
    entries.push(entry);
  }
}

/** When the next thing is due, Unix ms; null where nothing is to come. */
export function nextDueAt(session: Session): number | null {
  return nextOf(session)?.at ?? null;
}

function nextOf(session: Session): Due | null {
  const { phase, closesAt, boost } = session.controls;
  if (phase !== "open" && phase !== "closing") return null;
  const clock = clockDue(session);
  let next = clock;
  const earlier = (other: Due) => {
    // Of two at one moment the clock is first: it may go on.
    if (next === null || other.at < next.at) next = other;
  };
  if (phase === "closing" && closesAt !== null) {
    earlier({ at: closesAt, fact: () => ({ type: "frozen" }) });
  }
  if (boost) earlier({ at: boost.until, fact: () => ({ type: "boostOver" }) });
  return next;
}

function clockDue(session: Session): Due | null {
  const clock = clockOf(session);
  const round = roundOf(session);
  if (!clock || !round || clock.endsAt === null) return null;
  const { endsAt } = clock;
  if (session.controls.phase === "open") {
    const closesAt = endsAt + round.streamDelay * 1000;
    return {
      at: endsAt - round.freezeSeconds * 1000,
      fact: () => ({ type: "roundClosing", countdownTo: endsAt, closesAt }),
    };
  }
  if (clock.isDecided || round.overtime === null) return null;
  return {
    at: endsAt,
    fact() {
      const why = overtimeAt(session, endsAt);
      const more = why === null ? 0 : round.overtime!.add * 1000;
      return {
        type: "overtimeDecided",
        why: why ?? "none",
        endsAt: endsAt + more,
      };
    },
  };
}
