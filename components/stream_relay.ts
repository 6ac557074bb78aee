/**
 * Feeds any number of pages from one stream for each key they come with. It
 * runs in a worker that all pages of a browser share, or in one of the pages.
 * HTTP/1.1 allows six streams per host, and a streamer has more sources than
 * that, a dock and a tab in one browser.
 *
 * @module
 */
import type { FromPage, Port, ToPage, Wish } from "./stream_messages.ts";
import {
  openUpstream,
  type Upstream,
  type UpstreamOptions,
} from "./stream_upstream.ts";

/** A port cannot say that its page is gone, so the page is asked this often. */
export const ASK_MS = 5_000;
/** Who has not answered for so long is gone. */
export const GONE_MS = 16_000;

/** What tests replace. */
export interface RelayOptions {
  open?: UpstreamOptions["open"];
  now?(): number;
}

/** Takes what pages say. */
export interface Relay {
  take(port: Port, message: FromPage): void;
  close(): void;
}

interface Listener {
  wish: Wish;
  heardAt: number;
}

interface Group {
  listeners: Map<Port, Listener>;
  upstream: Upstream;
  newest: Map<string, ToPage>;
  up: boolean | null;
}

/** Opens a relay; it listens to the server while a page listens to it. */
export function createRelay(options: RelayOptions = {}): Relay {
  const now = options.now ?? Date.now;
  const groups = new Map<string | null, Group>();
  let asking: ReturnType<typeof setInterval> | undefined;

  function groupOf(key: string | null): Group {
    const known = groups.get(key);
    if (known) return known;
    const listeners = new Map<Port, Listener>();
    const group: Group = {
      listeners,
      newest: new Map(),
      up: null,
      upstream: openUpstream({
        key,
        ...(options.open && { open: options.open }),
        onEvent(name, data) {
          const message: ToPage = { type: "event", name, data, at: now() };
          group.newest.set(name, message);
          for (const [port, { wish }] of listeners) {
            if (wants(wish, name)) port.post(message);
          }
        },
        onStatus(up) {
          group.up = up;
          for (const port of listeners.keys()) {
            port.post({ type: "status", up });
          }
        },
      }),
    };
    groups.set(key, group);
    asking ??= setInterval(askAll, ASK_MS);
    return group;
  }

  function listen(port: Port, wish: Wish) {
    const group = groupOf(wish.key);
    group.listeners.set(port, { wish, heardAt: now() });
    const { newest, up } = group;
    if (up !== null) port.post({ type: "status", up });
    for (const [name, message] of newest) {
      if (wants(wish, name)) port.post(message);
    }
    ask(group);
  }

  function leave(port: Port) {
    for (const [key, group] of groups) {
      if (!group.listeners.delete(port)) continue;
      if (group.listeners.size > 0) {
        ask(group);
        continue;
      }
      group.upstream.close();
      groups.delete(key);
    }
    if (groups.size > 0) return;
    clearInterval(asking);
    asking = undefined;
  }

  /** Asks the server for what this group needs now. */
  function ask({ listeners, upstream, newest }: Group) {
    const wishes = [...listeners.values()].map(({ wish }) => wish);
    const state = wishes.some((wish) => wish.state);
    if (!state) newest.delete("state");
    const overlays = wishes.filter((wish) => wish.overlay).length;
    upstream.want({ state, overlays });
  }

  function askAll() {
    for (const { listeners } of groups.values()) {
      for (const [port, { heardAt }] of listeners) {
        if (now() - heardAt > GONE_MS) leave(port);
        else port.post({ type: "there" });
      }
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

function wants(wish: Wish, name: string): boolean {
  return name !== "state" || wish.state;
}
