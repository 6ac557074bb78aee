/**
 * `ctx`: one request, and the ways to answer it.
 *
 * @module
 */

import type { ComponentChildren } from "preact";
import { renderPage } from "./render_page.ts";
import type { ResolvedFreshConfig, ServeInfo } from "./types.ts";

/** Text or bytes that come in time. */
type Chunks =
  | ReadableStream<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** What the router knows of a request. */
export interface ContextInit {
  req: Request;
  url: URL;
  params: Record<string, string>;
  route: string | null;
  config: ResolvedFreshConfig;
  info: ServeInfo;
}

/** One request; shared by all middlewares, handlers and pages it meets. */
export class Context<State = unknown> {
  /** The request as it came. */
  readonly req: Request;
  /** Its address; behind a trusted proxy, the one the visitor sees. */
  readonly url: URL;
  /** Decoded parts of the path that the pattern names. */
  readonly params: Record<string, string>;
  /** The pattern that matched, or null if none did. */
  readonly route: string | null;
  readonly config: ResolvedFreshConfig;
  /** Who asks, as the server knows it. */
  readonly info: ServeInfo;
  /** Whether only a part of the page is asked for; never so here. */
  readonly isPartial: boolean = false;
  /** For middlewares to leave things to those after them. */
  state: State = {} as State;
  /** What was thrown, for error pages. */
  error: unknown = null;
  /** Runs what comes after this middleware. */
  next: () => Promise<Response> = () =>
    Promise.reject(new Error("Cannot go on: nothing comes after this"));

  constructor(init: ContextInit) {
    this.req = init.req;
    this.url = init.url;
    this.params = init.params;
    this.route = init.route;
    this.config = init.config;
    this.info = init.info;
  }

  /**
   * Sends the visitor elsewhere.
   *
   * @param path A path of this site, or a whole address. Slashes at the start
   * are taken together, so that `//host` stays on this site.
   */
  redirect(path: string, status = 302): Response {
    const location = path.replace(/^[\\/]{2,}/, "/");
    return new Response(null, { status, headers: { location } });
  }

  /** Renders JSX inside the layouts and the app wrapper of this place. */
  render(jsx: ComponentChildren, init: ResponseInit = {}): Promise<Response> {
    return renderPage(this, jsx, init);
  }

  text(content: string, init?: ResponseInit): Response {
    return typed("text/plain; charset=utf-8", content, init);
  }

  html(content: string, init?: ResponseInit): Response {
    return typed("text/html; charset=utf-8", content, init);
  }

  json(content: unknown, init?: ResponseInit): Response {
    return Response.json(content, init);
  }

  /** Sends chunks as they come; a function is called for them at once. */
  stream(chunks: Chunks | (() => Chunks), init?: ResponseInit): Response {
    const source = typeof chunks === "function" ? chunks() : chunks;
    const encoder = new TextEncoder();
    const bytes = ReadableStream.from(source).pipeThrough(
      new TransformStream<Uint8Array | string, Uint8Array<ArrayBuffer>>({
        transform(chunk, to) {
          to.enqueue(
            typeof chunk === "string"
              ? encoder.encode(chunk)
              : new Uint8Array(chunk),
          );
        },
      }),
    );
    return new Response(bytes, init);
  }
}

function typed(type: string, content: string, init: ResponseInit = {}) {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", type);
  return new Response(content, { ...init, headers });
}
