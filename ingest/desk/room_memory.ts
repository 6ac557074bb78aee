/**
 * The memory of the room that is connected to: opened from what the store
 * keeps, completed from the ledgers, and kept a moment after what it notes is
 * durable. So it is always as old as the ledgers, whenever a process dies.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type { RoomUpTo, Store } from "@/core/ports.ts";
import { createRoom, type Room, type RoomChange } from "@/core/room.ts";
import { turn } from "../clock.ts";

/** How long a room is remembered after its last message, in ms. */
const REMEMBERED_MS = 24 * 60 * 60 * 1_000;
/** How soon what is new is kept, in ms, and tried again. */
const KEEP_MS = 200;
const RETRY_MS = 2_000;
/** Most sessions whose ledgers are looked into when a room is opened. */
const MOST_SESSIONS = 20;
/** Digits of a part's number, so that names sort as numbers do. */
const DIGITS = 8;

/** What a memory needs. */
interface RoomMemoryOptions {
  store: Pick<Store, "room" | "keepRoom" | "read">;
  channel: string;
  /** A session that may have run in the room until now. */
  sessionId: string | null;
  /** A name no other process's parts have. */
  name: string;
  clock: Clock;
  log(line: string): void;
}

/** A room's memory, and its way into the store. */
export interface RoomMemory {
  readonly channel: string;
  readonly room: Room;
  /** All that a session's ledger tells up to a seq is noted, and durable. */
  follow(sessionId: string, seq: number): void;
  /** Notes what no session takes. */
  seeAll(events: Parameters<Room["see"]>[0][]): void;
  /** Keeps what is new; false where that has failed for now. */
  flush(): Promise<boolean>;
  /** Keeps nothing any more. */
  stop(): void;
}

/** A memory that ends with its process, for what is made up. */
export function passingMemory(channel: string): RoomMemory {
  const room = createRoom(String);
  return {
    channel,
    room,
    follow() {},
    seeAll: (events) => events.forEach(room.see),
    flush: () => Promise.resolve(true),
    stop() {},
  };
}

/** Opens the memory of a channel's room. */
export async function openRoomMemory(
  options: RoomMemoryOptions,
): Promise<RoomMemory> {
  const { store, channel, clock, log } = options;
  const now = clock.wall;
  const nameOf = (number: number) =>
    `${String(number).padStart(DIGITS, "0")}-${options.name}`;
  const room = createRoom(nameOf);
  const upTo: RoomUpTo = { at: now(), sessions: {} };
  let unkept: RoomChange = { parts: [], gone: [] };
  let isNew = false;
  let writing: Promise<boolean> | null = null;
  let callOff: (() => void) | null = null;
  let stopped = false;
  let trouble = "";

  async function load() {
    const kept = await store.room(channel);
    const isOver = (kept.upTo?.at ?? 0) < now() - REMEMBERED_MS;
    if (isOver) unkept.gone = kept.parts.map(({ name }) => name);
    else kept.parts.forEach(room.load);
    const known = isOver ? {} : kept.upTo?.sessions ?? {};
    const { sessionId } = options;
    const all = sessionId ? { [sessionId]: 0, ...known } : known;
    for (const [id, seq] of Object.entries(all)) await complete(id, seq);
  }

  /** Notes what a ledger has more than what was kept. */
  async function complete(id: string, after: number) {
    const since = now() - REMEMBERED_MS;
    const { seq, trouble } = await noteLedger(store, room, id, after, since);
    if (trouble) {
      log(`The room's memory lacks what "${id}" has after ${seq}: ${trouble}`);
    }
    room.settle(room.noted());
    follow(id, seq);
  }

  function follow(id: string, seq: number) {
    const { sessions } = upTo;
    if (sessions[id] === undefined) {
      const ids = Object.keys(sessions);
      if (ids.length >= MOST_SESSIONS) delete sessions[ids[0]!];
    }
    sessions[id] = seq;
    upTo.at = now();
    isNew = true;
    later(KEEP_MS);
  }

  function later(ms: number) {
    if (stopped) return;
    callOff ??= callAfter(clock, ms, () => void flush());
  }

  function flush(): Promise<boolean> {
    callOff?.();
    callOff = null;
    return writing ??= keep().finally(() => {
      writing = null;
      if (isNew) later(trouble ? RETRY_MS : KEEP_MS);
    });
  }

  async function keep(): Promise<boolean> {
    while (isNew && !stopped) {
      isNew = false;
      unkept = together(unkept, room.takeChange());
      try {
        await store.keepRoom(channel, unkept, structuredClone(upTo));
        unkept = { parts: [], gone: [] };
        trouble = "";
      } catch (error) {
        isNew = true;
        say(`What the room has sent cannot be kept: ${error}`);
        return false;
      }
    }
    return true;
  }

  /** Says something once, not every two seconds. */
  function say(line: string) {
    if (line !== trouble) log(line);
    trouble = line;
  }

  await load();
  return {
    channel,
    room,
    follow,
    seeAll(events) {
      events.forEach(room.see);
      room.settle(room.noted());
      upTo.at = now();
      isNew = true;
      later(KEEP_MS);
    },
    flush,
    stop() {
      stopped = true;
      callOff?.();
    },
  };
}

/** Notes what a ledger tells after a seq; how far that came, and why no further. */
async function noteLedger(
  store: Pick<Store, "read">,
  room: Room,
  id: string,
  after: number,
  since: number,
): Promise<{ seq: number; trouble: unknown }> {
  let seq = after;
  try {
    for await (const entries of store.read(id, after)) {
      for (const entry of entries) {
        if (entry.at > since) room.seeEntry(entry);
        seq = entry.seq;
      }
      await turn(); // leases are kept, streams go on
    }
    return { seq, trouble: null };
  } catch (trouble) {
    return { seq, trouble };
  }
}

/** Two changes as one; of a part that is in both, the later has more. */
function together(first: RoomChange, then: RoomChange): RoomChange {
  const parts = new Map(
    [...first.parts, ...then.parts].map((part) => [part.name, part]),
  );
  for (const name of then.gone) parts.delete(name);
  return { parts: [...parts.values()], gone: [...first.gone, ...then.gone] };
}
