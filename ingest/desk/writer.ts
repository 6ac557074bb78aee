/**
 * The single writer of a session. Events and commands wait in one inbox, so
 * their order is the order of the ledger; a tick takes what is there through
 * the game, writes the entries down as one commit, and only then answers and
 * shows. A tick starts at once when nothing is being written, so batches grow
 * only under load.
 *
 * @module
 */
import { type Clock, within } from "@/core/clock.ts";
import type { Outcome } from "@/core/desk.ts";
import { type Frame, isTimed } from "@/core/frame.ts";
import type { Session } from "@/core/session.ts";
import type { GameCommand } from "@/core/shapes/commands.ts";
import type { Fact } from "@/core/shapes/entries.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import type { Instant } from "@/core/tick.ts";
import { whyOf } from "@/core/why.ts";
import { turn } from "../clock.ts";
import { createAlarm } from "./alarm.ts";
import { createBatches } from "./batches.ts";
import { createGameTime } from "./game_time.ts";
import { createInbox, type Keyed } from "./inbox.ts";
import { PACE } from "./pace.ts";
import {
  appendRest,
  ask,
  isDue,
  type Loop,
  wake,
  writeRest,
  type WriterOptions,
} from "./loop.ts";
import { createPresented, type ToldState } from "./presented.ts";
import { createSnapshots } from "./snapshots.ts";
import { createTrouble } from "./trouble.ts";

export type { WriterOptions } from "./loop.ts";

/** How long a command waits for a store that cannot write, in ms. */
const PATIENCE_MS = 3_000;
/** How long a reader waits for a write under way. */
const SETTLE_MS = 1_000;

/** A session that is running here. */
export interface Writer {
  /**
   * Puts events in the inbox; how many were refused because it is full.
   *
   * @param came When they came, where they had to wait, and were sent.
   */
  offer(events: LiveEvent[], came?: Came): number;
  /** Puts a command in the inbox; settles once it is durable or refused. */
  submit(command: GameCommand, keyed?: Keyed): Promise<Outcome>;
  /**
   * Records a fact that is not for the game to decide.
   *
   * @param when It happened, where that was earlier; now.
   */
  note(fact: Fact, keyed?: Keyed, when?: Instant): Promise<Outcome>;
  /** The newest durable frame. */
  frame(): Frame;
  /** What is durable of the session as a whole. */
  told(): ToldState;
  /** Looks anew, after what may be seen has changed. */
  redraw(): Frame;
  /**
   * Unix ms, to stamp a frame with as it leaves: while a countdown, a clock, a
   * boost or a pause runs, on the clock that its end is told by, else the wall
   * clock.
   */
  now(): number;
  /** The session; see `settled()` before reading what people are shown. */
  session: Session;
  /** Resolves when all that is applied is durable (or cannot be for a second). */
  settled(): Promise<void>;
  /** Looks whether the live store wants something, and gives it. */
  refresh(): void;
  /** Stops without writing any more, because another process leads. */
  abandon(): Promise<void>;
  waiting(): number;
  /**
   * Writes everything, keeps a snapshot, and stops; where that cannot be done
   * soon, it goes on as it was. False then.
   */
  retire(): Promise<boolean>;
  /**
   * Writes everything, keeps a snapshot, and stops.
   *
   * @throws {Error} If it could not be written.
   */
  close(): Promise<void>;
}

/** When events came here, now unless said otherwise, and were sent. */
export interface Came extends Partial<Instant> {
  /** By the clock that runs forward, of each event; null where not known. */
  sent?: (number | null)[] | undefined;
}

