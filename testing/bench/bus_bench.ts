/**
 * From an event to the overlay through two processes over Redis, beside the
 * same through one; and a board of 100,000 viewers read by a process that does
 * not have it. Both durable in Redis first, over HTTP on loopback, without the
 * floor between two frames of a stream.
 *
 * @module
 */
import { systemClock } from "@/ingest/clock.ts";
import { createClient } from "redis";
import { NO_BLOCKER } from "@/core/blocked_words.ts";
import type { Frame } from "@/core/frame.ts";
import { createListeners } from "@/core/listeners.ts";
import { emptySession } from "@/core/session.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { openWriter } from "@/ingest/desk/writer.ts";
import { openBusOwner } from "@/redis/bus_owner.ts";
import { openHub } from "@/outputs/sse.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { HEAD, headKey } from "@/redis/keys.ts";
import { redisPages } from "@/redis/pages.ts";
import { openRedisStore } from "@/redis/store.ts";
import { writeEvening } from "@/testing/large_evening.ts";
import { begin } from "@/testing/live_board.ts";
import { startProgram } from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";
import { like } from "@/testing/tiktok_messages.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";
import type { Seen } from "./bus_overlays.ts";
import { clock, crowd } from "./events.ts";

/** Overlays: what an evening has, and far more frames than any screen shows. */
const STREAMS = [1, 10];
const RATE = 1_000;
const SECONDS = 4;
/** What is not counted at first: the program warms up. */
const WARM_MS = 1_000;
/** Viewers of the large board, and events a second that change it. */
const LARGE = 100_000;
const PER_SECOND = 500;

/** Runs the bench and prints its figures. */
export async function run(): Promise<void> {
  console.log(
    `\nEvent to overlay over Redis, ${RATE} events/s, p50 / p99 in ms`,
  );
  for (const streams of STREAMS) {
    for (const processes of [1, 2] as const) {
      const { p50, p99, count } = await measure(processes, streams);
      const name = `${processes} process${processes > 1 ? "es" : ""}`;
      console.log(
        `${name.padEnd(12)} ${String(streams).padStart(2)} streams  ${
          p50.toFixed(2)
        } / ${p99.toFixed(2)}  (${count} measured)`,
      );
    }
  }
  await largeBoard();
}

