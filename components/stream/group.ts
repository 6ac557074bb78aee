/**
 * Pages that share a stream: those that come as this browser, or those that
 * come with a key.
 *
 * @module
 */
import type { Port, ToPage, Wish } from "./messages.ts";
import { openUpstream, type UpstreamOptions } from "./upstream.ts";

/** Who has not answered for so long is gone. */
export const GONE_MS = 16_000;
/** A key that was refused is tried again this often. */
export const RETRY_KEYS_MS = 30_000;

type StreamEvent = Extract<ToPage, { type: "event" }>;

/** What a group needs. */
interface GroupOptions extends Pick<UpstreamOptions, "overlaps" | "open"> {
  /** Ms on a clock that only runs forward. */
  now(): number;
}

/** A group of pages, and their stream. */
export interface Group {
  isEmpty(): boolean;
  /** Feeds a page, and asks the server for what it wants. */
  listen(port: Port, wish: Wish): void;
  leave(port: Port): void;
  /** A page has said something: it is there. Whether it is one of these. */
  hear(port: Port): boolean;
  /** Asks the pages whether they are there, and those that are gone leave. */
  look(): void;
  /** Tries now instead of waiting for the turn. */
  hurry(): void;
  close(): void;
}

/** A group of no pages; it listens to the server from the first one on. */
export function createGroup({ overlaps, open, now }: GroupOptions): Group {
  const listeners = new Map<Port, { wish: Wish; heardAt: number }>();
  /** With the moment at which each came. */
  const newest = new Map<string, { message: StreamEvent; at: number }>();
  /** Whether keys let somebody in, as far as that is known. */
  let keys = new Map<string, boolean>();
  let keysTriedAt = now();
  let isUp: boolean | null = null;
  const upstream = openUpstream({
    overlaps,
    ...(open && { open }),
    onKeys: learnKeys,
    onEvent(name, data) {
      const message: StreamEvent = { type: "event", name, data, age: 0 };
      newest.set(name, { message, at: now() });
      for (const [port, { wish }] of listeners) {
        if (isAllowed(wish) && wants(wish, name)) port.post(message);
      }
    },
    onStatus(up) {
      isUp = up;
      for (const [port, { wish }] of listeners) {
        if (isAllowed(wish)) port.post({ type: "status", up });
      }
    },
  });

  function isAllowed({ key }: Wish): boolean {
    return key === null || keys.get(key) === true;
  }

  /** Tells a page what is known, as far as its key lets it in. */
  function tell(port: Port, wish: Wish) {
    const isIn = isAllowed(wish);
    if (!isIn && keys.get(wish.key!) === undefined) return;
    const up = isIn ? isUp : false;
    if (up !== null) port.post({ type: "status", up });
    if (!isIn) return;
    for (const [name, { message, at }] of newest) {
      if (wants(wish, name)) port.post({ ...message, age: now() - at });
    }
  }

  /** Keeps which keys let somebody in, and tells pages for whom that is new. */
  function learnKeys(learnt: Map<string, boolean>) {
    const before = keys;
    keys = learnt;
    keysTriedAt = now();
    for (const [port, { wish }] of listeners) {
      if (keys.get(wish.key!) !== before.get(wish.key!)) tell(port, wish);
    }
    ask();
  }

  /** Asks the server for what this group needs now. */
  function ask() {
    if (listeners.size === 0) return;
    const wishes = [...listeners.values()].map(({ wish }) => wish);
    const state = wishes.some((wish) => wish.state);
    if (!state) newest.delete("state");
    const shown = wishes.filter(({ overlay, key }) =>
      overlay && (key === null || keys.get(key) !== false)
    );
    upstream.want({ state, overlays: shown.length, keys: keysOf(wishes) });
  }

  function leave(port: Port) {
    if (listeners.delete(port)) ask();
  }

  return {
    isEmpty: () => listeners.size === 0,
    listen(port, wish) {
      listeners.set(port, { wish, heardAt: now() });
      tell(port, wish);
      ask();
    },
    leave,
    hear(port) {
      const listener = listeners.get(port);
      if (listener) listener.heardAt = now();
      return listener !== undefined;
    },
    look() {
      for (const [port, { heardAt }] of listeners) {
        if (now() - heardAt > GONE_MS) leave(port);
        else port.post({ type: "there" });
      }
      const isRefused = [...keys.values()].includes(false);
      if (!isRefused || now() - keysTriedAt < RETRY_KEYS_MS) return;
      keysTriedAt = now();
      upstream.renew();
    },
    hurry: upstream.hurry,
    close: upstream.close,
  };
}

/** The keys that pages came with, each once. */
function keysOf(wishes: Wish[]): string[] {
  return [...new Set(wishes.flatMap(({ key }) => key ?? []))].sort();
}

function wants(wish: Wish, name: string): boolean {
  return name !== "state" || wish.state;
}
