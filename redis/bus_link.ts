/**
 * Two connections to one Redis, one that says and one that listens. They come
 * back by themselves. While one is away, what is said fails at once instead of
 * waiting: everything that is told stands alone and is told anew, and whoever
 * asked had better know.
 *
 * @module
 */
import type { EventEmitter } from "node:events";
import { AwayError } from "@/core/desk.ts";
import { shownAddress } from "@/core/shapes/config.ts";
import { type Client, newClient } from "./client.ts";
import { troubleOf } from "./trouble.ts";

/** Waits before connecting again: this much more each time, up to a limit. */
const RETRY_STEP_MS = 50;
const RETRY_LIMIT_MS = 1_000;
/** A connection that cannot be made or used in this time is given up. */
const CONNECT_MS = 5_000;
/** Finds connections that have died without a word. */
const PING_MS = 5_000;

/** Connections to a Redis. */
export interface Link {
  /** Sends a text to a channel; how many heard it. @throws {AwayError} */
  publish(channel: string, text: string): Promise<number>;
  /** Runs a script. @throws {AwayError} */
  run(script: string, keys: string[], args: string[]): Promise<unknown>;
  /** All fields of a hash. @throws {AwayError} */
  hash(key: string): Promise<Record<string, string>>;
  /** For readers of other things; its commands fail while it is away. */
  client: Client;
  /** Null, or in plain words why the Redis cannot be reached. */
  trouble(): string | null;
  close(): Promise<void>;
}

/** What a link is opened with. */
interface LinkOptions {
  /** `redis://` or `rediss://`. */
  url: string;
  /** Listens to these channels from the first moment. */
  channels: string[];
  onText(channel: string, text: string): void;
  /** Both connections stand (again): what was told meanwhile was missed. */
  onReady(): void;
  /** `trouble()` has changed. */
  onTrouble(trouble: string | null): void;
}

/** Opens a link; it need not be there yet. */
export function openLink(options: LinkOptions): Link {
  const { url, channels, onText, onReady, onTrouble } = options;
  const place = shownAddress(url);
  const said = (error: unknown) => `${troubleOf(error).detail} (${place})`;
  const says = clientOf(url);
  const listens = clientOf(url);
  const ready = new Set<Client>();
  let trouble: string | null = `Redis has not answered yet (${place})`;
  let closed = false;

  function be(now: string | null) {
    if (closed || now === trouble) return;
    trouble = now;
    onTrouble(now);
  }

  async function open(client: Client) {
    on(client, "ready", () => {
      if (client === says) stand(client);
    });
    on(client, "error", (error) => {
      ready.delete(client);
      be(said(error));
    });
    try {
      await client.connect();
      if (client !== listens) return;
      await client.subscribe(
        channels,
        (text, channel) => onText(channel, text),
      );
      // From now on the client listens again by itself, before it is ready.
      on(client, "ready", () => stand(client));
      stand(client);
    } catch (error) {
      if (!closed) be(said(error));
    }
  }

  function stand(client: Client) {
    ready.add(client);
    if (ready.size < 2 || closed) return;
    be(null);
    onReady();
  }

  open(says);
  open(listens);

  /** What a command gives; a connection that is away says so in plain words. */
  async function answer<T>(command: Promise<T>): Promise<T> {
    try {
      return await command;
    } catch (error) {
      throw new AwayError(trouble ?? said(error), { cause: error });
    }
  }

  return {
    publish: (channel, text) => answer(says.publish(channel, text)),
    run: (script, keys, args) =>
      answer(says.eval(script, { keys, arguments: args })),
    hash: (key) => answer(says.hGetAll(key)),
    client: says,
    trouble: () => trouble,
    async close() {
      closed = true;
      await Promise.all([says, listens].map(farewell));
    },
  };
}

function clientOf(url: string): Client {
  return newClient(url, {
    pingInterval: PING_MS,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (retries: number) =>
        Math.min(RETRY_LIMIT_MS, (retries + 1) * RETRY_STEP_MS) +
        Math.random() * RETRY_STEP_MS,
    },
  });
}

/** Listens to a client's events, which its types leave out. */
function on(client: Client, event: string, listener: (it: unknown) => void) {
  (client as unknown as EventEmitter).on(event, listener);
}

/** Lets what was said go out; a connection that is away is just dropped. */
async function farewell(client: Client) {
  if (client.isReady) await client.close();
  else if (client.isOpen) client.destroy();
}
