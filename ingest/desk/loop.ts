/**
 * The loop of a writer: what waits is taken through the game, written down as
 * one commit, and only then answered and shown.
 *
 * @module
 */
import { type Clock, pause } from "@/core/clock.ts";
import type { RoomTotal } from "@/core/connection.ts";
import { AwayError, type Outcome } from "@/core/desk.ts";
import type { SecretOf } from "@/core/draws.ts";
import { nextDueAt } from "@/core/due.ts";
import type { Frame } from "@/core/frame.ts";
import {
  type Batch,
  type Live,
  LogConflictError,
  type SessionInfo,
  type SessionLog,
} from "@/core/ports.ts";
import type { Room } from "@/core/room.ts";
import type { Session } from "@/core/session.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { Settings } from "@/core/shapes/settings.ts";
import { type Asked, tick } from "@/core/tick.ts";
import { errorOf, whyOf } from "@/core/why.ts";
import { turn } from "../clock.ts";
import type { Alarm } from "./alarm.ts";
import { answerOf, type Batches, isEmpty } from "./batches.ts";
import type { Ask, Inbox, Item, Keyed } from "./inbox.ts";
import type { Pace } from "./pace.ts";
import type { Presented, ToldState } from "./presented.ts";
import type { Snapshots } from "./snapshots.ts";
import { readAgain, standAt } from "./take_back.ts";
import {
  ImpatientError,
  notDone,
  retryAfter,
  type Trouble,
} from "./trouble.ts";

/** How long a close waits for what came before it and is still being read. */
export const HEARD_MS = 2_000;

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
  secretOf: SecretOf;
  /** TikTok's clock, Unix ms; null while it is not known. */
  theirTime?(): number | null;
  /** Likes of the room as TikTok counts them; null while not known. */
  roomLikes?(): RoomTotal | null;
  /**
   * When the oldest came of what has arrived and was not offered yet, in ms
   * that only run forward; null where nothing waits.
   */
  untoldSince?(): number | null;
  /** The same of what waits while another session is to follow this one. */
  heldSince?(): number | null;
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
  /** `PACE` unless said otherwise. */
  pace?: Pace;
  /** Called once if the writer had to stop. */
  onStop(error: Error): void;
}

/** What a tick has made of its items. */
interface Played {
  items: Item[];
  batch: Batch;
  asks: { ask: Ask; outcome: Outcome }[];
  /** How it looks after it, to be shown once it is durable. */
  frame: Frame | null;
  told: ToldState;
  /** The room's memory, and how much it had noted after it. */
  room: Room | null;
  noted: number;
  /** When the oldest of its items came in, by the clock that runs forward. */
  since: number;
}

/** A writer at work. */
export interface Loop {
  readonly options: WriterOptions;
  readonly session: Session;
  readonly log: SessionLog;
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly batches: Batches;
  readonly shown: Presented;
  readonly trouble: Trouble;
  readonly snapshots: Snapshots;
  readonly alarm: Alarm;
  readonly pace: Pace;
  /** The game's time, Unix ms. */
  now(): number;
  /** Seq up to which all is durable; the session may be ahead of it. */
  durable: number;
  /** When the session began to run here; it may have run before. */
  began: number;
  writing: Promise<void> | null;
  /** Why nothing is written any more, or null. */
  stopped: Error | null;
  /** Why what had come in could not be written before the end. */
  unwritten: Error | null;
  /** What is being written, and what was played ahead meanwhile. */
  played: Played[];
  closing: boolean;
  /** Those who wait for the session to stand where it is durable. */
  readers: (() => void)[];
}

/** Begins to write what waits, unless it is being done. */
export function wake(loop: Loop) {
  if (!loop.writing && !loop.stopped && isWaiting(loop)) {
    writeBy(loop, run(loop));
  }
}

/** Begins to write the comments that are still to be stored. */
export function writeRest(loop: Loop) {
  writeBy(loop, appendRest(loop).catch((error) => stop(loop, errorOf(error))));
}

/** One writes at a time. */
function writeBy(loop: Loop, work: Promise<void>) {
  loop.writing = work.finally(() => {
    loop.writing = null;
    wake(loop); // whoever was answered may have asked again just now
  });
}

/** Writes tick after tick, until nothing waits. */
async function run(loop: Loop) {
  let next = play(loop);
  while (next && !loop.stopped) {
    const result = await write(loop, next);
    if (result === "stopped") return;
    next = result ?? await between(loop);
  }
  // Given up while this was played: nobody writes it, and who asked is told.
  for (const { ask } of next?.asks ?? []) ask.fail(loop.stopped!);
  if (!loop.stopped && !loop.closing) loop.alarm.set();
}

