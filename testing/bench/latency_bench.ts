/**
 * From an event to the overlay: how long it takes from the moment an event is
 * handed to the writer until ten browsers hold a frame with it, durable first,
 * over HTTP on loopback.
 *
 * @module
 */
import { systemClock } from "@/ingest/clock.ts";
import { record } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import type { Frame } from "@/core/frame.ts";
import { createListeners } from "@/core/listeners.ts";
import { openWriter } from "@/ingest/desk/writer.ts";
import { openHub } from "@/outputs/sse.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { crowd } from "./events.ts";

const STREAMS = 10;
const SECONDS = 4;
/** What is not counted at first: the program warms up. */
const WARM_MS = 1_000;

/** Runs the bench and prints its figures. */
export async function run(): Promise<void> {
  console.log(
    `\nEvent to overlay, ${STREAMS} streams, durable before shown, p50 / p99 in ms`,
  );
  for (
    const [name, frameMs] of [["frame at once", 0], [
      "at most every 16 ms",
      16,
    ]] as const
  ) {
    for (const rate of [100, 1_000, 5_000]) {
      const { p50, p99, seen } = await measure(rate, frameMs);
      console.log(
        `${name.padEnd(20)} ${String(rate).padStart(5)}/s: ${
          p50.toFixed(2)
        } / ${p99.toFixed(2)}  (${seen} measured)`,
      );
    }
  }
}

async function measure(rate: number, frameMs: number) {
  const folder = await Deno.makeTempDir();
  const store = await openKvStore(folder);
  const session = emptySession();
  const at = Date.now();
  const first = record(session, {
    type: "started",
    sessionId: "bench",
    title: "",
    channel: "bench",
    rates: DEFAULT_RATES,
  }, at);
  const batch = { sessionId: "bench", writer: "bench", after: 0 };
  await store.append({ ...batch, entries: [first], comments: [], answers: [] });

  const watchers = createListeners<[frame: Frame]>();
  const writer = openWriter({
    session,
    log: store,
    name: "bench",
    settings: () => DEFAULT_SETTINGS,
    secretOf: String,
    clock: systemClock,
    info: () => ({
      id: "bench",
      title: "",
      channel: "bench",
      rehearsal: true,
      startedAt: at,
      endedAt: null,
      deletedAt: null,
    }),
    onCommit: (_entries, frame) => {
      if (frame) watchers.tell(frame);
    },
    onTrouble: (reason) => reason && console.log(reason),
    onStop: (error) => console.log(error.message),
  });
  const hub = openHub({
    frame: writer.frame,
    watch: watchers.watch,
    now: Date.now,
    clock: systemClock,
    frameMs,
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      new Response(hub.open({ rows: 5, holders: [null] }), {
        headers: { "content-type": "text/event-stream" },
      }),
  );

  /** When the event of a seq was handed in; ms of the same clock as below. */
  const offered: number[] = [];
  const latencies: number[] = [];
  const counting = { from: Infinity };
  const streams = await Promise.all(
    Array.from(
      { length: STREAMS },
      () =>
        watch(server.addr.port, (seq, before, when) => {
          for (let s = before + 1; s <= seq; s++) {
            const from = offered[s];
            if (from !== undefined && from > counting.from) {
              latencies.push(when - from);
            }
          }
        }),
    ),
  );

  const viewers = crowd(200);
  const start = performance.now();
  counting.from = start + WARM_MS;
  const id = BigInt(at) * 1_000_000n;
  for (let sent = 0; sent < rate * SECONDS;) {
    const due = Math.min(
      rate * SECONDS,
      Math.floor((performance.now() - start) / 1000 * rate),
    );
    for (; sent < due; sent++) {
      offered[sent + 2] = performance.now();
      // Every gift changes the first five, so every event is to be seen.
      const viewer = viewers[sent % 5]!;
      writer.offer([{
        type: "gift",
        id: String(id + BigInt(sent)),
        at,
        viewer,
        giftId: "5655",
        giftName: "Rose",
        diamonds: 1,
        repeatCount: 1,
        combo: false,
        groupId: "0",
      }]);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await writer.submit({ type: "freeze", seconds: 0 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  hub.close();
  await Promise.all(streams.map((stream) => stream.end()));
  await server.shutdown();
  await writer.close();
  store.close();
  await Deno.remove(folder, { recursive: true });
  latencies.sort((a, b) => a - b);
  const at100 = (percent: number) =>
    latencies[
      Math.min(
        latencies.length - 1,
        Math.floor(latencies.length * percent / 100),
      )
    ]!;
  return { p50: at100(50), p99: at100(99), seen: latencies.length };
}

/** One browser: tells the seq of each frame, the one before, and when. */
async function watch(
  port: number,
  seen: (seq: number, before: number, when: number) => void,
) {
  const socket = await Deno.connect({ hostname: "127.0.0.1", port });
  socket.setNoDelay(true);
  await socket.write(
    new TextEncoder().encode(
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    ),
  );
  let before = 0;
  const done = (async () => {
    const decoder = new TextDecoder();
    let text = "";
    for await (const part of socket.readable) {
      const when = performance.now();
      text += decoder.decode(part, { stream: true });
      for (const [, seq] of text.matchAll(/\nid: bench:(\d+)\n/g)) {
        if (Number(seq) > before) seen(Number(seq), before, when);
        before = Math.max(before, Number(seq));
      }
      text = text.slice(text.lastIndexOf("\nid: bench:"));
      if (text.length > 100_000) text = "";
    }
  })();
  return { end: () => done };
}

if (import.meta.main) await run();
