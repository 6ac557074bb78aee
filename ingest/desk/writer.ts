/**
 * The single writer of a session. Events and commands wait in one inbox, so
 * their order is the order of the ledger; a tick takes what is there through
 * the game, writes the entries down as one commit, and only then answers and
 * shows. A tick starts at once when nothing is being written, so batches grow
 * only under load.
 *
 * @module
 */
import { blockerOf } from "@/core/blocked_words.ts";
import { frameOf } from "@/core/board.ts";
import type { Clock } from "@/core/clock.ts";
import type { GameCommand } from "@/core/shapes/commands.ts";
import { decide } from "@/core/decide.ts";
import { AwayError, type Outcome } from "@/core/desk.ts";
import type { Entry, Fact } from "@/core/shapes/entries.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import type { Frame } from "@/core/frame.ts";
import { type Answer, LogConflictError } from "@/core/ports.ts";
import type { Batch, Live, SessionInfo, SessionLog } from "@/core/ports.ts";
import type { Room } from "@/core/room.ts";
import { advance } from "@/core/advance.ts";
import { closeIfDue, record } from "@/core/evolve.ts";
import { ranAt } from "@/core/runs.ts";
import { emptySession } from "@/core/session.ts";
import { standingOf } from "@/core/tallies.ts";
import type { Arrival, Session } from "@/core/session.ts";
import type { Settings } from "@/core/shapes/settings.ts";
import { joinParts, snapshotParts } from "@/core/snapshot.ts";
import type { SessionSummary, StepLabel } from "@/core/views.ts";
import { errorOf, whyOf } from "@/core/why.ts";
import { choose } from "../chance.ts";
import { createGameTime } from "./game_time.ts";
import { loadSession } from "../past/shelf.ts";
import { labelOf, summaryOf } from "../past/view.ts";

/** Most events and commands of one tick: a larger batch only adds latency. */
const MAX_BATCH = 2_000;
/**
 * Comments by viewer are stored with batches of up to so many entries. Under
 * more load they wait for a calmer moment: the ledger has them already.
 */
const CALM_BATCH = 500;
/**
 * Comments stored with one batch. Many more wait where a session was opened
 * from its ledger; Redis would do nothing else meanwhile.
 */
const COMMENTS_OF_BATCH = 1_000;
/** From so many waiting events on the next batch is played ahead. */
const BUSY = 500;
/** Above this many waiting events only gifts are let in. */
export const MAX_WAITING = 200_000;
/**
 * Entries after which a new snapshot is worth its time: making one holds the
 * game up for a moment, so it waits for a freeze as long as it reasonably can.
 */
const SNAPSHOT_EVERY = { frozen: 20_000, running: 500_000 };
/** Frames are made at most this often while more is waiting. */
const FRAME_MS = 8;
/** So much is given to a viewer where a send time decides, in ms. */
const FAVOUR_MS = 2_000;
/** Waits between tries while the store cannot write. */
const RETRY_MS = [50, 200, 1_000];
/** How long a command waits for a store that cannot write, in ms. */
const PATIENCE_MS = 3_000;
/** How long a close waits for what came before it and is still being read. */
export const HEARD_MS = 2_000;
/** How long a reader waits for a write under way. */
const SETTLE_MS = 1_000;

/** A command's key, and the digest of its body. */
export interface Keyed {
  key: string;
  digest: string;
}

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

/** A moment, on both clocks. */
export interface Instant {
  /** Unix ms. */
  at: number;
  /** By the clock that only runs forward. */
  came: number;
}

/** When events came here, now unless said otherwise, and were sent. */
export interface Came extends Partial<Instant> {
  /** By the clock that runs forward, of each event; null where not known. */
  sent?: (number | null)[] | undefined;
}

type Item =
  & ((Arrival & { sent: number | null }) | { at: number; ask: Ask })
  & Instant;

