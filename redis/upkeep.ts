/**
 * Keeps one connection to Redis up: makes it, looks whether it can be written,
 * gives it up when it fails, and says in plain words how it stands.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import { createListeners } from "@/core/listeners.ts";
import type { LiveHealth } from "@/core/ports.ts";
import { whyOf } from "@/core/why.ts";
import { type Client, newClient } from "./client.ts";
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

/** A connection that is kept up. */
export interface Upkeep {
  /** The connection there is now, writable or not. */
  client(): Client | null;
  isWritable(): boolean;
  /** Whether it has been there for long enough to believe in what is missing. */
  isSettled(): boolean;
  health(): LiveHealth;
  /** SHA-1 of a script, as the server has it. */
  hashOf(script: Script): string;
  /** The answer; without one in time the connection is given up. */
  answered<T>(from: Client, answer: Promise<T>): Promise<T>;
  /** It is there and takes no writes. */
  refuse(on: Client, trouble: LiveHealth): void;
  /** Gives a connection up, and makes another. */
  lose(lost: Client, error: unknown): void;
  /** Calls `listener` when it comes, goes, or changes how it stands. */
  watch(listener: () => void): () => void;
  close(): void;
}

type Answered = Upkeep["answered"];

/** Starts connecting. */
export function openUpkeep(url: string, clock: Clock): Upkeep {
  const listeners = createListeners();
  let hashes = new Map<Script, string>();
  let client: Client | null = null;
  let isWritable = false;
  let isFirst = true;
  let settledAt = Infinity;
  const health = createHealth(listeners.tell);
  let closed = false;
  let callOff = () => {};
  const answered: Answered = (from, answer) =>
    inTime(clock, answer, (error) => lose(from, error));

  /** What is done next; there is one such thing at a time. */
  function next(ms: number, what: () => void) {
    callOff();
    callOff = callAfter(clock, ms, what);
  }

  async function connect() {
    const made = clientOf(url, lose);
    try {
      await made.connect();
      const info = await infoOf(made, answered);
      hashes = await loadScripts(made, answered);
      if (closed) return made.destroy();
      client = made;
      const isOld = uptimeOf(info) * 1_000 > GRACE_MS;
      settledAt = clock.elapsed() + (isFirst && isOld ? 0 : GRACE_MS);
      isFirst = false;
      await probe(made, info);
    } catch (error) {
      lose(made, error);
      if (!closed && client === null) next(RETRY_MS, connect);
    }
  }

  /** Finds out whether it can be written, again and again. */
  async function probe(on: Client, known?: string | null) {
    if (client !== on || closed) return;
    try {
      const info = known === undefined ? await infoOf(on, answered) : known;
      const risk = riskOf(info);
      if (risk?.state === "read_only") throw new Error("READONLY");
      await answered(on, on.sendCommand(["SET", PROBE_KEY, "1", "EX", "60"]));
      if (client === on) takesWrites(on, risk);
    } catch (error) {
      if (client === on) refuse(on, troubleOf(error));
    }
  }

  function takesWrites(on: Client, risk: LiveHealth | null) {
    const wasWritable = isWritable;
    isWritable = true;
    if (settledAt === Infinity) settledAt = clock.elapsed() + GRACE_MS;
    health.become(risk ?? { state: "ok", detail: "" });
    next(WATCH_MS, () => probe(on));
    // A listener may look only now.
    if (!wasWritable) listeners.tell();
  }

  function refuse(on: Client, trouble: LiveHealth) {
    isWritable = false;
    settledAt = Infinity;
    health.become(trouble);
    next(PROBE_MS, () => probe(on));
  }

  function lose(lost: Client, error: unknown) {
    if (client !== lost && client !== null) return;
    const wasThere = client === lost;
    client = null;
    isWritable = false;
    lost.destroy();
    if (closed) return;
    health.become(troubleOf(error));
    if (wasThere) next(RETRY_MS, connect);
  }

  connect();
  return {
    client: () => client,
    isWritable: () => client !== null && isWritable,
    isSettled: () =>
      client !== null && isWritable && clock.elapsed() >= settledAt,
    health: health.now,
    hashOf: (script) => hashes.get(script)!,
    answered,
    refuse,
    lose,
    watch: listeners.watch,
    close() {
      closed = true;
      callOff();
      listeners.clear();
      client?.destroy();
      client = null;
    },
  };
}

/** How a connection stands, from its first try on. */
function createHealth(onChange: () => void) {
  let health: LiveHealth = {
    state: "connecting",
    detail: "Connecting to Redis",
  };
  return {
    now: () => health,
    become(next: LiveHealth) {
      if (next.state === health.state && next.detail === health.detail) return;
      health = next;
      onChange();
    },
  };
}

function clientOf(
  url: string,
  onLost: (client: Client, error: unknown) => void,
): Client {
  const made = newClient(url, {
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
  });
  // What it says here also fails the call or the connection it belongs to.
  made.on("error", (error) => onLost(made, error));
  made.on("end", () => onLost(made, new Error("closed")));
  return made;
}

/** An answer; without one in time that is an error, and told before. */
async function inTime<T>(
  clock: Clock,
  answer: Promise<T>,
  onNone: (error: Error) => void,
): Promise<T> {
  let callOff = () => {};
  const none = new Promise<never>((_, reject) => {
    callOff = callAfter(clock, ANSWER_MS, () => {
      callOff = callAfter(clock, UNREAD_MS, () => {
        const error = new Error("Redis does not answer");
        reject(error);
        onNone(error);
      });
    });
  });
  try {
    return await Promise.race([answer, none]);
  } finally {
    callOff();
  }
}

/** Gives the server our scripts; their SHA-1. */
async function loadScripts(
  on: Client,
  answered: Answered,
): Promise<Map<Script, string>> {
  const hashes = new Map<Script, string>();
  for (const script of SCRIPTS) {
    const command = ["SCRIPT", "LOAD", script.text];
    hashes.set(script, await answered(on, on.sendCommand(command)));
  }
  return hashes;
}

/** What the server says of itself; null where its user may not ask. */
async function infoOf(
  on: Client,
  answered: Answered,
): Promise<string | null> {
  try {
    return await answered(on, on.sendCommand<string>(["INFO"]));
  } catch (error) {
    if (/^NOPERM/.test(whyOf(error))) return null;
    throw error;
  }
}
