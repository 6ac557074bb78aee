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
import { createGroup, type Group } from "./group.ts";
import type { FromPage, Port, Wish } from "./messages.ts";
import type { UpstreamOptions } from "./upstream.ts";

/** A port cannot say that its page is gone, so the page is asked this often. */
export const ASK_MS = 5_000;

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

/** Opens a relay; it listens to the server while a page listens to it. */
export function createRelay(options: RelayOptions = {}): Relay {
  const { open, now = () => performance.now() } = options;
  const groups = new Map<"own" | "keys", Group>();
  let asking: ReturnType<typeof setInterval> | undefined;

  function groupOf({ key }: Wish): Group {
    const name = key === null ? "own" : "keys";
    const known = groups.get(name);
    if (known) return known;
    const overlaps = name === "own";
    const group = createGroup({ overlaps, now, ...(open && { open }) });
    groups.set(name, group);
    asking ??= setInterval(askAll, ASK_MS);
    return group;
  }

  function askAll() {
    for (const group of groups.values()) group.look();
    closeEmpty();
  }

  function closeEmpty() {
    for (const [name, group] of groups) {
      if (!group.isEmpty()) continue;
      group.close();
      groups.delete(name);
    }
    if (groups.size > 0) return;
    clearInterval(asking);
    asking = undefined;
  }

  return {
    take(port, message) {
      if (message.type === "listen") {
        return groupOf(message.wish).listen(port, message.wish);
      }
      for (const group of groups.values()) {
        if (message.type === "bye") group.leave(port);
        else if (group.hear(port) && message.type === "hurry") group.hurry();
      }
      closeEmpty();
    },
    close() {
      clearInterval(asking);
      for (const group of groups.values()) group.close();
      groups.clear();
    },
  };
}
