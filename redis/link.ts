/**
 * One connection to Redis that comes back by itself, and knows in plain words
 * how it stands. Nothing is queued while it is away: a call then fails at once,
 * and so does one without an answer for two seconds, because somebody waits for
 * it with an evening's points in hand.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createClient, ErrorReply, RESP_TYPES } from "redis";
import { createListeners } from "@/core/listeners.ts";
import type { LiveHealth } from "@/core/ports.ts";
import { whyOf } from "@/core/why.ts";
import { type Script, SCRIPTS } from "./scripts.ts";
import { riskOf, troubleOf, uptimeOf } from "./trouble.ts";

/** Pause between tries to connect, in ms. */
const RETRY_MS = 500;
const CONNECT_MS = 2_000;
/** How long an answer may take, in ms. */
const ANSWER_MS = 2_000;
/** Then it may be here, unread, where this process itself was held up; ms. */
const UNREAD_MS = 50;
/** After Redis or the way to it came back, nobody new leads for so long, in ms. */
const GRACE_MS = 3_000;
/** How often a server that takes no writes is tried, in ms. */
const PROBE_MS = 1_000;
/** And one that takes them, so that it is noticed when nothing else is written. */
const WATCH_MS = 2_000;
const PROBE_KEY = "ingest:probe";

/** Redis is away or takes no writes; the message says why in plain words. */
export class RedisAwayError extends Error {
  override name = "RedisAwayError";
}

/** An argument of a command. */
type Argument = string | Uint8Array;

/** A connection. */
export interface RedisLink {
  /** Whether it can be read and written now. */
  isUp(): boolean;
  /** Whether it has been there for long enough to believe in what is missing. */
  isSettled(): boolean;
  health(): LiveHealth;
  /**
   * Sends a command.
   *
   * @throws {RedisAwayError} If it is away, takes no writes, or does not answer;
   * whether the command was carried out is then not known.
   */
  call(...args: Argument[]): Promise<unknown>;
  /**
   * The same for a script; its arguments follow its keys.
   *
   * @param options.anyway Also while it takes no writes: for a script that may
   * do without.
   */
  run(
    script: Script,
    keys: string[],
    args: Argument[],
    options?: { anyway?: boolean },
  ): Promise<unknown>;
  /** A string's bytes, or null. */
  bytes(key: string): Promise<Uint8Array | null>;
  /** Calls `listener` when it comes, goes, or changes how it stands. */
  watch(listener: () => void): () => void;
  /** Resolves when it is up, or after so many ms. */
  ready(ms: number): Promise<boolean>;
  close(): void;
}

type Client = ReturnType<typeof newClient>;