/** Writes a tick down, and tells it; what was played ahead meanwhile. */
async function write(
  loop: Loop,
  taken: Played,
): Promise<Played | null | "stopped"> {
  const { batch } = taken;
  let ahead: Played | null = null;
  loop.played = [taken];
  try {
    const written = isEmpty(batch) ? undefined : append(loop, batch);
    // The next batch is played while this one is on its way.
    written?.catch(() => {}); // it is awaited just below
    ahead = await isBusy(loop) ? play(loop) : null;
    if (ahead) {
      loop.played.push(ahead);
      loop.log.prepare?.(ahead.batch);
    }
    await written;
  } catch (error) {
    const why = await takeBack(loop, errorOf(error));
    if (!why) return null;
    stop(loop, why);
    return "stopped";
  }
  loop.played = [];
  tell(loop, taken);
  return ahead;
}

/** Only what is durable is told and shown, and only then answered. */
function tell(
  loop: Loop,
  { batch, room, noted, told, frame, since, asks }: Played,
) {
  loop.durable = batch.after + batch.entries.length;
  room?.settle(noted);
  loop.shown.say(told);
  show(loop, batch.entries, frame, since);
  for (const { ask, outcome } of asks) ask.settle(outcome);
}

function show(loop: Loop, entries: Entry[], next: Frame | null, since: number) {
  loop.options.onCommit(
    entries,
    loop.shown.show(next),
    loop.clock.elapsed() - since,
  );
}

/** What is done while the session is all durable; then what waits. */
async function between(loop: Loop): Promise<Played | null> {
  if (loop.readers.length > 0) await letRead(loop);
  if (loop.snapshots.isDue()) await loop.snapshots.keep();
  return play(loop);
}

/** Holds the next batch back until the readers have had their turn. */
async function letRead(loop: Loop) {
  for (const reader of loop.readers) reader();
  loop.readers = [];
  await turn();
}

/** Whether there is anything to do. */
function isWaiting(loop: Loop): boolean {
  return loop.inbox.size() > 0 || isDue(loop) || loop.batches.isWanted() ||
    isTried(loop);
}

/** Whether to find out if the store can write again. */
function isTried(loop: Loop): boolean {
  return loop.trouble.is() && !loop.closing && loop.session.seq > 0;
}

/** Whether the program has something to do, with all that came before it. */
export function isDue(loop: Loop): boolean {
  const due = nextDueAt(loop.session);
  return due !== null && heardUpTo(loop) >= due;
}

/**
 * Whether so much waits that the game may run ahead of what is durable. It
 * does not where a reader or a snapshot wants the two to meet.
 */
async function isBusy(loop: Loop): Promise<boolean> {
  if (loop.inbox.size() < loop.pace.busy || loop.readers.length > 0) {
    return false;
  }
  if (loop.snapshots.isDue()) return false;
  await turn(); // lets the batch go out first
  return loop.readers.length === 0;
}

/** Plays what waits; null where nothing does. */
function play(loop: Loop): Played | null {
  if (loop.stopped || !isWaiting(loop)) return null;
  const { batch } = loop.pace;
  return apply(
    loop,
    loop.inbox.take(loop.trouble.is() ? untilAsk(loop) : batch),
  );
}

/**
 * How much of the inbox goes before its first command. What cannot be written
 * now should not hold a command that would then have to be taken back.
 */
function untilAsk(loop: Loop): number {
  const { batch } = loop.pace;
  const first = loop.inbox.beforeAsk();
  return first <= 0 ? batch : Math.min(first, batch);
}

/** Takes items through the game; what to write down, and whom to answer. */
function apply(loop: Loop, items: Item[]): Played {
  const after = loop.session.seq;
  const room = loop.options.room?.() ?? null;
  const made = tick(loop.session, items, {
    settings: loop.options.settings(),
    secretOf: loop.options.secretOf,
    room,
    tiktokAt: loop.options.theirTime?.() ?? null,
    roomLikes: loop.options.roomLikes?.() ?? null,
    // What came before the close may still wait, and counts.
    heardUpTo: () =>
      Math.min(loop.inbox.firstAt() ?? Infinity, heardUpTo(loop)),
    began: loop.began,
  });
  loop.began = made.began;
  const { entries } = made;
  const asks = items.flatMap((item) => "ask" in item ? [item.ask] : [])
    .map((ask, i) => ({ ask, outcome: made.outcomes[i]! }));
  const batch = loop.batches.of({
    ...{ after, entries, isTried: isTried(loop) },
    answers: asks.flatMap(({ ask: { keyed }, outcome }) =>
      keyed && outcome.ok && outcome.seq !== null
        ? [{ seq: outcome.seq, answer: answerOf(keyed, outcome) }]
        : []
    ),
  });
  return {
    ...{ items, batch, asks, room },
    frame: loop.shown.next(loop.inbox.size() > 0),
    told: loop.shown.tell(),
    noted: room?.noted() ?? 0,
    since: items[0]?.came ?? loop.clock.elapsed(),
  };
}

