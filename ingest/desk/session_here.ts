/**
 * The session that runs here, if one does: how it begins, goes on, ends and
 * gives way to another. Of what it is made, `writer.ts` decides.
 *
 * @module
 */
import { boardHash } from "@/core/board.ts";
import { type Chance, newId } from "@/core/chance.ts";
import type { Clock } from "@/core/clock.ts";
import { AwayError, type Outcome } from "@/core/desk.ts";
import { type Frame, idleFrame } from "@/core/frame.ts";
import { type Look, momentsOf } from "@/core/obs.ts";
import {
  LogConflictError,
  type SessionInfo,
  type Store,
} from "@/core/ports.ts";
import { emptySession, type Session } from "@/core/session.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { Instant } from "@/core/tick.ts";
import { whyOf } from "@/core/why.ts";
import { loadSession, loadToWrite, type Shelf } from "../past/shelf.ts";
import type { Channel } from "./channel.ts";
import { logSession } from "./game_log.ts";
import type { Keyed } from "./inbox.ts";
import type { KeptRunning, KeptSettings } from "./kept.ts";
import { notFound, otherKind } from "./refused.ts";
import type { Scenes } from "./scenes.ts";
import { openWriter, type Writer } from "./writer.ts";

/** What a session needs around it. */
interface Surroundings {
  store: Store;
  shelf: Shelf;
  clock: Clock;
  chance: Chance;
  rehearsal: boolean;
  /** A name no other process has. */
  name: string;
  settings: KeptSettings;
  running: KeptRunning;
  channel: Channel;
  scenes: Scenes;
  /** Takes a session out as far as it was followed; null if it was not. */
  followed(id: string): Session | null;
  onFrame(frame: Frame, waitedMs: number | null): void;
  onState(): void;
  /** What is durable of it. */
  onEntries(entries: Entry[]): void;
  /** Another process writes its ledger. */
  onRival(): void;
  log(line: string): void;
}

/** What a session is begun with. */
interface Beginning {
  channel: string;
  title: string;
}

/** The session that runs here, and those that may follow it. */
export interface SessionHere {
  writer(): Writer | null;
  /** Its line in the list; null where none runs. */
  info(): SessionInfo | null;
  /** Its line has changed. */
  setInfo(line: SessionInfo): void;
  /** Why its ledger cannot be written, or null. */
  storage(): string | null;
  /**
   * Makes sure that sessions can change before anything of it is done.
   *
   * @throws {AwayError} If nothing can be written.
   */
  mustBeWritable(): Promise<void>;
  /** Ends what runs, and begins a new one at a moment that has passed. */
  begin(
    beginning: Beginning,
    when: Instant,
    tiktokAt: { tiktokAt?: number },
    keyed?: Keyed,
  ): Promise<Outcome>;
  /** Goes on with one that was put away, or with the one that runs. */
  goBackTo(id: string, keyed?: Keyed): Promise<Outcome>;
  /**
   * Goes on where this program, or the one that led before, stopped.
   *
   * @param id The session that ran; null where none did.
   */
  takeUp(id: string | null): Promise<void>;
  /** Ends the session that runs, so that none does. */
  putAway(): Promise<void>;
  /** Leaves it to another process, as it is. */
  giveUp(): Promise<void>;
}