/** Starts connecting. */
export function openRedisLink(url: string): RedisLink {
  const listeners = createListeners();
  const hashes = new Map<Script, string>();
  let client: Client | null = null;
  let isWritable = false;
  let isFirst = true;
  let settledAt = Infinity;
  let health: LiveHealth = {
    state: "connecting",
    detail: "Connecting to Redis",
  };
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function change(next: LiveHealth) {
    if (next.state === health.state && next.detail === health.detail) return;
    health = next;
    listeners.tell();
  }

  async function connect() {
    const next = newClient(url);
    // What it says here also fails the call or the connection it belongs to.
    next.on("error", (error) => lose(next, error));
    next.on("end", () => lose(next, new Error("closed")));
    try {
      await next.connect();
      const info = await infoOf(next);
      for (const script of SCRIPTS) {
        const command = ["SCRIPT", "LOAD", script.text];
        hashes.set(script, await answered(next, next.sendCommand(command)));
      }
      if (closed) return next.destroy();
      client = next;
      const isOld = uptimeOf(info) * 1_000 > GRACE_MS;
      settledAt = performance.now() + (isFirst && isOld ? 0 : GRACE_MS);
      isFirst = false;
      await probe(next, info);
    } catch (error) {
      lose(next, error);
      if (!closed && client === null) {
        clearTimeout(timer);
        timer = setTimeout(connect, RETRY_MS);
      }
    }
  }

  /** What the server says of itself; null where its user may not ask. */
  async function infoOf(on: Client): Promise<string | null> {
    try {
      return await answered(on, on.sendCommand<string>(["INFO"]));
    } catch (error) {
      if (/^NOPERM/.test(whyOf(error))) return null;
      throw error;
    }
  }

  /** Finds out whether it can be written, again and again. */
  async function probe(on: Client, known?: string | null) {
    if (client !== on || closed) return;
    try {
      const info = known === undefined ? await infoOf(on) : known;
      const risk = riskOf(info);
      if (risk?.state === "read_only") throw new Error("READONLY");
      await answered(on, on.sendCommand(["SET", PROBE_KEY, "1", "EX", "60"]));
      if (client !== on) return;
      const wasWritable = isWritable;
      isWritable = true;
      if (settledAt === Infinity) settledAt = performance.now() + GRACE_MS;
      change(risk ?? { state: "ok", detail: "" });
      probeIn(WATCH_MS, on);
      if (wasWritable) return;
      // A listener may look only now.
      listeners.tell();
    } catch (error) {
      if (client === on) refuse(on, troubleOf(error));
    }
  }

  function probeIn(ms: number, on: Client) {
    clearTimeout(timer);
    timer = setTimeout(() => probe(on), ms);
  }

  /** It is there and takes no writes. */
  function refuse(on: Client, trouble: LiveHealth) {
    isWritable = false;
    settledAt = Infinity;
    change(trouble);
    probeIn(PROBE_MS, on);
  }

  /** Gives a connection up. */
  function lose(lost: Client, error: unknown) {
    if (client !== lost && client !== null) return;
    const wasThere = client === lost;
    client = null;
    isWritable = false;
    lost.destroy();
    if (closed) return;
    change(troubleOf(error));
    if (!wasThere) return;
    clearTimeout(timer);
    timer = setTimeout(connect, RETRY_MS);
  }

  /** The answer; without one in time the connection is given up. */
  async function answered<T>(from: Client, answer: Promise<T>): Promise<T> {
    let late: ReturnType<typeof setTimeout> | undefined;
    const none = new Promise<never>((_, reject) => {
      const giveUp = () => {
        const error = new Error("Redis does not answer");
        reject(error);
        lose(from, error);
      };
      late = setTimeout(() => late = setTimeout(giveUp, UNREAD_MS), ANSWER_MS);
    });
    try {
      return await Promise.race([answer, none]);
    } finally {
      clearTimeout(late);
    }
  }

  async function send<T>(
    command: (client: Client) => Promise<T>,
    { anyway = false } = {},
  ): Promise<T> {
    const on = client;
    if (!on || !(isWritable || anyway)) throw away();
    try {
      return await answered(on, command(on));
    } catch (error) {
      const trouble = troubleOf(error);
      if (!isReply(error)) {
        lose(on, error);
        throw away();
      }
      if (trouble.state === "failing" && !/^MISCONF/.test(whyOf(error))) {
        throw error; // our own mistake: nothing that waiting would help
      }
      if (client === on && isWritable) refuse(on, trouble);
      throw away();
    }
  }

  function away(): RedisAwayError {
    return new RedisAwayError(health.detail);
  }

  const link: RedisLink = {
    isUp: () => client !== null && isWritable,
    isSettled: () => link.isUp() && performance.now() >= settledAt,
    health: () => health,
    call: (...args) => send((on) => on.sendCommand(args.map(toSend))),
    async run(script, keys, args, options) {
      const rest = [String(keys.length), ...keys, ...args].map(toSend);
      try {
        return await send(
          (on) => on.sendCommand(["EVALSHA", hashes.get(script)!, ...rest]),
          options,
        );
      } catch (error) {
        if (!/^NOSCRIPT/.test(whyOf(error))) throw error;
        return await send(
          (on) => on.sendCommand(["EVAL", script.text, ...rest]),
          options,
        );
      }
    },
    bytes: (key) =>
      send((on) =>
        on.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
          .sendCommand<Uint8Array | null>(["GET", key])
      ),
    watch: listeners.watch,
    ready(ms) {
      if (link.isUp()) return Promise.resolve(true);
      return new Promise((resolve) => {
        const done = (isUp: boolean) => {
          clearTimeout(late);
          stop();
          resolve(isUp);
        };
        const late = setTimeout(() => done(false), ms);
        const stop = link.watch(() => link.isUp() && done(true));
      });
    },
    close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
      client?.destroy();
      client = null;
    },
  };
  connect();
  return link;
}

/**
 * A password alone is that of the user `default`. Said so, it does no harm
 * where that user has none; without a name Redis would refuse it.
 */
function newClient(url: string) {
  const named = new URL(url);
  if (named.password !== "" && named.username === "") {
    named.username = "default";
  }
  return createClient({
    url: named.href,
    RESP: 2,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
  });
}

function toSend(argument: Argument): string | Buffer {
  return typeof argument === "string" ? argument : Buffer.from(
    argument.buffer,
    argument.byteOffset,
    argument.byteLength,
  );
}

/** Whether it is the server that said no, and not the way to it. */
function isReply(error: unknown): boolean {
  return error instanceof ErrorReply;
}
