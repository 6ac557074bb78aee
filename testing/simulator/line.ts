/**
 * The way to TikTok alone: the program's own connection, over a network that is
 * slow, silent, garbled or gone, sockets that close or bring nothing, LIVEs that
 * end and begin, and a signing service that has enough.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Connection, Source } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import { openConnection } from "@/ingest/tiktok/connect.ts";
import type {
  Link,
  LinkListener,
  SignAnswer,
} from "@/ingest/tiktok/connector.ts";
import { createSignLimit } from "@/ingest/tiktok/sign_limit.ts";
import type { Result } from "./play.ts";
import type { Step, Weather } from "./plan.ts";
import type { Finding } from "./reckoning.ts";
import { Process, World } from "./world.ts";

/** What the connector itself waits for an answer, and for one to sign, in ms. */
const ANSWER_MS = 10_000;
const SIGN_MS = 20_000;
/** TikTok's heartbeat, in ms. */
const BEAT_MS = 10_000;
/** So long a connection may be called live though nothing comes, in ms. */
const NUMB_MS = 61_000;
/** Within this all is well again, whatever it was before, in ms. */
const HEALED_MS = 400_000;
/** What the signing service allows. */
const SIGNS = { most: 5, ms: 60_000 };

interface Socket {
  listener: LinkListener;
  isNumb: boolean;
}

/** The network, and what lies behind it. */
class Line {
  readonly world = new World();
  readonly process = new Process(1, this.world);
  readonly log: string[] = [];
  readonly findings: Finding[] = [];
  readonly sockets = new Set<Socket>();
  readonly gaps: { from: number; to: number }[] = [];
  /** When the signing service was asked. */
  readonly signs: number[] = [];
  weather: Weather = "well";
  isOver = false;
  room = 7_001;
  /** Until then the signing service wants to be left alone. */
  busyUntil = 0;
  lastFrame = 0;
  isClosed = false;
  source: Source | null = null;

  note(line: string) {
    this.log.push(`${(this.world.now / 1_000).toFixed(1)} ${line}`);
  }

  find(kind: string, words: string) {
    this.findings.push({ kind, words });
    this.note(`!! ${kind}: ${words}`);
  }

  /** Connects, and tells what becomes of it. */
  open() {
    const { clock } = this.process;
    this.source = openConnection({
      channel: "host",
      clock,
      signLimit: createSignLimit(clock.elapsed),
      open: (_options, listener) => this.link(listener),
      onEvents: (events) => events.forEach((event) => this.hear(event)),
      onChange: (connection) => this.#change(connection),
    });
    this.source.seekNext!(true);
    this.#beat();
  }

  /** As the connector has it, for one look and one socket. */
  link(listener: LinkListener): Link {
    const socket: Socket = { listener, isNumb: false };
    const closing = new AbortController();
    let answer: SignAnswer | null = null;
    const ask = <T>(value: () => T, ms: number) =>
      this.#answer(value, ms, closing.signal);
    const sign = <T>(value: () => T): Promise<T> => {
      answer = null;
      this.#sign();
      return ask(() => {
        answer = this.#signAnswer();
        if (answer.status !== 200) throw new Error(`Status ${answer.status}`);
        return value();
      }, SIGN_MS);
    };
    const status = () => this.isOver ? 4 : 2;
    const room = () => ({
      user: { roomId: String(this.room), status: status() },
      liveRoom: { status: status() },
    });
    const isGarbled = () => this.weather === "garbled";
    return {
      livePage: () =>
        ask(
          () =>
            isGarbled() ? { x: 1 } : { LiveRoom: { liveRoomUserInfo: room() } },
          ANSWER_MS,
        ),
      apiLive: () =>
        ask(
          () => isGarbled() ? "?" : { statusCode: 0, data: room() },
          ANSWER_MS,
        ),
      roomInfo: (id) =>
        ask(() => ({
          data: { status: id === String(this.room) ? status() : 4 },
        }), ANSWER_MS),
      signRoomId: () =>
        sign(() => ({
          ...{ code: 200, room_id: String(this.room) },
          is_live: !this.isOver,
        })),
      connect: () =>
        sign(() => {
          this.sockets.add(socket);
          this.lastFrame = this.world.now;
          const open = this.sockets.size;
          if (open > 1) this.find("sockets", `${open} are open at once`);
        }),
      signAnswer: () => answer,
      close: () => {
        closing.abort();
        this.sockets.delete(socket);
        return Promise.resolve();
      },
    };
  }