/** The session as a whole, as people may be told of it. */
interface Told {
  summary: SessionSummary;
  undo: StepLabel | null;
  redo: StepLabel | null;
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

interface Ask {
  /** When it came, in ms of `performance.now()`. */
  since: number;
  /** The fact to record, or the refusal. */
  decide(now: number): ReturnType<typeof decide>;
  keyed: Keyed | undefined;
  settle(outcome: Outcome): void;
  fail(error: Error): void;
}

/** Entries that change the session's line in the list. */
const CHANGES_INFO = new Set<Entry["type"]>([
  "started",
  "ended",
  "continued",
  "undone",
  "redone",
]);

/** Starts the writer of a session. */
export function openWriter(options: WriterOptions): Writer {
  const { session, log, clock, patienceMs = PATIENCE_MS } = options;
  const { live } = options;
  /** When the session began to run here; it may have run before. */
  let began = -Infinity;
  session.touched = live ? new Map() : null;
  let inbox: Item[] = [];
  /** Seq up to which all is durable; the session may be ahead of it. */
  let durable = session.seq;
  const now = createGameTime(
    clock,
    session,
    () => inbox.length > 0 || durable < session.seq,
  );
  let frame = look();
  let told = tell();
  let framedAt = -Infinity;
  let kept = session.seq;
  let writing: Promise<void> | null = null;
  let keeping: Promise<void> | null = null;
  let stopped: Error | null = null;
  /** Why what had come in could not be written before the end. */
  let unwritten: Error | null = null;
  let troubled = false;
  /** What is being written, and what was played ahead meanwhile. */
  let played: Played[] = [];
  let closing = false;
  /** Wakes at the end of a countdown, unless it is aborted. */
  let alarm: AbortController | null = null;
  /** Those who wait for the session to stand where it is durable. */
  let readers: (() => void)[] = [];

  function look(): Frame {
    return frameOf(session, now(), blockerOf(options.settings().blockedWords));
  }

  function tell(): Told {
    return {
      summary: summaryOf(session, options.info()),
      undo: labelOf(session, "undo", now()),
      redo: labelOf(session, "redo", now()),
    };
  }

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
      const now: Played = next;
      const { batch, asks, room, noted } = now;
      const { frame: seen, told: said, since } = now;
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
        if (why instanceof ImpatientError && await takeBack(why)) {
          if (readers.length > 0) await letRead();
          next = play();
          continue;
        }
        stop(why);
        return;
      }
      next = ahead;
      played = [];
      durable = batch.after + batch.entries.length;
      room?.settle(noted);
      told = said;
      show(batch.entries, seen, since);
      for (const { ask, outcome } of asks) ask.settle(outcome);
      if (next) continue;
      if (readers.length > 0) await letRead();
      if (session.seq - kept >= snapshotEvery()) await keepSnapshot();
      next = play();
    }
    watchClock();
  }

  function isWaiting(): boolean {
    return inbox.length > 0 || isDue() || isWanted() || isTried();
  }

  /** Whether to find out if the store can write again. */
  function isTried(): boolean {
    return troubled && !closing && session.seq > 0;
  }

  /** Plays what waits; null where nothing does. */
  function play(): Played | null {
    if (stopped || !isWaiting()) return null;
    return apply(inbox.splice(0, troubled ? beforeAsk() : MAX_BATCH));
  }

  /**
   * How much of the inbox goes before its first command. What cannot be written
   * now should not hold a command that would then have to be taken back.
   */
  function beforeAsk(): number {
    const first = inbox.findIndex((item) => "ask" in item);
    return first <= 0 ? MAX_BATCH : Math.min(first, MAX_BATCH);
  }

  /**
   * Whether so much waits that the game may run ahead of what is durable. It
   * does not where a reader or a snapshot wants the two to meet.
   */
  async function isBusy(): Promise<boolean> {
    if (inbox.length < BUSY || readers.length > 0) return false;
    if (session.seq - kept >= snapshotEvery()) return false;
    await turn(); // lets the batch go out first
    return readers.length === 0;
  }

  /** Holds the next batch back until the readers have had their turn. */
  async function letRead() {
    for (const reader of readers) reader();
    readers = [];
    await sleep(0);
  }

  function isDue(): boolean {
    const { phase, closesAt } = session.controls;
    return phase === "closing" && closesAt !== null && heardUpTo() >= closesAt;
  }

  /**
   * The game's time up to which all that arrived has been offered, unless that
   * takes too long.
   */
  function heardUpTo(): number {
    const untold = options.untoldSince?.() ?? null;
    const behind = untold === null ? 0 : clock.elapsed() - untold;
    return behind < HEARD_MS ? now() - behind : now();
  }

  /** Takes items through the game; what to write down, and whom to answer. */
  function apply(items: Item[]): Played {
    const after = session.seq;
    const entries: Entry[] = [];
    const answers: Batch["answers"] = [];
    const asks: { ask: Ask; outcome: Outcome }[] = [];
    const close = (at: number) => {
      const closed = closeIfDue(session, at);
      if (closed) entries.push(closed);
    };
    const room = options.room?.() ?? null;
    let arrivals: Arrival[] = [];
    const take = () => {
      for (const entry of advance(session, arrivals, room)) entries.push(entry);
      arrivals = [];
    };
    for (const item of items) {
      if ("event" in item) {
        const { at, event, sent } = item;
        arrivals.push({ at, event, foreign: isForeign(event, sent) });
        continue;
      }
      take();
      const { at, ask } = item;
      close(at);
      const fact = ask.decide(at);
      if ("ok" in fact) {
        asks.push({ ask, outcome: fact });
        continue;
      }
      const runs = session.runs.length;
      const entry = record(session, dated(fact), at);
      if (session.runs.length > runs) began = item.came;
      entries.push(entry);
      const outcome: Outcome = { ok: true, seq: entry.seq, entry };
      asks.push({ ask, outcome });
      if (ask.keyed) {
        answers.push({ seq: entry.seq, answer: kept200(ask.keyed, outcome) });
      }
      close(at);
    }
    take();
    // What came before the close may still wait, and counts.
    close(inbox[0]?.at ?? heardUpTo());
    const isCalm = entries.length <= CALM_BATCH || live !== undefined;
    const comments = isCalm ? changedComments() : [];
    const batch = { ...batchAfter(after), entries, comments, answers };
    if (!live && session.changed.size === 0) batch.allComments = true;
    if (live) putBoard(batch, live);
    const changesInfo = entries.some(({ type }) => CHANGES_INFO.has(type));
    if (changesInfo || isTried()) batch.info = options.info();
    const since = items[0]?.came ?? clock.elapsed();
    const noted = room?.noted() ?? 0;
    return {
      items,
      batch,
      asks,
      frame: nextFrame(),
      told: tell(),
      room,
      noted,
      since,
    };
  }

  /**
   * Whether an event was sent while this session did not run. Where its begin
   * is not known on TikTok's clock, the time since then decides.
   */
  function isForeign(event: LiveEvent, sent: number | null): boolean {
    if (sent === null || !("viewer" in event)) return false;
    return !ranAt(session, event.at, FAVOUR_MS, sent + FAVOUR_MS >= began);
  }

  /** The end of a session, with the time it has on TikTok's clock. */
  function dated(fact: Fact): Fact {
    const tiktokAt = options.theirTime?.() ?? null;
    if (fact.type !== "ended" || tiktokAt === null) return fact;
    return { ...fact, tiktokAt };
  }

  /** Whether a board that others read is to be written anew. */
  function isWanted(): boolean {
    return live?.wants(session.id) === "whole" && session.seq > 0;
  }

  /** Adds what the live board should hold after a batch. */
  function putBoard(batch: Batch, live: Live) {
    const touched = session.touched!;
    const wants = live.wants(session.id);
    if (wants === "whole") {
      batch.anew = {
        standings: Array.from(
          session.tallies.values(),
          (tally) => standingOf(tally, true),
        ),
        comments: session.feed.map((row) => ({ ...row })),
      };
    } else if (wants === "changed") {
      batch.standings = Array.from(
        touched,
        ([tally, isNew]) => standingOf(tally, isNew),
      );
    }
    touched.clear();
  }

  function batchAfter(after: number): Batch {
    const [sessionId, writer] = [session.id, options.name];
    return { sessionId, writer, after, entries: [], comments: [], answers: [] };
  }

  /** Takes comments to be stored, those first that have waited longest. */
  function changedComments(): Batch["comments"] {
    const comments: Batch["comments"] = [];
    for (const [row, seq] of session.changed) {
      if (comments.length === COMMENTS_OF_BATCH) break;
      comments.push({ seq, row: { ...row } });
      session.changed.delete(row);
    }
    return comments;
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
        calm();
        return;
      } catch (error) {
        if (error instanceof LogConflictError || stopped) throw error;
        if (closing && tries > 2) throw error;
        const why = whyOf(error);
        troubled = true;
        options.onTrouble(why);
        refuseImpatient(why);
        const asks = played.flatMap(({ asks }) => asks);
        if (asks.some(({ ask }) => isImpatient(ask))) {
          throw new ImpatientError(why);
        }
        await sleep(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]!);
      }
    }
  }

  function isImpatient({ since }: Ask): boolean {
    return performance.now() - since >= patienceMs;
  }

  function calm() {
    if (troubled) options.onTrouble(null);
    troubled = false;
  }

  /** Takes commands out of the inbox that have waited long enough. */
  function refuseImpatient(why: string) {
    const refused: Ask[] = [];
    inbox = inbox.filter((item) => {
      if (!("ask" in item) || !isImpatient(item.ask)) return true;
      refused.push(item.ask);
      return false;
    });
    for (const ask of refused) ask.fail(notDone(why));
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
    const asks = played.flatMap(({ asks }) => asks);
    const waits = new Set(asks);
    for (let tries = 0;; tries++) {
      const kept = await readAgain().catch(() => null);
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
        standAt(kept);
        return true;
      }
      if (stopped || (closing && tries > 2)) return false;
      await sleep(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]!);
      refuseImpatient(message);
    }
  }

  /** The session as its ledger has it; null where that cannot be known now. */
  async function readAgain(): Promise<Session | null> {
    const head = await log.head(session.id);
    const read = await loadSession(log, session.id) ?? emptySession();
    return read.seq === head ? read : null;
  }

  /** Lets the session be what was read, with the rest back in the inbox. */
  function standAt(read: Session) {
    const pending = [
      ...session.changed,
      ...played.flatMap(({ batch }) =>
        batch.comments.map(({ row, seq }) => [row, seq] as const)
      ),
    ];
    const standings = played.flatMap(({ batch }) => batch.standings ?? []);
    for (const { room } of played) room?.takeBack();
    const { id, touched } = session;
    Object.assign(session, read, { id, touched });
    for (const [row, seq] of pending) {
      const same = session.commentOf.get(row.id);
      if (same && seq <= session.seq) session.changed.set(same, seq);
    }
    touched?.clear();
    for (const { id } of standings) {
      const tally = session.tallies.get(id);
      if (tally) touched?.set(tally, true);
    }
    const written = played.flatMap(({ batch }) => batch.entries)
      .filter(({ seq }) => seq <= session.seq);
    durable = session.seq;
    told = tell();
    inbox = [
      ...played.flatMap(({ items }) => items).filter((item) => "event" in item),
      ...inbox,
    ];
    played = [];
    if (written.length > 0) show(written, nextFrame(), clock.elapsed());
  }

  /** The frame after a batch; null where a later one is soon enough. */
  function nextFrame(): Frame | null {
    const at = clock.elapsed();
    if (inbox.length > 0 && at - framedAt < FRAME_MS) return null;
    framedAt = at;
    return look();
  }

  function show(entries: Entry[], next: Frame | null, since: number) {
    const changed = next && !looksSame(frame, next) ? next : null;
    frame = next ?? frame;
    options.onCommit(entries, changed, clock.elapsed() - since);
  }

  function stop(error: Error) {
    stopped = error;
    if (!(error instanceof LogConflictError)) unwritten = error;
    alarm?.abort();
    const told = error instanceof LogConflictError
      ? error
      : notDone(error.message);
    for (const { asks } of played) {
      for (const { ask } of asks) ask.fail(told);
    }
    for (const item of inbox) if ("ask" in item) item.ask.fail(told);
    inbox = [];
    options.onStop(error);
  }

  /** Sets the clock for the end of a countdown. */
  function watchClock() {
    alarm?.abort();
    const { phase, closesAt } = session.controls;
    if (phase !== "closing" || closesAt === null || stopped) return;
    const { signal } = alarm = new AbortController();
    void clock.after(Math.max(1, closesAt - now()), signal).then(() => {
      if (signal.aborted) return;
      // It may have been woken too early for a clock of whole milliseconds.
      if (isDue()) wake();
      else watchClock();
    });
  }

  function snapshotEvery(): number {
    const isFrozen = session.controls.phase === "frozen";
    return isFrozen ? SNAPSHOT_EVERY.frozen : SNAPSHOT_EVERY.running;
  }

  /** Makes a snapshot while the game waits, and lets it be written beside. */
  async function keepSnapshot() {
    const { seq } = session;
    kept = seq;
    const parts: Uint8Array[] = [];
    for (const part of snapshotParts(session)) {
      parts.push(part);
      await sleep(0);
    }
    const bytes = joinParts(parts);
    keeping = log.saveSnapshot(session.id, { seq, bytes }).catch((error) => {
      // Only a short cut is missing: the ledger itself is written.
      options.onTrouble(whyOf(error));
      troubled = true;
    });
  }

  function ask(
    decision: Ask["decide"],
    keyed?: Keyed,
    when: Instant = { at: now(), came: clock.elapsed() },
  ): Promise<Outcome> {
    if (stopped || closing) {
      return Promise.reject(
        new AwayError(
          `Cannot take a command: ${stopped?.message ?? "shutting down"}`,
        ),
      );
    }
    return new Promise((settle, fail) => {
      inbox.push({
        ...when,
        ask: {
          since: performance.now(),
          ...{ decide: decision, keyed, settle, fail },
        },
      });
      wake();
    });
  }

  watchClock();
  return {
    session,
    offer(events, {
      came = clock.elapsed(),
      at = Math.round(now() - (clock.elapsed() - came)),
      sent,
    } = {}) {
      if (stopped || closing) return events.length;
      let refused = 0;
      events.forEach((event, i) => {
        if (inbox.length >= MAX_WAITING && event.type !== "gift") refused++;
        else inbox.push({ at, came, event, sent: sent?.[i] ?? null });
      });
      wake();
      return refused;
    },
    submit: (command, keyed) =>
      ask(
        (at) =>
          decide(session, command, {
            now: at,
            settings: options.settings(),
            choose,
          }),
        keyed,
      ),
    note: (fact, keyed, when) => ask(() => fact, keyed, when),
    frame: () => frame,
    told: () => told,
    redraw: () => frame = { ...look(), seq: frame.seq },
    now: () => frame.phase === "closing" ? now() : clock.wall(),
    async settled() {
      if (durable === session.seq || stopped) return;
      const written = new Promise<void>((resolve) => readers.push(resolve));
      await Promise.race([written, sleep(SETTLE_MS)]);
    },
    waiting: () => inbox.length,
    refresh() {
      if (isWanted()) wake();
    },
    async abandon() {
      closing = true;
      alarm?.abort();
      stopped ??= new Error("another process leads this session now");
      for (const item of inbox) if ("ask" in item) item.ask.fail(stopped);
      inbox = [];
      while (writing) await writing;
      await keeping;
    },
    async close() {
      closing = true;
      alarm?.abort();
      while (writing) await writing;
      await keeping;
      if (unwritten) throw unwritten;
      if (stopped) return;
      while (session.changed.size > 0) {
        const comments = changedComments();
        const batch: Batch = { ...batchAfter(session.seq), comments };
        if (live) putBoard(batch, live);
        await append(batch);
      }
      if (session.seq > kept) await keepSnapshot();
      await keeping;
    },
  };
}

/** A command has waited too long for a store that cannot write. */
class ImpatientError extends Error {
  override name = "ImpatientError";
}

function notDone(why: string): AwayError {
  return new AwayError(`Nothing was done. ${why}`);
}

/** Whether there is nothing to write down. */
function isEmpty({ entries, anew, info }: Batch): boolean {
  return entries.length === 0 && !anew && !info;
}

/** The answer of a command that was recorded. */
function kept200(keyed: Keyed, outcome: Outcome): Answer {
  return { ...keyed, status: 200, body: outcome };
}

/** Whether two frames look the same to the audience. */
function looksSame(a: Frame, b: Frame): boolean {
  return a.phase === b.phase && a.viewers === b.viewers &&
    a.closesAt === b.closesAt && a.countdownTo === b.countdownTo &&
    a.session?.id === b.session?.id &&
    JSON.stringify(a.stage) === JSON.stringify(b.stage) &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => {
      const other = b.rows[i]!;
      return row.viewerId === other.viewerId && row.points === other.points &&
        row.nickname === other.nickname && row.follower === other.follower &&
        row.avatarUrl === other.avatarUrl;
    });
}

/** The end of this turn of the event loop: a timer would take a whole ms. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
