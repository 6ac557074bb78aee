/**
 * The single writer of a session. Events and commands wait in one inbox, so
 * their order is the order of the ledger; a tick takes what is there through
 * the game, writes the entries down as one commit, and only then answers and
 * shows. A tick starts at once when nothing is being written, so batches grow
 * only under load.
 *
 * @module
 */
import { type Clock, pause, within } from "@/core/clock.ts";
import type { GameCommand } from "@/core/shapes/commands.ts";
import { AwayError, type Outcome } from "@/core/desk.ts";
import type { Entry, Fact } from "@/core/shapes/entries.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import type { Frame } from "@/core/frame.ts";
import { LogConflictError } from "@/core/ports.ts";
import type { Batch, Live, SessionInfo, SessionLog } from "@/core/ports.ts";
import type { Room } from "@/core/room.ts";
import type { Session } from "@/core/session.ts";
import type { Settings } from "@/core/shapes/settings.ts";
import { type Asked, type Instant, tick } from "@/core/tick.ts";
import { errorOf, whyOf } from "@/core/why.ts";
import { choose } from "../chance.ts";
import { turn } from "../clock.ts";
import { createAlarm } from "./alarm.ts";
import { answerOf, createBatches, isEmpty } from "./batches.ts";
import { createGameTime } from "./game_time.ts";
import { type Ask, createInbox, type Item, type Keyed } from "./inbox.ts";
import { createPresented, type Told } from "./presented.ts";
import { createSnapshots } from "./snapshots.ts";
import { readAgain, standAt } from "./take_back.ts";
import {
  createTrouble,
  ImpatientError,
  notDone,
  retryAfter,
} from "./trouble.ts";

/** Most events and commands of one tick: a larger batch only adds latency. */
const MAX_BATCH = 2_000;
/** From so many waiting events on the next batch is played ahead. */
const BUSY = 500;
/** How long a command waits for a store that cannot write, in ms. */
const PATIENCE_MS = 3_000;
/** How long a close waits for what came before it and is still being read. */
export const HEARD_MS = 2_000;
/** How long a reader waits for a write under way. */
const SETTLE_MS = 1_000;

/** What a writer needs. */
export interface WriterOptions {
  /** The session as its ledger has it; the writer changes it from now on. */
  session: Session;
  log: SessionLog;
  /** Where the store has a live board. */
  live?: Live;
  /** A name no other writer has. */
  name: string;
  settings(): Settings;
  clock: Clock;
  /** TikTok's clock, Unix ms; null while it is not known. */
  theirTime?(): number | null;
  /**
   * When the oldest came of what has arrived and was not offered yet, in ms
   * that only run forward; null where nothing waits.
   */
  untoldSince?(): number | null;
  /** What the room has sent; null while there is none. */
  room?(): Room | null;
  /** The session's line in the list, written with entries that change it. */
  info(): SessionInfo;
  /**
   * Called after each commit, with the frame if it looks different, and how
   * many ms the oldest of its events and commands has waited for it.
   */
  onCommit(entries: Entry[], frame: Frame | null, waitedMs: number): void;
  /** Called when writing fails (the reason) and when it works again (null). */
  onTrouble(reason: string | null): void;
  /** `PATIENCE_MS` unless said otherwise. */
  patienceMs?: number;
  /** Called once if the writer had to stop. */
  onStop(error: Error): void;
}

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
  told(): Told;
  /** Looks anew, after what may be seen has changed. */
  redraw(): Frame;
  /**
   * Unix ms, to stamp a frame with as it leaves: while a countdown runs on the
   * clock that its end is told by, else the wall clock.
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

/** What a tick has made of its items. */
interface Played {
  items: Item[];
  batch: Batch;
  asks: { ask: Ask; outcome: Outcome }[];
  /** How it looks after it, to be shown once it is durable. */
  frame: Frame | null;
  told: Told;
  /** The room's memory, and how much it had noted after it. */
  room: Room | null;
  noted: number;
  /** When the oldest of its items came in, by the clock that runs forward. */
  since: number;
}