/** No session runs yet. */
export function createSessionHere(around: Surroundings): SessionHere {
  const { store, shelf, clock, rehearsal, running, channel, log } = around;
  let writer: Writer | null = null;
  let info: SessionInfo | null = null;
  let storage: string | null = null;

  function setStorage(reason: string | null, words: string) {
    storage = reason;
    log(words);
    around.onState();
  }

  function start(session: Session, line: SessionInfo) {
    info = line;
    const follow = followLook(session, line);
    const started: Writer = writer = openWriter({
      session,
      log: store,
      ...(store.live && { live: store.live }),
      name: around.name,
      settings: around.settings.now,
      clock,
      chance: around.chance,
      theirTime: channel.theirTime,
      untoldSince: channel.untoldSince,
      room: () => channel.memory()?.room ?? null,
      info: () => ({ ...info!, endedAt: session.endedAt }),
      onCommit(entries, frame, waitedMs) {
        if (frame) around.onFrame(frame, waitedMs);
        const { seq } = started.told().summary;
        channel.memory()?.follow(session.id, seq);
        around.onEntries(entries);
        around.onState();
        follow(entries);
      },
      onTrouble(reason) {
        if (reason === storage) return;
        setStorage(
          reason,
          reason
            ? `The ledger cannot be written: ${reason}`
            : "The ledger can be written again",
        );
      },
      onStop(error) {
        if (writer !== started) return; // given up already
        channel.memory()?.room.takeBack(); // what was never written
        if (error instanceof LogConflictError) around.onRival();
        setStorage(error.message, `The session stopped: ${error.message}`);
      },
    });
    shelf.forget(line.id);
    channel.seekNext();
  }

  /** Lets the log, the connection and OBS follow what the game looks like. */
  function followLook(session: Session, line: SessionInfo) {
    let look = lookOf(session);
    const logPhase = logSession(log, line, look.phase);
    return (entries: Entry[]) => {
      const before = look;
      look = lookOf(session);
      logPhase(look.phase);
      channel.seekNext();
      around.scenes.follow(momentsOf(before, look, entries));
    };
  }

  /** Lets a session run, beside the memory of its room. */
  async function run(session: Session, line: SessionInfo) {
    await channel.memory()?.flush(); // also what no ledger has
    await running.keep({ sessionId: line.id });
    start(session, line);
    channel.memory()?.follow(line.id, session.seq);
  }

  /** Ends the session that runs, if one does, and puts its writer away. */
  async function finish() {
    const ending = writer;
    if (!ending) return;
    if (ending.session.controls.phase !== "ended") {
      await ending.submit({ type: "endSession" });
    }
    await ending.close();
    shelf.forget(ending.session.id);
  }

  function leave(): Writer | null {
    const left = writer;
    writer = null;
    info = null;
    return left;
  }

  /** Puts a session away whose beginning could not be written. */
  async function leaveUnbegun() {
    await leave()?.abandon();
    channel.memory()?.room.takeBack();
    const why = await reasonOf(running.keep({ sessionId: null }));
    if (why) log(`A session that never began is remembered: ${why}`);
    around.onFrame(idleFrame(clock.wall()), null);
    around.onState();
  }

  /** A session as it is kept, with the live board made to be the same. */
  async function openToWrite(id: string): Promise<Session | null> {
    const said = await store.live?.reconcile(id);
    if (said) log(said);
    shelf.forget(id);
    const followed = around.followed(id);
    const session = followed && !said
      ? await loadSession(store, id, followed)
      : await loadToWrite(store, id, log);
    if (!session || !store.live) return session;
    await store.live.verify(id, session.seq, await boardHash(session));
    return session;
  }

  async function mustBeWritable() {
    const why = await reasonOf(running.keep({}));
    if (why !== null) throw new AwayError(`Nothing was done. ${why}`);
  }

  return {
    writer: () => writer,
    info: () => info,
    setInfo(line) {
      info = line;
    },
    storage: () => storage,
    mustBeWritable,
    async begin({ channel, title }, when, tiktokAt, keyed) {
      await finish();
      const { at } = when;
      const id = newId(at, around.chance);
      await run({ ...emptySession(), id }, {
        ...{ id, title, channel, rehearsal },
        ...{ startedAt: at, endedAt: null, deletedAt: null },
      });
      try {
        return await writer!.note(
          {
            type: "started",
            ...{ sessionId: id, title, channel },
            rates: around.settings.now().rates,
            ...(rehearsal && { rehearsal }),
            ...tiktokAt,
          },
          keyed,
          when,
        );
      } catch (error) {
        if (error instanceof AwayError) await leaveUnbegun();
        throw error;
      }
    },
    async goBackTo(id, keyed) {
      const fact = () => ({ type: "continued", ...dated(channel) }) as const;
      if (writer?.session.id === id) return await writer.note(fact(), keyed);
      const line = await store.session(id);
      if (!line || line.deletedAt !== null) return notFound(id);
      if (line.rehearsal !== rehearsal) return otherKind(line);
      await mustBeWritable();
      const session = await openToWrite(id);
      if (!session) return notFound(id);
      const when = { at: clock.wall(), came: clock.elapsed() };
      const continued = fact();
      return await channel.during(async () => {
        await finish();
        await run(session, line);
        around.onFrame(writer!.frame(), null);
        return await writer!.note(continued, keyed, when);
      });
    },
    async takeUp(id) {
      storage = null;
      if (id === null) return;
      const line = await store.session(id);
      const session = line && await openToWrite(id);
      if (!line || !session) return;
      start(session, line);
      if (session.controls.phase !== "ended") channel.deafSince(session.at);
    },
    async putAway() {
      await finish();
      leave();
      await running.keep({ sessionId: null });
      around.onFrame(idleFrame(clock.wall()), null);
    },
    async giveUp() {
      const left = leave();
      channel.deafSince(null);
      await channel.disconnect();
      channel.forgetRoom();
      await left?.abandon();
      if (left) shelf.forget(left.session.id);
    },
  };
}

/** This moment on TikTok's clock, for a fact. */
export function dated(channel: Channel): { tiktokAt?: number } {
  const tiktokAt = channel.theirTime();
  return tiktokAt === null ? {} : { tiktokAt };
}

/** What of a session OBS can follow. */
function lookOf({ controls: { phase, stage } }: Session): Look {
  return { phase, stage: stage?.kind ?? null };
}

/** Why work failed, or null. */
export async function reasonOf(
  work?: Promise<void>,
): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return whyOf(error);
  }
}
