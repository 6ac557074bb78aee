/**
 * One tick of the game: what arrived and what was asked, in the order in which
 * it waited, becomes entries and outcomes. No time passes in here and nothing
 * is written; whoever writes decides when the result is told.
 *
 * @module
 */
import { advance } from "./advance.ts";
import { type Circumstances, decide } from "./decide.ts";
import type { Outcome } from "./desk.ts";
import { recordDue } from "./due.ts";
import { record } from "./evolve.ts";
import { roomLikesToTell } from "./goals.ts";
import type { RoomTotal } from "./connection.ts";
import type { Refusal } from "./refusals.ts";
import type { Room } from "./room.ts";
import { FAVOUR_MS, ranAt } from "./runs.ts";
import type { Arrival, Session } from "./session.ts";
import type { GameCommand } from "./shapes/commands.ts";
import type { Entry, Fact } from "./shapes/entries.ts";
import type { LiveEvent } from "./shapes/events.ts";

/** A moment, on both clocks. */
export interface Instant {
  /** Unix ms. */
  at: number;
  /** By the clock that only runs forward. */
  came: number;
}

/** A live event, and when it was sent by the clock that only runs forward. */
export interface Arrived extends Instant {
  event: LiveEvent;
  /** Null where that is not known. */
  sent: number | null;
}

/** What the host asks, or a fact that is not for the game to decide. */
export type Asked = Instant & ({ command: GameCommand } | { fact: Fact });

/** What a tick needs from outside. */
export interface Around extends Pick<Circumstances, "settings" | "secretOf"> {
  /** What the room has sent; null while there is none. */
  room: Room | null;
  /** Likes of the room as TikTok counts them; null while not known. */
  roomLikes: RoomTotal | null;
  /** This moment on TikTok's clock, Unix ms; null where it is not known. */
  tiktokAt: number | null;
  /**
   * Unix ms up to which everything that arrived is in the tick or before it;
   * asked once all of it is in.
   */
  heardUpTo(): number;
  /** When the session began to run here, by the clock that only runs forward. */
  began: number;
}

/** What a tick has made. */
export interface Ticked {
  entries: Entry[];
  /** What became of each thing asked, in order. */
  outcomes: Outcome[];
  /** When the session began to run here, as of now. */
  began: number;
}

/** A tick half-way. */
interface Course extends Ticked {
  session: Session;
  around: Around;
  /** Events that came after the last thing asked. */
  arrivals: Arrival[];
}

/** Takes what waits through the game, and changes the session. */
export function tick(
  session: Session,
  waiting: (Arrived | Asked)[],
  around: Around,
): Ticked {
  const { began } = around;
  const course: Course = {
    ...{ session, around, began },
    ...{ entries: [], outcomes: [], arrivals: [] },
  };
  for (const item of waiting) {
    if ("event" in item) arrive(course, item);
    else answer(course, item);
  }
  takeIn(course);
  close(course, around.heardUpTo());
  tellRoomLikes(course);
  const { entries, outcomes } = course;
  return { entries, outcomes, began: course.began };
}

function arrive(course: Course, { at, came, event, sent }: Arrived) {
  course.arrivals.push({
    ...{ at, event, foreign: isForeign(course, event, sent) },
    ...(sent !== null && { sentAt: at - (came - sent) }),
  });
}

/** Lets events in that came before what is asked next. */
function takeIn(course: Course) {
  const { session, arrivals, around, entries } = course;
  for (const entry of advance(session, arrivals, around.room)) {
    entries.push(entry);
  }
  course.arrivals = [];
}

function answer(course: Course, asked: Asked) {
  const { session, entries, outcomes } = course;
  takeIn(course);
  close(course, asked.at);
  const fact = factOf(course, asked);
  if ("ok" in fact) {
    outcomes.push(fact);
    return;
  }
  const runs = session.runs.length;
  const entry = record(session, dated(fact, course.around), asked.at);
  if (session.runs.length > runs) course.began = asked.came;
  entries.push(entry);
  outcomes.push({ ok: true, seq: entry.seq, entry });
  close(course, asked.at);
}

function factOf(
  { session, around: { settings, secretOf } }: Course,
  asked: Asked,
): Fact | Refusal {
  if ("fact" in asked) return asked.fact;
  return decide(session, asked.command, { now: asked.at, settings, secretOf });
}

/** Writes the room's likes down where a goal counts them. */
function tellRoomLikes(course: Course) {
  const { session, around, entries } = course;
  const at = around.heardUpTo();
  const fact = roomLikesToTell(session, around.roomLikes, at);
  if (!fact) return;
  entries.push(record(session, fact, at));
  close(course, at);
}

/** Does what the program has to do by then. */
function close({ session, entries }: Course, at: number) {
  entries.push(...recordDue(session, at));
}

/**
 * Whether an event was sent while this session did not run. Where its begin
 * is not known on TikTok's clock, the time since then decides.
 */
function isForeign(
  { session, began }: Course,
  event: LiveEvent,
  sent: number | null,
): boolean {
  if (sent === null || !("viewer" in event)) return false;
  return !ranAt(session, event.at, FAVOUR_MS, sent + FAVOUR_MS >= began);
}

/** The end of a session, with the time it has on TikTok's clock. */
function dated(fact: Fact, { tiktokAt }: Around): Fact {
  if (fact.type !== "ended" || tiktokAt === null) return fact;
  return { ...fact, tiktokAt };
}