/** Starts the writer of a session. */
export function openWriter(options: WriterOptions): Writer {
  const { session, log, clock, live, name, info, settings } = options;
  session.touched = live ? new Map() : null;
  const inbox = createInbox();
  /** Seq up to which all is durable; the session may be ahead of it. */
  let durable = session.seq;
  const now = createGameTime(
    clock,
    session,
    () => inbox.size() > 0 || durable < session.seq,
  );
  const { elapsed } = clock;
  const batches = createBatches({ session, live, name, info });
  const shown = createPresented({ session, settings, info, now, elapsed });
  const { patienceMs = PATIENCE_MS, onTrouble } = options;
  const trouble = createTrouble(elapsed, patienceMs, onTrouble);
  const snapshots = createSnapshots(session, log, turn, (error) => {
    trouble.begin(whyOf(error));
  });
  const alarm = createAlarm({ clock, session, now, isDue, wake });
  /** When the session began to run here; it may have run before. */
  let began = -Infinity;
  let writing: Promise<void> | null = null;
  let stopped: Error | null = null;
  /** Why what had come in could not be written before the end. */
  let unwritten: Error | null = null;
  /** What is being written, and what was played ahead meanwhile. */
  let played: Played[] = [];
  let closing = false;
  /** Those who wait for the session to stand where it is durable. */
  let readers: (() => void)[] = [];

  function wake() {
    if (!writing && !stopped && isWaiting()) {
      writing = run().finally(() => {
        writing = null;
        wake(); // whoever was answered may have asked again just now
      });
    }
  }

  async function run() {
    let next = play();
    while (next && !stopped) {
      const result = await write(next);
      if (result === "stopped") return;
      next = result ?? await between();
    }
    if (!stopped && !closing) alarm.set();
  }

  /** Writes a tick down, and tells it; what was played ahead meanwhile. */
  async function write(now: Played): Promise<Played | null | "stopped"> {
    const { batch } = now;
    let ahead: Played | null = null;
    played = [now];
    try {
      const written = isEmpty(batch) ? undefined : append(batch);
      // The next batch is played while this one is on its way.
      written?.catch(() => {}); // it is awaited just below
      ahead = await isBusy() ? play() : null;
      if (ahead) {
        played.push(ahead);
        log.prepare?.(ahead.batch);
      }
      await written;
    } catch (error) {
      const why = errorOf(error);
      if (why instanceof ImpatientError && await takeBack(why)) return null;
      stop(why);
      return "stopped";
    }
    played = [];
    tell(now);
    return ahead;
  }

  /** Only what is durable is told and shown, and only then answered. */
  function tell({ batch, room, noted, told, frame, since, asks }: Played) {
    durable = batch.after + batch.entries.length;
    room?.settle(noted);
    shown.say(told);
    show(batch.entries, frame, since);
    for (const { ask, outcome } of asks) ask.settle(outcome);
  }

  function show(entries: Entry[], next: Frame | null, since: number) {
    options.onCommit(entries, shown.show(next), elapsed() - since);
  }

  /** What is done while the session is all durable; then what waits. */
  async function between(): Promise<Played | null> {
    if (readers.length > 0) await letRead();
    if (snapshots.isDue()) await snapshots.keep();
    return play();
  }

  /** Holds the next batch back until the readers have had their turn. */
  async function letRead() {
    for (const reader of readers) reader();
    readers = [];
    await turn();
  }

  function isWaiting(): boolean {
    return inbox.size() > 0 || isDue() || batches.isWanted() || isTried();
  }

  /** Whether to find out if the store can write again. */
  function isTried(): boolean {
    return trouble.is() && !closing && session.seq > 0;
  }

  function isDue(): boolean {
    const { phase, closesAt } = session.controls;
    return phase === "closing" && closesAt !== null && heardUpTo() >= closesAt;
  }

  /**
   * Whether so much waits that the game may run ahead of what is durable. It
   * does not where a reader or a snapshot wants the two to meet.
   */
  async function isBusy(): Promise<boolean> {
    if (inbox.size() < BUSY || readers.length > 0) return false;
    if (snapshots.isDue()) return false;
    await turn(); // lets the batch go out first
    return readers.length === 0;
  }

  /** Plays what waits; null where nothing does. */
  function play(): Played | null {
    if (stopped || !isWaiting()) return null;
    return apply(inbox.take(trouble.is() ? untilAsk() : MAX_BATCH));
  }

  /**
   * How much of the inbox goes before its first command. What cannot be written
   * now should not hold a command that would then have to be taken back.
   */
  function untilAsk(): number {
    const first = inbox.beforeAsk();
    return first <= 0 ? MAX_BATCH : Math.min(first, MAX_BATCH);
  }

  /** Takes items through the game; what to write down, and whom to answer. */
  function apply(items: Item[]): Played {
    const after = session.seq;
    const room = options.room?.() ?? null;
    const made = tick(session, items, {
      settings: settings(),
      choose,
      room,
      tiktokAt: options.theirTime?.() ?? null,
      // What came before the close may still wait, and counts.
      heardUpTo: () => inbox.firstAt() ?? heardUpTo(),
      began,
    });
    ({ began } = made);
    const { entries } = made;
    const asks = items.flatMap((item) => "ask" in item ? [item.ask] : [])
      .map((ask, i) => ({ ask, outcome: made.outcomes[i]! }));
    const batch = batches.of({
      ...{ after, entries, isTried: isTried() },
      answers: asks.flatMap(({ ask: { keyed }, outcome }) =>
        keyed && outcome.ok && outcome.seq !== null
          ? [{ seq: outcome.seq, answer: answerOf(keyed, outcome) }]
          : []
      ),
    });
    return {
      ...{ items, batch, asks, room },
      frame: shown.next(inbox.size() > 0),
      told: shown.tell(),
      noted: room?.noted() ?? 0,
      since: items[0]?.came ?? elapsed(),
    };
  }

  /**
   * The game's time up to which all that arrived has been offered, unless that
   * takes too long.
   */
  function heardUpTo(): number {
    const untold = options.untoldSince?.() ?? null;
    const behind = untold === null ? 0 : elapsed() - untold;
    return behind < HEARD_MS ? now() - behind : now();
  }

  /**
   * Writes a batch down, however long it takes; only a rival stops it.
   *
   * @throws {ImpatientError} If a command has waited for it long enough.
   */
  async function append(batch: Batch) {
    for (let tries = 0;; tries++) {
      try {
        await log.append(batch);
        trouble.end();
        return;
      } catch (error) {
        if (error instanceof LogConflictError || stopped) throw error;
        if (closing && tries > 2) throw error;
        const why = whyOf(error);
        trouble.begin(why);
        inbox.refuse(trouble.isImpatient, notDone(why));
        const asks = played.flatMap(({ asks }) => asks);
        if (asks.some(({ ask }) => trouble.isImpatient(ask))) {
          throw new ImpatientError(why);
        }
        await pause(clock, retryAfter(tries));
      }
    }
  }

  /**
   * Takes what was played and could not be written out of the session again,
   * refuses its commands and puts its events back into the line: the session is
   * then what its ledger says, and waits for the store without a command that
   * would take effect when nobody expects it any more.
   *
   * @returns Whether the session goes on.
   */
  async function takeBack({ message }: ImpatientError): Promise<boolean> {
    const waits = new Set(played.flatMap(({ asks }) => asks));
    for (let tries = 0;; tries++) {
      const kept = await readAgain(log, session.id);
      // A part may have been written, and who asked for it is told so.
      for (const one of kept ? waits : []) {
        const { ask, outcome } = one;
        if (!outcome.ok || outcome.seq! > kept!.seq) continue;
        ask.settle(outcome);
        waits.delete(one);
      }
      for (const { ask } of waits) ask.fail(notDone(message));
      waits.clear();
      if (kept) {
        goOnFrom(kept);
        return true;
      }
      if (stopped || (closing && tries > 2)) return false;
      await pause(clock, retryAfter(tries));
      inbox.refuse(trouble.isImpatient, notDone(message));
    }
  }

  /** Lets the session be what was read, with the rest back in the inbox. */
  function goOnFrom(read: Session) {
    const written = standAt(session, read, played);
    durable = session.seq;
    shown.say(shown.tell());
    inbox.putBack(
      played.flatMap(({ items }) => items).filter((item) => "event" in item),
    );
    played = [];
    if (written.length > 0) {
      show(written, shown.next(inbox.size() > 0), elapsed());
    }
  }

  function stop(error: Error) {
    stopped = error;
    const isRival = error instanceof LogConflictError;
    if (!isRival) unwritten = error;
    alarm.stop();
    const told = isRival ? error : notDone(error.message);
    for (const { asks } of played) {
      for (const { ask } of asks) ask.fail(told);
    }
    inbox.empty(told);
    options.onStop(error);
  }

  function ask(asked: Asked, keyed?: Keyed): Promise<Outcome> {
    if (stopped || closing) {
      return Promise.reject(
        new AwayError(
          `Cannot take a command: ${stopped?.message ?? "shutting down"}`,
        ),
      );
    }
    const outcome = inbox.ask(asked, elapsed(), keyed);
    wake();
    return outcome;
  }

  const instant = (): Instant => ({ at: now(), came: elapsed() });

  alarm.set();
  return {
    session,
    offer(events, {
      came = elapsed(),
      at = Math.round(now() - (elapsed() - came)),
      sent,
    } = {}) {
      if (stopped || closing) return events.length;
      const refused = inbox.offer(events, { at, came }, sent);
      wake();
      return refused;
    },
    submit: (command, keyed) => ask({ ...instant(), command }, keyed),
    note: (fact, keyed, when = instant()) => ask({ ...when, fact }, keyed),
    frame: shown.frame,
    told: shown.told,
    redraw: shown.redraw,
    now: () => shown.frame().phase === "closing" ? now() : clock.wall(),
    async settled() {
      if (durable === session.seq || stopped) return;
      const written = new Promise<void>((resolve) => readers.push(resolve));
      await within(clock, SETTLE_MS, written);
    },
    waiting: inbox.size,
    refresh() {
      if (batches.isWanted()) wake();
    },
    async abandon() {
      closing = true;
      alarm.stop();
      stopped ??= new Error("another process leads this session now");
      inbox.empty(stopped);
      while (writing) await writing;
      await snapshots.idle();
    },
    async close() {
      closing = true;
      alarm.stop();
      while (writing) await writing;
      await snapshots.idle();
      if (unwritten) throw unwritten;
      if (stopped) return;
      for (let rest = batches.rest(); rest; rest = batches.rest()) {
        await append(rest);
      }
      if (snapshots.isBehind()) await snapshots.keep();
      await snapshots.idle();
    },
  };
}