async function measure(processes: 1 | 2, streams: number) {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const archive = await openKvStore(folder);
  const store = await openRedisStore({
    clock: systemClock,
    url: redis.url,
    archive,
  });
  await store.live.lease.claim(0);
  const session = emptySession();
  const at = Date.now();
  const first = begin(session, "bench", at);
  await store.append({
    ...{ sessionId: "bench", writer: "bench", after: 0, entries: [first] },
    ...{ comments: [], answers: [] },
  });

  const watchers = createListeners<[frame: Frame]>();
  const writer = openWriter({
    session,
    log: store,
    live: store.live,
    name: "bench",
    settings: () => DEFAULT_SETTINGS,
    secretOf: String,
    clock: systemClock,
    info: () => ({
      ...{ id: "bench", title: "", channel: "studio", rehearsal: true },
      ...{ startedAt: at, endedAt: null, deletedAt: null },
    }),
    onCommit(_, frame) {
      if (frame) watchers.tell(frame);
    },
    onTrouble: (reason) => reason && console.log(reason),
    onStop: (error) => console.log(error.message),
  });
  const side = processes === 1
    ? serveHere(writer.frame, watchers.watch)
    : await serveElsewhere(redis.url, writer.frame, watchers.watch);

  /** When the event of a seq was handed in, by `clock()`. */
  const offered: number[] = [];
  const overlays = await openOverlays(side.url, streams);
  const viewers = crowd(200);
  const start = clock();
  const id = BigInt(at) * 1_000_000n;
  for (let sent = 0; sent < RATE * SECONDS;) {
    const passed = (clock() - start) / 1000;
    const due = Math.min(RATE * SECONDS, Math.floor(passed * RATE));
    for (; sent < due; sent++) {
      offered[sent + 2] = clock();
      // Every gift changes the first five, so every event is to be seen.
      writer.offer([{
        ...{ type: "gift", id: String(id + BigInt(sent)), at },
        ...{ viewer: viewers[sent % 5]!, giftId: "5655", giftName: "Rose" },
        ...{ diamonds: 1, repeatCount: 1, combo: false, groupId: "0" },
      }]);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  const seen = await overlays.close();
  await side.close();
  await writer.close();
  await store.close();
  await redis.stop();
  await Deno.remove(folder, { recursive: true });
  const latencies = seen.flatMap((ofOne) =>
    latenciesOf(ofOne, offered, start + WARM_MS)
  );
  return {
    p50: share(latencies, 0.5),
    p99: share(latencies, 0.99),
    count: latencies.length,
  };
}

/** How long each event took to a stream, in ms, of those offered after a time. */
function latenciesOf(seen: Seen, offered: number[], from: number): number[] {
  const latencies: number[] = [];
  let before = 0;
  for (const [seq, at] of seen) {
    for (let s = before + 1; s <= seq; s++) {
      const offeredAt = offered[s] ?? 0;
      if (offeredAt > from) latencies.push(at - offeredAt);
    }
    before = Math.max(before, seq);
  }
  return latencies;
}

async function openOverlays(url: string, count: number) {
  const path = new URL("bus_overlays.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", path, url, String(count)],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const said = child.stdout.pipeThrough(new TextDecoderStream()).values();
  await said.next(); // that all are open
  return {
    async close(): Promise<Seen[]> {
      await child.stdin.close();
      const parts = await Array.fromAsync(said);
      await child.status;
      return JSON.parse(parts.join("")) as Seen[];
    },
  };
}

type Watch = (listener: (frame: Frame) => void) => () => void;

function serveHere(frame: () => Frame, watch: Watch) {
  const hub = openHub({
    frame,
    watch,
    now: Date.now,
    clock: systemClock,
    frameMs: 0,
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(hub.open({ rows: 5, holders: [null] })),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    async close() {
      hub.close();
      await server.shutdown();
    },
  };
}

async function serveElsewhere(url: string, frame: () => Frame, watch: Watch) {
  const bus = openBusOwner({
    url,
    clock: systemClock,
    token: () => 1,
    news: { frame, state: () => null, access: () => null },
    calls: { answers: {}, reads: new Set(), flows: {}, intakes: {} },
  });
  watch(() => bus.changed("frame"));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("bus_web.ts", import.meta.url).pathname, url],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value: port } = await reader.read();
  return {
    url: `http://127.0.0.1:${port!.trim()}`,
    async close() {
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
      await bus.close();
    },
  };
}

/** Pages of and searches in a large board, and how long others wait for Redis. */
async function largeBoard() {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const archive = await openKvStore(folder);
  const store = await openRedisStore({
    clock: systemClock,
    url: redis.url,
    archive,
  });
  await store.live.lease.claim(0);
  const size = { viewers: LARGE, events: 0 };
  const session = await writeEvening(store, "studio", size);
  await store.close();
  const game = await startGame(redis.url, folder);
  const client = await createClient({ url: redis.url }).connect();
  const other = await createClient({ url: redis.url }).connect();
  const pages = redisPages(client);
  console.log(
    `\nA board of ${LARGE} viewers in Redis while ${PER_SECOND} events/s come in, p50 / slowest in ms, and the longest that another client waits`,
  );
  for (
    const [name, limit, q] of [
      ["10 rows anywhere", 10],
      ["500 rows anywhere", 500],
      ["search, one found", 10, "@viewer_77777"],
      ["search, 1,111 found", 10, "น้องเมย์ 77"],
      ["search, all found", 10, "เมย์"],
      ["search, letters with accents", 10, "é"],
    ] as const
  ) {
    const times: number[] = [];
    let longest = 0;
    let measuring = true;
    const pinging = (async () => {
      while (measuring) {
        const from = performance.now();
        await other.ping();
        longest = Math.max(longest, performance.now() - from);
      }
    })();
    for (let i = 0; i < (q ? 20 : 40); i++) {
      const from = performance.now();
      const offset = q ? 0 : (i * 7_919) % (LARGE - limit);
      const options = { seq: session.seq, blocker: NO_BLOCKER };
      const page = await pages.page(session.id, { offset, limit, q }, options);
      times.push(performance.now() - from);
      if (!page) throw new Error("Cannot bench: the board is not there");
    }
    measuring = false;
    await pinging;
    console.log(
      `${name.padEnd(30)} ${share(times, 0.5).toFixed(1)} / ${
        Math.max(...times).toFixed(1)
      }   ${longest.toFixed(1)}`,
    );
  }
  const written = Number(await client.hGet(headKey(session.id), HEAD.seq));
  console.log(`        ${written - session.seq} events came in meanwhile`);
  client.destroy();
  other.destroy();
  await game.end();
  await redis.stop();
  await Deno.remove(folder, { recursive: true });
}

/** The program as another process, which goes on with that game. */
async function startGame(url: string, folder: string) {
  const tiktok = await startTikTok();
  const room = tiktok.room("studio");
  const program = await startProgram({
    DATA_DIR: folder,
    REDIS_URL: url,
    TIKTOK_WEB_URL: tiktok.url,
    TIKTOK_SIGN_URL: tiktok.url,
  });
  await room.entered();
  let n = 0;
  const timer = setInterval(() => {
    room.send(Array.from({ length: PER_SECOND / 20 }, () => {
      const i = n++ * 7_919 % LARGE;
      const id = String(6_800_000_000_000_000_000n + BigInt(i) * 7_919n);
      return like(
        { id, handle: `viewer_${i}`, nickname: `น้องเมย์ ${i} 🌸` },
        15,
      );
    }));
  }, 50);
  return {
    async end() {
      clearInterval(timer);
      await program.end("SIGKILL");
      await tiktok.close();
    },
  };
}

function share(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  return sorted[at] ?? NaN;
}

if (import.meta.main) await run();