  /** What comes of it is looked at; a gap is an outage that is told of once. */
  hear(event: Incoming) {
    if (this.isClosed) this.find("after", `${event.type} comes after the end`);
    if (event.type !== "gap") return;
    const last = this.gaps.at(-1);
    if (last && event.from < last.to) {
      this.find("gaps", `one from ${event.from} overlaps that to ${last.to}`);
    }
    this.gaps.push(event);
  }

  /** Whether it says that it is live, and nothing comes. */
  lookAtSilence() {
    const { state } = this.source!.connection();
    const ms = this.world.now - this.lastFrame;
    if (state === "live" && ms > NUMB_MS) {
      this.find("numb", `live, though nothing came for ${Math.round(ms)} ms`);
    }
  }

  #change({ state, reason }: Connection) {
    this.note(`${state} ${reason ?? ""}`);
  }

  #beat() {
    const { world } = this;
    for (const { listener, isNumb } of this.sockets) {
      if (isNumb || this.weather === "silent") continue;
      this.lastFrame = world.now;
      listener.onFrame();
    }
    this.lookAtSilence();
    world.after(BEAT_MS, () => this.#beat(), null);
  }

  #sign() {
    const { now } = this.world;
    if (now < this.busyUntil) {
      this.find("sign", `asked though it said to wait until ${this.busyUntil}`);
    }
    this.signs.push(now);
    const earlier = this.signs.at(-1 - SIGNS.most);
    if (earlier !== undefined && now - earlier < SIGNS.ms - 1) {
      this.find("sign", `${SIGNS.most + 1} requests in ${now - earlier} ms`);
    }
  }

  #signAnswer(): SignAnswer {
    const { world } = this;
    const rest = { retryAfter: null, reset: null };
    if (this.weather !== "busy") return { status: 200, ...rest };
    if (world.happens(0.3)) return { status: 429, ...rest };
    const seconds = 5 + world.below(100);
    this.busyUntil = world.now + seconds * 1_000;
    return { status: 429, ...rest, retryAfter: String(seconds) };
  }

  #answer<T>(value: () => T, limit: number, closing: AbortSignal): Promise<T> {
    const { world, process, weather } = this;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(why));
      closing.addEventListener("abort", () => fail("closed"));
      if (closing.aborted) return fail("closed");
      world.after(limit, () => fail("timed out"), process);
      if (weather === "silent") return; // what it never answers
      const ms = weather === "slow"
        ? 500 + world.below(30_000)
        : 10 + world.below(300);
      world.after(ms, () => {
        if (closing.aborted) return;
        const isGone = this.weather === "down" ||
          (this.weather === "shaky" && world.happens(0.5));
        if (isGone) return fail("ECONNRESET");
        try {
          resolve(value());
        } catch (error) {
          reject(error);
        }
      }, process);
    });
  }
}

/** What becomes of the network in a step. */
function act(it: Line, does: Weather) {
  switch (does) {
    case "cut":
      for (const { listener } of [...it.sockets]) listener.onClose();
      return;
    case "numb":
      for (const socket of it.sockets) socket.isNumb = true;
      return;
    case "over":
      it.isOver = !it.isOver;
      return;
    case "next":
      it.room++;
      for (const { listener } of [...it.sockets]) listener.onClose();
      return;
    default:
      it.weather = does;
  }
}

/** Plays the plan of a line, and looks whether all of it was right. */
export async function playLine(plan: Step[]): Promise<Result> {
  const it = new Line();
  const { world, process } = it;
  try {
    for (const { does, seed, ms } of plan) {
      world.sow(seed);
      it.note(`-- ${does}`);
      if (does === "line") it.open();
      else act(it, does as Weather);
      await world.run(ms);
    }
    [it.weather, it.isOver] = ["well", false];
    it.note("-- all heals");
    await world.run(HEALED_MS);
    lookAtEnd(it);
    let closed = false;
    void it.source!.close().then(() => closed = true);
    await world.run(1_000);
    it.isClosed = true;
    if (!closed) it.find("close", "close() does not come back");
    if (it.sockets.size > 0) it.find("close", "a socket is left open");
    await world.run(60_000);
  } catch (error) {
    it.find("threw", error instanceof Error ? error.stack! : String(error));
  }
  process.alive = false;
  world.end();
  const digest = createHash("sha256").update(it.log.join("\n")).digest("hex");
  const { findings, log, signs } = it;
  return { findings, log, entries: signs.length, digest };
}

function lookAtEnd(it: Line) {
  const { state, reason } = it.source!.connection();
  if (state !== "live") it.find("healed", `it is ${state} ${reason}`);
  const [socket] = it.sockets;
  if (!socket || socket.isNumb) it.find("healed", "nothing comes");
}
