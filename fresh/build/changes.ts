/**
 * Tells open pages about changes, through a stream of server-sent events.
 *
 * @module
 */

import { fromFileUrl } from "./file_paths.ts";

/** Address of the script that listens to the stream, next to it. */
export const RELOAD_SCRIPT = "/_fresh/reload.js";
const STREAM = "/_fresh/changes";

/** The pages that listen. */
export interface Changes {
  /** Answers requests for the stream and its script; null for all others. */
  answer(request: Request): Promise<Response | null>;
  /** Tells every page to reload. */
  tell(): void;
  /** Lets go of all pages. */
  close(): void;
}

/** Starts with no pages. */
export function createChanges(): Changes {
  const server = crypto.randomUUID(); // another one after each start
  const pages = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();

  function stream(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(page) {
        own = page;
        pages.add(page);
        const hello = `retry: 300\nevent: server\ndata: ${server}\n\n`;
        page.enqueue(encoder.encode(hello));
      },
      cancel: () => void pages.delete(own),
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream" },
    });
  }

  return {
    async answer(request) {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith(STREAM)) return stream();
      if (!pathname.endsWith(RELOAD_SCRIPT)) return null;
      const script = new URL("../client/reload.js", import.meta.url);
      return new Response(await Deno.readTextFile(fromFileUrl(script)), {
        headers: { "content-type": "text/javascript; charset=utf-8" },
      });
    },
    tell() {
      const event = encoder.encode("event: change\ndata:\n\n");
      for (const page of pages) page.enqueue(event);
    },
    close() {
      for (const page of pages) page.close();
      pages.clear();
    },
  };
}
