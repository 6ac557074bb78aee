/**
 * An evening in which everything may happen between sessions: a room that goes
 * on, a connection that breaks and repeats, a machine whose clock is wrong, and
 * processes that end, die and follow each other over one store.
 *
 * @module
 */
import { ok } from "node:assert";
import type { Command } from "@/core/shapes/commands.ts";
import { connectionOff, emptyCounts } from "@/core/connection.ts";
import type { Source } from "@/core/connection.ts";
import type { OpenDesk } from "@/core/desk.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import type { Store } from "@/core/ports.ts";
import { systemClock } from "@/ingest/clock.ts";
import type { SourceOptions } from "@/ingest/desk/channel.ts";
import { openDesk } from "@/ingest/desk/desk.ts";

/** When evenings begin on TikTok's clock, Unix ms. */
const BEGIN = 1_790_000_000_000;
/** Messages that every new connection gets again. */
const REPEATED = 10_000;

/** One evening. */
export interface Evening {
  readonly desk: OpenDesk;
  /** What the room has sent so far. */
  readonly sent: LiveEvent[];
  /** Whether messages arrive. */
  isUp(): boolean;
  /** How wrong the machine's clock is, in ms. */
  setClock(wrongBy: number): void;
  pass(ms: number): void;
  /** Sends a message now, to whoever is connected. */
  send<T extends LiveEvent>(event: T): Promise<T>;
  cut(): void;
  /** Connects again, which brings all messages once more. */
  reconnect(): Promise<void>;
  command(command: Command): Promise<void>;
  /** Begins a session; its id. */
  begin(channel?: string): Promise<string>;
  /**
   * Ends the process in order, and starts the next one, which connects. Nothing
   * is repeated yet.
   */
  restart(): Promise<void>;
  /** Ends it as `kill -9` does, and starts the next one. */
  kill(): Promise<void>;
  /** Points by message id, of one session. */
  earned(sessionId: string): Promise<Map<string, number>>;
  /** Points of one session. */
  total(sessionId: string): Promise<number>;
  close(): Promise<void>;
}

/** Opens an evening; nothing is connected yet. */
export async function openEvening(
  store: Store,
  wrongBy = 0,
): Promise<Evening> {
  const sent: LiveEvent[] = [];
  let theirs = BEGIN;
  let startedAt = theirs;
  let isUp = false;
  let room: SourceOptions | null = null;
  const elapsed = () => theirs - startedAt;
  let process = mortal(store);
  let desk = await start();

  function start() {
    startedAt = theirs;
    return openDesk({
      store: process.store,
      rehearsal: false,
      version: "test",
      clock: {
        ...systemClock,
        wall: () => theirs + wrongBy,
        elapsed,
      },
      connect(options) {
        room = options;
        isUp = true;
        return sourceOf(options.channel);
      },
    });
  }

  function sourceOf(channel: string): Source {
    return {
      connection: () => ({
        ...connectionOff(0),
        state: "live",
        channel,
        roomId: "1",
      }),
      counts: emptyCounts,
      roomViewers: () => null,
      theirTime: () => theirs,
      close() {
        isUp = false;
        room = null;
        return Promise.resolve();
      },
    };
  }

  async function bring(events: LiveEvent[]) {
    if (!isUp || !room || events.length === 0) return;
    room.onEvents(events, ({ at }) => elapsed() - (theirs - at));
    while (desk.state().health.queued > 0) {
      await new Promise((resolve) => setTimeout(resolve));
    }
    await desk.view("current"); // what was played is durable then
  }

  const reconnect = async () => {
    isUp = room !== null;
    await bring(sent.slice(-REPEATED));
  };

  async function command(wanted: Command) {
    const outcome = await desk.submit(wanted);
    ok(outcome.ok, JSON.stringify(outcome));
  }

  async function startNext() {
    process = mortal(store);
    desk = await start();
  }

  async function earned(sessionId: string) {
    const points = new Map<string, number>();
    for await (const entries of store.read(sessionId)) {
      for (const entry of entries) {
        if (!("id" in entry && "points" in entry)) continue;
        if (entry.points > 0) points.set(entry.id, entry.points);
      }
    }
    return points;
  }

  return {
    get desk() {
      return desk;
    },
    sent,
    isUp: () => isUp,
    setClock: (by) => void (wrongBy = by),
    pass: (ms) => void (theirs += ms),
    async send(event) {
      const message = { ...event, at: theirs };
      sent.push(message);
      await bring([message]);
      return message;
    },
    cut: () => void (isUp = false),
    reconnect,
    command,
    async begin(channel) {
      await command({ type: "newSession", ...(channel && { channel }) });
      return desk.state().session!.id;
    },
    async restart() {
      await desk.close();
      await startNext();
    },
    async kill() {
      process.kill();
      void desk.close(); // it waits for its store for ever
      await startNext();
    },
    earned,
    async total(sessionId) {
      const points = (await earned(sessionId)).values();
      return points.reduce((sum, each) => sum + each, 0);
    },
    async close() {
      await desk.close();
    },
  };
}

/** A store that reaches nothing any more once its process is dead. */
function mortal(store: Store): { store: Store; kill(): void } {
  let isDead = false;
  const never = new Promise<never>(() => {});
  return {
    kill: () => void (isDead = true),
    store: new Proxy(store, {
      get(target, name) {
        const value = target[name as keyof Store];
        if (typeof value !== "function") return value;
        if (name === "close") return () => {};
        const call = value as (...args: unknown[]) => unknown;
        return (...args: unknown[]) =>
          isDead ? never : call.apply(target, args);
      },
    }),
  };
}
