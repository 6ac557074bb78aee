/**
 * What the page that leads says to the others: the same for many is said once,
 * because all hear all of it.
 *
 * @module
 */
import type { Port, ToPage } from "./messages.ts";

/** Ports of the other pages. */
interface Ports {
  /** The port of a page; the same each time. */
  of(page: string): Port;
  forget(page: string): void;
  clear(): void;
  /** Says now what was put together. */
  flush(): void;
}

/**
 * No pages.
 *
 * @param say Says a message to these pages.
 */
export function createPorts(
  say: (message: ToPage, to: string[]) => void,
): Ports {
  const ports = new Map<string, Port>();
  /** What is to be said next, and to whom. */
  let next: { message: ToPage; to: string[] } | null = null;

  function put(message: ToPage, page: string) {
    if (next?.message === message) return void next.to.push(page);
    flush();
    next = { message, to: [page] };
    queueMicrotask(flush);
  }

  function flush() {
    if (next) say(next.message, next.to);
    next = null;
  }

  return {
    of(page) {
      const known = ports.get(page);
      if (known) return known;
      const port: Port = { post: (message) => put(message, page) };
      ports.set(page, port);
      return port;
    },
    forget: (page) => void ports.delete(page),
    clear: () => ports.clear(),
    flush,
  };
}