/** Starts the writer of a session. */
export function openWriter(options: WriterOptions): Writer {
  const loop = loopOf(options);
  const { session, clock, inbox, shown } = loop;
  const { elapsed } = clock;
  const instant = (): Instant => ({ at: loop.now(), came: elapsed() });
  loop.alarm.set();
  return {
    session,
    offer(events, {
      came = elapsed(),
      at = Math.round(loop.now() - (elapsed() - came)),
      sent,
    } = {}) {
      if (loop.stopped || loop.closing) return events.length;
      const refused = inbox.offer(events, { at, came }, sent);
      wake(loop);
      return refused;
    },
    submit: (command, keyed) => ask(loop, { ...instant(), command }, keyed),
    note: (fact, keyed, when = instant()) =>
      ask(loop, { ...when, fact }, keyed),
    frame: shown.frame,
    told: shown.told,
    redraw: shown.redraw,
    now: () => isTimed(shown.frame()) ? loop.now() : clock.wall(),
    async settled() {
      if (loop.durable === session.seq || loop.stopped) return;
      const written = new Promise<void>((resolve) => {
        loop.readers.push(resolve);
      });
      await within(clock, SETTLE_MS, written);
    },
    waiting: inbox.size,
    refresh() {
      if (loop.batches.isWanted()) wake(loop);
    },
    abandon: () => abandon(loop),
    retire: () => retire(loop),
    close: () => close(loop),
  };
}

/** The loop of a session that is all durable. */
function loopOf(options: WriterOptions): Loop {
  const { session, log, clock, live, name, info, settings } = options;
  const { patienceMs = PATIENCE_MS, pace = PACE, onTrouble } = options;
  session.touched = live ? new Map() : null;
  const { elapsed } = clock;
  const inbox = createInbox();
  const trouble = createTrouble(elapsed, patienceMs, onTrouble);
  let made: Loop | null = null; // looked at as soon as its parts are made
  const isAhead = () =>
    inbox.size() > 0 || (made?.durable ?? session.seq) < session.seq;
  const now = createGameTime(clock, session, isAhead);
  const loop: Loop = made = {
    ...{ options, session, log, clock, inbox, trouble, now, pace },
    batches: createBatches({ session, live, name, info, pace }),
    shown: createPresented({ session, settings, info, now, elapsed }),
    snapshots: createSnapshots(session, log, pace.snapshots, turn, (error) => {
      trouble.begin(whyOf(error));
    }),
    alarm: createAlarm({
      ...{ clock, session, now },
      isDue: () => isDue(loop),
      wake: () => wake(loop),
    }),
    ...{ durable: session.seq, began: beganAt(session, clock) },
    ...{ writing: null, stopped: null, unwritten: null },
    ...{ played: [], closing: false, readers: [] },
  };
  return loop;
}

/**
 * When a session that ran before began, by the clock that runs forward. It is
 * asked where its begin is not known on TikTok's clock, and is not known itself
 * where the machine's clock stands before what the session has seen.
 */
function beganAt(
  { runs, startedAt, at }: Session,
  clock: Clock,
): number {
  const isAsked = runs.at(-1)?.from === null && clock.wall() >= at;
  return isAsked ? clock.elapsed() - (clock.wall() - startedAt) : -Infinity;
}

/** Stops without writing any more, because another process leads. */
async function abandon(loop: Loop) {
  loop.closing = true;
  loop.alarm.stop();
  loop.stopped ??= new Error("another process leads this session now");
  loop.inbox.empty(loop.stopped);
  while (loop.writing) await loop.writing;
  await loop.snapshots.idle();
}

/** Closes it once everything is written; false where that takes too long. */
async function retire(loop: Loop): Promise<boolean> {
  const { clock, session } = loop;
  const isWritten = () =>
    loop.stopped !== null || (!loop.writing && session.changed.size === 0);
  let isTime = true;
  const writing = async () => {
    while (isTime && !isWritten()) {
      if (!loop.writing) writeRest(loop);
      await loop.writing;
    }
  };
  await within(clock, PATIENCE_MS, writing());
  isTime = false;
  if (!isWritten()) return false;
  await close(loop);
  return true;
}

/** Writes everything, keeps a snapshot, and stops. */
async function close(loop: Loop) {
  const { snapshots } = loop;
  loop.closing = true;
  loop.alarm.stop();
  while (loop.writing) await loop.writing;
  await snapshots.idle();
  if (loop.unwritten) throw loop.unwritten;
  if (loop.stopped) return;
  await appendRest(loop);
  if (snapshots.isBehind()) await snapshots.keep();
  await snapshots.idle();
}
