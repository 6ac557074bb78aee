/**
 * One connection to Redis that comes back by itself, and knows in plain words
 * how it stands. Nothing is queued while it is away: a call then fails at once,
 * and so does one without an answer for two seconds, because somebody waits for
 * it with an evening's points in hand.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { ErrorReply, RESP_TYPES } from "redis";
import { callAfter, type Clock } from "@/core/clock.ts";
import type { LiveHealth } from "@/core/ports.ts";
import { whyOf } from "@/core/why.ts";
import type { Client } from "./client.ts";
import type { Script } from "./scripts.ts";
import { troubleOf } from "./trouble.ts";
import { openUpkeep } from "./upkeep.ts";

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

/** Starts connecting. */
export function openRedisLink(url: string, clock: Clock): RedisLink {
  const upkeep = openUpkeep(url, clock);
  const { isWritable: isUp } = upkeep;

  async function send<T>(
    command: (client: Client) => Promise<T>,
    { anyway = false } = {},
  ): Promise<T> {
    const on = upkeep.client();
    if (!on || !(isUp() || anyway)) throw away();
    try {
      return await upkeep.answered(on, command(on));
    } catch (error) {
      throw failure(on, error);
    }
  }

  /** What a command that failed says of Redis; what is then thrown. */
  function failure(on: Client, error: unknown): unknown {
    if (!isReply(error)) {
      upkeep.lose(on, error);
      return away();
    }
    const trouble = troubleOf(error);
    if (trouble.state === "failing" && !/^MISCONF/.test(whyOf(error))) {
      return error; // our own mistake: nothing that waiting would help
    }
    if (upkeep.client() === on && isUp()) upkeep.refuse(on, trouble);
    return away();
  }

  function away(): RedisAwayError {
    return new RedisAwayError(upkeep.health().detail);
  }

  function ready(ms: number): Promise<boolean> {
    if (isUp()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const done = (isThere: boolean) => {
        callOff();
        stop();
        resolve(isThere);
      };
      const callOff = callAfter(clock, ms, () => done(false));
      const stop = upkeep.watch(() => isUp() && done(true));
    });
  }

  return {
    isUp,
    isSettled: upkeep.isSettled,
    health: upkeep.health,
    call: (...args) => send((on) => on.sendCommand(args.map(toSend))),
    async run(script, keys, args, options) {
      const rest = [String(keys.length), ...keys, ...args].map(toSend);
      const run = (...command: string[]) =>
        send((on) => on.sendCommand([...command, ...rest]), options);
      try {
        return await run("EVALSHA", upkeep.hashOf(script));
      } catch (error) {
        if (!/^NOSCRIPT/.test(whyOf(error))) throw error;
        return await run("EVAL", script.text);
      }
    },
    bytes: (key) =>
      send((on) =>
        on.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
          .sendCommand<Uint8Array | null>(["GET", key])
      ),
    watch: upkeep.watch,
    ready,
    close: upkeep.close,
  };
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
