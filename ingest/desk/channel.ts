/**
 * The channel that a desk listens to: its connection, what its room has sent,
 * and the way of live events from there to the session that runs.
 *
 * @module
 */
import { type Clock, pause } from "@/core/clock.ts";
import {
  type Connection,
  connectionOff,
  type RoomTotal,
  type Source,
} from "@/core/connection.ts";
import type { Frame } from "@/core/frame.ts";
import type { Store } from "@/core/ports.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import { isLiveEvent } from "../live_event.ts";
import type { OnEvents, SentAt } from "../tiktok/intake.ts";
import { logConnection } from "./game_log.ts";
import { createPulse } from "./pulse.ts";
import { createMemoryHere } from "./memory_here.ts";
import type { RoomMemory } from "./room_memory.ts";
import { type Arrived, createWaitingRoom, type Press } from "./waiting_room.ts";
import { HEARD_MS } from "./loop.ts";
import type { Writer } from "./writer.ts";

/** How often it is looked whether what came before a command is told, in ms. */
const LISTEN_MS = 5;

/** How the desk gets a connection: to TikTok, to a simulated or a played room. */
export interface SourceOptions {
  channel: string;
  roomId?: string;
  onEvents: OnEvents;
  onChange(connection: Connection): void;
  /** The game as it is shown; null while there is none. */
  frame?(): Frame | null;
}

/** What a channel needs. */
export interface ChannelOptions {
  store: Store;
  connect(options: SourceOptions): Source;
  rehearsal: boolean;
  clock: Clock;
  /** A name no other process has. */
  name: string;
  /** The session that runs; null where none does. */
  writer(): Writer | null;
  onChange(): void;
  log(line: string): void;
}

/** How events come, for the health report. */
interface Hearing {
  eventsPerSecond: number;
  lastEventAt: number | null;
  counts: ReturnType<Source["counts"]> | null;
  roomViewers: number | null;
  refused: number;
}

/** The channel of a desk. */
export interface Channel {
  connection(): Connection;
  hearing(): Hearing;
  isConnected(): boolean;
  connect(channel: string, roomId?: string): void;
  disconnect(): Promise<void>;
  /** The channel's next LIVE is wanted as long as there is a game for it. */
  seekNext(): void;
  /** Takes what a connection brings. */
  takeIn: OnEvents;
  /** Has what arrives wait until the work is done. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Has what arrives wait for the session that is to follow. */
  between<T>(work: (press: Press) => Promise<T>): Promise<T>;
  /** What TikTok's clock shows now, Unix ms; null where that is not known. */
  theirTime(): number | null;
  /** Likes of the room as TikTok counts them; null while not known. */
  roomLikes(): RoomTotal | null;
  /** When the oldest came of what the source has still to tell. */
  untoldSince(): number | null;
  /** When the oldest came of what waits for a session that is to follow. */
  heldSince(): number | null;
  /** Waits for what arrived before a command, so that it comes before it. */
  heardOut(): Promise<void>;
  /** Since this moment nothing could arrive, Unix ms; null for no such time. */
  deafSince(at: number | null): void;
  /** What the room has sent; null before the first. */
  memory(): RoomMemory | null;
  /**
   * Remembers what a channel's room has sent.
   *
   * @param sessionId A session that may have run in it until now.
   */
  remember(channel: string, sessionId: string | null): Promise<void>;
  /** Forgets that, and what waits: another process hears the room now. */
  forgetRoom(): void;
}

/** A channel that is not connected. */
export function createChannel(options: ChannelOptions): Channel {
  const { rehearsal, clock, writer, onChange, log } = options;
  const pulse = createPulse(clock);
  const theirTime = () => source?.theirTime?.() ?? null;
  const waitingRoom = createWaitingRoom({
    clock,
    pass: give,
    press: () => ({
      ...{ at: clock.wall(), came: clock.elapsed() },
      tiktokAt: theirTime(),
    }),
    isTaken,
  });
  const memory = createMemoryHere(options);
  let source: Source | null = null;
  let deafSince: number | null = null;
  let refused = 0;

  /** The session of this kind that runs; made up is never mixed with real. */
  function session(): Writer | null {
    const running = writer();
    return running?.session.rehearsal === rehearsal ? running : null;
  }

  /** Whether there is one that has not ended. */
  function isTaken(): boolean {
    const running = session();
    return running !== null && running.session.controls.phase !== "ended";
  }

  /** Gives events to the session that runs; how many it refused. */
  function give({ events, ...came }: Arrived): number {
    const running = session();
    if (running) return running.offer(events, came);
    memory.now()?.seeAll(events);
    return 0;
  }

  /** Takes what a connection brings: to the game, and to the health report. */
  function takeIn(incoming: Incoming[], sentAt?: SentAt, came?: number) {
    const events = incoming.filter(isLiveEvent);
    if (events.length === 0) return onChange();
    pulse.beat(events.length);
    const sent = sentAt && events.map(sentAt);
    refused += waitingRoom.take({ events, sent, came });
  }

  function seekNext() {
    source?.seekNext?.(isTaken());
  }

  const untoldSince = () => source?.untoldSince?.() ?? null;

  /** Puts the time in which the program itself was down on the timeline. */
  function noteDeafTime() {
    const running = writer();
    if (deafSince === null || !running) return;
    const [from, to] = [deafSince, clock.wall()];
    deafSince = null;
    const id = `restart-${running.session.id}-${from}`;
    if (to > from) running.offer([{ type: "gap", id, at: to, from, to }]);
  }

  return {
    connection: () => source?.connection() ?? connectionOff(clock.wall()),
    hearing: () => ({
      eventsPerSecond: pulse.perSecond(),
      lastEventAt: pulse.last(),
      counts: source?.counts() ?? null,
      roomViewers: source?.roomViewers() ?? null,
      refused,
    }),
    isConnected: () => source !== null,
    connect(channel, roomId) {
      const logChange = logConnection(log, rehearsal);
      source = options.connect({
        channel,
        ...(roomId && { roomId }),
        onEvents: takeIn,
        frame: () => session()?.frame() ?? null,
        onChange(connection) {
          logChange(connection);
          if (connection.state === "live") noteDeafTime();
          onChange();
        },
      });
      logChange(source.connection());
      seekNext();
      onChange();
    },
    async disconnect() {
      const closing = source;
      source = null;
      await closing?.close();
      onChange();
    },
    seekNext,
    takeIn,
    during: waitingRoom.during,
    between: waitingRoom.between,
    theirTime,
    roomLikes: () => source?.roomLikes?.() ?? null,
    untoldSince,
    heldSince: waitingRoom.since,
    async heardOut() {
      const asked = clock.elapsed();
      const isBehind = () => (untoldSince() ?? Infinity) <= asked;
      for (let ms = 0; isBehind() && ms < HEARD_MS; ms += LISTEN_MS) {
        await pause(clock, LISTEN_MS);
      }
    },
    deafSince(at) {
      deafSince = at;
    },
    memory: memory.now,
    remember: memory.remember,
    forgetRoom() {
      waitingRoom.forget();
      memory.forget();
    },
  };
}
