/**
 * The writer of the session that runs here, if one does, and all that follows
 * what it writes: the panel, the log, the memory of the room, OBS.
 *
 * @module
 */
import type { Chance } from "@/core/chance.ts";
import type { Clock } from "@/core/clock.ts";
import { AwayError } from "@/core/desk.ts";
import type { Frame } from "@/core/frame.ts";
import { momentsOf, type Shown } from "@/core/obs.ts";
import {
  LogConflictError,
  type SessionInfo,
  type Store,
} from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { Shelf } from "../past/shelf.ts";
import type { Channel } from "./channel.ts";
import { logSession } from "./game_log.ts";
import type { KeptDraws } from "./draws.ts";
import type { KeptRunning, KeptSettings } from "./kept.ts";
import type { Scenes } from "./scenes.ts";
import type { Pace } from "./pace.ts";
import { openWriter, type Writer } from "./writer.ts";

/** What a session needs around it. */
export interface Surroundings {
  store: Store;
  shelf: Shelf;
  clock: Clock;
  chance: Chance;
  /** `PACE` unless said otherwise. */
  pace: Pace | undefined;
  rehearsal: boolean;
  /** A name no other process has. */
  name: string;
  settings: KeptSettings;
  running: KeptRunning;
  draws: KeptDraws;
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

/** Where the writer of the session that runs is. */
export interface SessionWriter {
  now(): Writer | null;
  /** Its line in the list; null where none runs. */
  info(): SessionInfo | null;
  /** Its line has changed. */
  setInfo(line: SessionInfo): void;
  /** Why its ledger cannot be written, or null. */
  storage(): string | null;
  /** Lets a session run, as far as its ledger goes. */
  start(session: Session, line: SessionInfo): void;
  /** The same for one that ran until now, here or elsewhere. */
  run(session: Session, line: SessionInfo): Promise<void>;
  /** Ends the session that runs, if one does, and puts its writer away. */
  finish(): Promise<void>;
  /** What ran does so no more. */
  leave(): Writer | null;
  /** Nothing is known of the ledger any more. */
  forgetStorage(): void;
}

const NOT_KEPT = "What the room has sent cannot be written down now";

/** No session runs yet. */
export function createSessionWriter(around: Surroundings): SessionWriter {
  const { store, shelf, running, channel, log } = around;
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
    const follow = followLook(around, session, line);
    const started: Writer = writer = openWriter({
      session,
      log: store,
      ...(store.live && { live: store.live }),
      name: around.name,
      settings: around.settings.now,
      clock: around.clock,
      secretOf: (draw) => around.draws.secretOf(line.id, draw),
      ...(around.pace && { pace: around.pace }),
      theirTime: channel.theirTime,
      roomLikes: channel.roomLikes,
      untoldSince: channel.untoldSince,
      heldSince: channel.heldSince,
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

  async function run(session: Session, line: SessionInfo) {
    const ended = writer && info && { session: writer.session, line: info };
    try {
      // Also what no ledger has, and whose ledgers to look into.
      const isKept = await channel.memory()?.flush() ?? true;
      if (!isKept) throw new AwayError(`Nothing was done. ${NOT_KEPT}`);
      await running.keep({ sessionId: line.id });
    } catch (error) {
      // What ran has ended, and is all there is: it is asked, and hears.
      if (ended) start(ended.session, ended.line);
      throw error;
    }
    start(session, line);
    channel.memory()?.follow(line.id, session.seq);
  }

  async function finish() {
    const ending = writer;
    if (!ending) return;
    // Refused where it has ended; an end, or its undo, may still be under way.
    await ending.submit({ type: "endSession" });
    // A writer that cannot write any more is not closed: what it holds would be
    // gone, and whoever asks would be refused for ever.
    if (!await ending.retire()) {
      throw new AwayError(`Nothing was done. ${storage ?? "The disk is slow"}`);
    }
    shelf.forget(ending.session.id);
  }

  return {
    now: () => writer,
    info: () => info,
    setInfo(line) {
      info = line;
    },
    storage: () => storage,
    ...{ start, run, finish },
    leave() {
      const left = writer;
      writer = null;
      info = null;
      return left;
    },
    forgetStorage() {
      storage = null;
    },
  };
}

/** Lets the log, the connection and OBS follow what the game looks like. */
function followLook(
  { channel, scenes, log }: Surroundings,
  session: Session,
  line: SessionInfo,
) {
  let look = lookOf(session);
  const logPhase = logSession(log, line, look.phase);
  return (entries: Entry[]) => {
    const before = look;
    look = lookOf(session);
    logPhase(look.phase);
    channel.seekNext();
    scenes.follow(momentsOf(before, look, entries));
  };
}

/** What of a session OBS can follow. */
function lookOf({ controls: { phase, stage } }: Session): Shown {
  return { phase, stage: stage?.kind ?? null };
}
