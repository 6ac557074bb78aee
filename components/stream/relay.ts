/**
 * Feeds any number of pages from two streams: one that is opened as this
 * browser, and one by all the keys that pages come with. It runs in a worker
 * that all pages of a browser share, or in one of the pages. HTTP/1.1 allows
 * six streams per host, and a streamer has more sources than that, a dock and a
 * tab in one browser. With the moment in which a new stream takes over there
 * are three at most.
 *
 * @module
 */
import type { FromPage, Port, ToPage, Wish } from "./messages.ts";
import {
  openUpstream,
  type Upstream,
  type UpstreamOptions,
} from "./upstream.ts";

/** A port cannot say that its page is gone, so the page is asked this often. */
export const ASK_MS = 5_000;
/** Who has not answered for so long is gone. */
export const GONE_MS = 16_000;
/** A key that was refused is tried again this often. */
export const RETRY_KEYS_MS = 30_000;

/** What tests replace. */
export interface RelayOptions {
  open?: UpstreamOptions["open"];
  /** Ms on a clock that only runs forward. */
  now?(): number;
}

/** Takes what pages say. */
export interface Relay {
  take(port: Port, message: FromPage): void;
  close(): void;
}

type Told = Extract<ToPage, { type: "event" }>;

interface Listener {
  wish: Wish;
  heardAt: number;
}

/** Pages that share a stream: those without a key, or those with one. */
interface Group {
  listeners: Map<Port, Listener>;
  upstream: Upstream;
  /** With the moment at which each came. */
  newest: Map<string, { message: Told; at: number }>;
  up: boolean | null;
  /** Whether keys let somebody in, as far as that is known. */
  keys: Map<string, boolean>;
  keysTriedAt: number;
}

/** Opens a relay; it listens to the server while a page listens to it. */
export function createRelay(options: RelayOptions = {}): Relay {
  const now = options.now ?? (() => performance.now());
  const groups = new Map<"own" | "keys", Group>();
  let asking: ReturnType<typeof setInterval> | undefined;

  function groupOf({ key }: Wish): Group {
    const name = key === null ? "own" : "keys";
    const known = groups.get(name);
    if (known) return known;
    const group: Group = {
      listeners: new Map(),
      newest: new Map(),
      up: null,
      keys: new Map(),
      keysTriedAt: now(),
      upstream: openUpstream({
        overlaps: name === "own",
        ...(options.open && { open: options.open }),
        onKeys: (keys) => learnKeys(group, keys),
        onEvent(name, data) {
          const message: Told = { type: "event", name, data, age: 0 };
          group.newest.set(name, { message, at: now() });
          for (const [port, { wish }] of group.listeners) {
            if (isAllowed(group, wish) && wants(wish, name)) port.post(message);
          }
        },
        onStatus(up) {
          group.up = up;
          for (const [port, { wish }] of group.listeners) {
            if (isAllowed(group, wish)) port.post({ type: "status", up });
          }
        },
      }),
    };
    groups.set(name, group);
    asking ??= setInterval(askAll, ASK_MS);
    return group;
  }

  function listen(port: Port, wish: Wish) {
    const group = groupOf(wish);
    group.listeners.set(port, { wish, heardAt: now() });
    tell(group, port, wish);
    ask(group);
  }

  /** Tells a page what is known, as far as its key lets it in. */
  function tell(group: Group, port: Port, wish: Wish) {
    const isIn = isAllowed(group, wish);
    if (!isIn && group.keys.get(wish.key!) === undefined) return;
    const up = isIn ? group.up : false;
    if (up !== null) port.post({ type: "status", up });
    if (!isIn) return;
    for (const [name, { message, at }] of group.newest) {
      if (wants(wish, name)) port.post({ ...message, age: now() - at });
    }
  }

  /** Keeps which keys let somebody in, and tells pages for whom that is new. */
  function learnKeys(group: Group, keys: Map<string, boolean>) {
    const before = group.keys;
    group.keys = keys;
    group.keysTriedAt = now();
    for (const [port, { wish }] of group.listeners) {
      if (keys.get(wish.key!) === before.get(wish.key!)) continue;
      tell(group, port, wish);
    }
    ask(group);
  }

  function leave(port: Port) {
    for (const [name, group] of groups) {
      if (!group.listeners.delete(port)) continue;
      if (group.listeners.size > 0) {
        ask(group);
        continue;
      }
      group.upstream.close();
      groups.delete(name);
    }
    if (groups.size > 0) return;
    clearInterval(asking);
    asking = undefined;
  }

  /** Asks the server for what this group needs now. */
  function ask(group: Group) {
    const { listeners, upstream, newest, keys } = group;
    const wishes = [...listeners.values()].map(({ wish }) => wish);
    const state = wishes.some((wish) => wish.state);
    if (!state) newest.delete("state");
    const overlays =
      wishes.filter(({ overlay, key }) =>
        overlay && (key === null || keys.get(key) !== false)
      ).length;
    upstream.want({ state, overlays, keys: keysOf(group) });
  }

  function askAll() {
    for (const group of groups.values()) {
      for (const [port, { heardAt }] of group.listeners) {
        if (now() - heardAt > GONE_MS) leave(port);
        else port.post({ type: "there" });
      }
      const isRefused = [...group.keys.values()].includes(false);
      if (!isRefused || now() - group.keysTriedAt < RETRY_KEYS_MS) continue;
      group.keysTriedAt = now();
      group.upstream.renew();
    }
  }

  return {
    take(port, message) {
      if (message.type === "listen") return listen(port, message.wish);
      if (message.type === "bye") return leave(port);
      for (const { listeners, upstream } of groups.values()) {
        const listener = listeners.get(port);
        if (!listener) continue;
        listener.heardAt = now();
        if (message.type === "hurry") upstream.hurry();
      }
    },
    close() {
      clearInterval(asking);
      for (const { upstream } of groups.values()) upstream.close();
      groups.clear();
    },
  };
}

/** The keys that pages came with, each once. */
function keysOf({ listeners }: Group): string[] {
  const keys = [...listeners.values()].flatMap(({ wish }) => wish.key ?? []);
  return [...new Set(keys)].sort();
}

function isAllowed({ keys }: Group, { key }: Wish): boolean {
  return key === null || keys.get(key) === true;
}

function wants(wish: Wish, name: string): boolean {
  return name !== "state" || wish.state;
}
