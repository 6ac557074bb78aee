/**
 * The real overlay page in a real `App`, over frames made by hand: what a test
 * or a bench sends is what every open page is told.
 *
 * @module
 */
import { App, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import { type Frame, idleFrame, type Row } from "@/core/frame.ts";
import { DEFAULT_LOOK } from "@/core/look.ts";
import type { Look } from "@/core/shapes/look.ts";
import type { State } from "@/routes/(_http)/define.ts";
import { secured } from "@/routes/(_http)/security.ts";
import { copyFonts } from "@/tasks/fonts.ts";
import { makeWorker } from "@/tasks/worker.ts";

/** A server of one overlay. */
export interface OverlayStage {
  /** Address of the page, with the query it is asked with. */
  pageUrl(query?: string): string;
  /** Tells every open page, and those to come. */
  send(frame: Frame): void;
  /** Tells every open page, and those to come, how to look. */
  look(look: Look): void;
  /** Ends the streams; new ones are refused with this status until `mend()`. */
  break(status: number): void;
  mend(): void;
  /** Ends the server; `start()` brings it back at the same address. */
  stop(): Promise<void>;
  start(): void;
  /** Open streams. */
  streams(): number;
  /** Addresses of streams asked for, refused ones included. */
  asked: string[];
  close(): Promise<void>;
}

/** Opens a stage on a free port of loopback. */
export async function openOverlayStage(): Promise<OverlayStage> {
  await copyFonts();
  await makeWorker();
  const applyBuild = await new Builder({
    root: new URL("../", import.meta.url).pathname,
    ignore: [/\/routes\/(?!overlay\.tsx$)/, /\/islands\/(?!Overlay\.tsx$)/],
  }).build({ snapshot: "memory" });

  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const asked: string[] = [];
  let newest: Frame | null = null;
  let look = DEFAULT_LOOK;
  let broken: number | null = null;

  const frames = (url: URL) => {
    asked.push(url.pathname + url.search);
    if (broken !== null) return new Response("", { status: broken });
    let mine: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        mine = controller;
        streams.add(controller);
        controller.enqueue(event("look", look));
        if (newest) controller.enqueue(eventOf(newest));
      },
      cancel: () => {
        streams.delete(mine);
      },
    });
    const headers = { "content-type": "text/event-stream" };
    return new Response(body, { headers });
  };
  const endStreams = () => {
    for (const stream of streams) stream.close();
    streams.clear();
  };

  const app = new App<State>()
    .use((ctx) => {
      ctx.state.language = "th";
      const state = { settings: { overlay: look } };
      Object.assign(ctx.state, { desk: { state: () => state } });
      return ctx.next();
    })
    .use(...secured)
    .use(staticFiles())
    .get("/api/frames", (ctx) => frames(ctx.url))
    .fsRoutes();
  applyBuild(app);
  const handler = app.handler();
  const serve = (port: number) =>
    Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, handler);
  let server = serve(0);
  const { port } = server.addr;

  return {
    asked,
    pageUrl: (query = "") => `http://127.0.0.1:${port}/overlay?${query}`,
    send(frame) {
      newest = frame;
      for (const stream of streams) stream.enqueue(eventOf(frame));
    },
    look(next) {
      look = next;
      for (const stream of streams) stream.enqueue(event("look", look));
    },
    break(status) {
      broken = status;
      endStreams();
    },
    mend() {
      broken = null;
    },
    async stop() {
      endStreams();
      await server.shutdown();
    },
    start() {
      server = serve(port);
    },
    streams: () => streams.size,
    async close() {
      endStreams();
      await server.shutdown();
    },
  };
}

/** A frame of these viewers, best first; an id is its name unless given. */
export function frameOf(
  points: Record<string, number>,
  more: Partial<Frame> & { names?: Record<string, string> } = {},
): Frame {
  const { names = {}, ...rest } = more;
  const rows: Row[] = Object.entries(points)
    .sort(([, a], [, b]) => b - a)
    .map(([viewerId, points], index) => ({
      rank: index + 1,
      viewerId,
      handle: viewerId,
      nickname: names[viewerId] ?? viewerId,
      avatarUrl: null,
      points,
      follower: true,
      ...{ team: null, wins: 0 },
    }));
  return {
    ...idleFrame(0),
    seq: 1,
    session: { id: "s", title: "", channel: "channel" },
    phase: "open",
    closesAt: null,
    countdownTo: null,
    now: Date.now(),
    viewers: rows.length,
    rows,
    overtakings: [],
    stage: null,
    ...rest,
  };
}

function eventOf(frame: Frame): Uint8Array {
  return event("frame", frame);
}

function event(name: string, data: unknown): Uint8Array {
  const text = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  return new TextEncoder().encode(text);
}