/**
 * The game's time up to which all that arrived has been offered, unless reading
 * it takes too long.
 */
function heardUpTo(loop: Loop): number {
  const { untoldSince, heldSince } = loop.options;
  const behind = (since: number | null | undefined) =>
    loop.clock.elapsed() - (since ?? loop.clock.elapsed());
  const untold = behind(untoldSince?.());
  return loop.now() -
    Math.max(untold < HEARD_MS ? untold : 0, behind(heldSince?.()));
}

/**
 * Writes a batch down, however long it takes; only a rival stops it.
 *
 * @throws {ImpatientError} If a command has waited for it long enough.
 */
async function append(loop: Loop, batch: Batch) {
  for (let tries = 0;; tries++) {
    try {
      await loop.log.append(batch);
      loop.trouble.end();
      return;
    } catch (error) {
      if (error instanceof LogConflictError || loop.stopped) throw error;
      if (loop.closing && tries > 2) throw error;
      const why = whyOf(error);
      loop.trouble.begin(why);
      loop.inbox.refuse(loop.trouble.isImpatient, notDone(why));
      const asks = loop.played.flatMap(({ asks }) => asks);
      if (asks.some(({ ask }) => loop.trouble.isImpatient(ask))) {
        throw new ImpatientError(why);
      }
      await pause(loop.clock, retryAfter(tries));
    }
  }
}

/** Writes the comments that are still to be stored. */
export async function appendRest(loop: Loop) {
  const { batches } = loop;
  for (let rest = batches.rest(); rest; rest = batches.rest()) {
    await append(loop, rest);
  }
}

/**
 * Takes what was played and could not be written out of the session again,
 * refuses its commands and puts its events back into the line: the session is
 * then what its ledger says, and waits for the store without a command that
 * would take effect when nobody expects it any more.
 *
 * @returns Why the session cannot go on; null where it does.
 */
async function takeBack(loop: Loop, why: Error): Promise<Error | null> {
  if (!(why instanceof ImpatientError)) return why;
  const { message } = why;
  const waits = new Set(loop.played.flatMap(({ asks }) => asks));
  for (let tries = 0;; tries++) {
    const kept = await readAgain(loop.log, loop.session.id, loop.played)
      .catch(errorOf);
    if (kept instanceof Error) return kept;
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
      goOnFrom(loop, kept);
      return null;
    }
    if (loop.stopped || (loop.closing && tries > 2)) return why;
    await pause(loop.clock, retryAfter(tries));
    loop.inbox.refuse(loop.trouble.isImpatient, notDone(message));
  }
}

/** Lets the session be what was read, with the rest back in the inbox. */
function goOnFrom(loop: Loop, read: Session) {
  const written = standAt(loop.session, read, loop.played);
  loop.durable = loop.session.seq;
  loop.shown.say(loop.shown.tell());
  loop.inbox.putBack(
    loop.played.flatMap(({ items }) => items).filter((item) => "event" in item),
  );
  loop.played = [];
  if (written.length > 0) {
    show(
      loop,
      written,
      loop.shown.next(loop.inbox.size() > 0),
      loop.clock.elapsed(),
    );
  }
}

/** Ends it, because it cannot be written any more. */
function stop(loop: Loop, error: Error) {
  loop.stopped = error;
  const isRival = error instanceof LogConflictError;
  if (!isRival) loop.unwritten = error;
  loop.alarm.stop();
  const told = isRival ? error : notDone(error.message);
  for (const { asks } of loop.played) {
    for (const { ask } of asks) ask.fail(told);
  }
  loop.inbox.empty(told);
  loop.options.onStop(error);
}

/** Puts something asked in the inbox; settles once it is durable or refused. */
export function ask(loop: Loop, asked: Asked, keyed?: Keyed): Promise<Outcome> {
  if (loop.stopped || loop.closing) {
    return Promise.reject(
      new AwayError(
        `Cannot take a command: ${loop.stopped?.message ?? "shutting down"}`,
      ),
    );
  }
  const outcome = loop.inbox.ask(asked, loop.clock.elapsed(), keyed);
  wake(loop);
  return outcome;
}
