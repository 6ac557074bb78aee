/**
 * How many frames one process hands out: a thousand streams at the pace of a
 * game, then more streams than it can keep up with, beside raw TCP writes of
 * bytes of the same size. The readers are a process of their own.
 *
 *     deno run -A testing/bench/sse_bench.ts
 *
 * @module
 */
import { systemClock } from "@/ingest/clock.ts";
import process from "node:process";
import { type Frame, idleFrame, type Row } from "@/core/frame.ts";
import { openHub } from "@/outputs/sse.ts";

const PACED_STREAMS = 1_000;
const PACED_MS = 4_000;
/** At 60 frames a second these want more than a core gives. */
const FULL_STREAMS = 2_500;
const FULL_MS = 3_000;
const REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

if (Deno.args[0] === "read") {
  await read(Number(Deno.args[1]), Number(Deno.args[2]));
} else {
  await pacedStreams();
  const sse = await fullStreams();
  const tcp = await rawTcp();
  console.log(`streams reach ${(sse / tcp).toFixed(2)} of raw TCP`);
  Deno.exit();
}

/** A hub over frames made here, behind a server. */
function serve() {
  let seq = 0;
  let newest = frameAt(seq);
  let tell: (frame: Frame) => void = () => {};
  const hub = openHub({
    frame: () => newest,
    watch(listener) {
      tell = listener;
      return () => {};
    },
    now: Date.now,
    clock: systemClock,
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      new Response(hub.open({ rows: 10, holders: [null] }), {
        headers: {
          "content-type": "text/event-stream",
          "cache-control": "no-transform",
        },
      }),
  );
  return {
    hub,
    port: server.addr.port,
    push: () => tell(newest = frameAt(++seq)),
    async close() {
      hub.close();
      await server.shutdown();
    },
  };
}

async function pacedStreams(): Promise<void> {
  const { hub, port, push, close } = serve();
  const readers = startReaders(port, PACED_STREAMS);
  while (hub.streams() < PACED_STREAMS) await pause(10);
  await pause(300);
  const before = process.cpuUsage();
  const timer = setInterval(push, 100);
  await pause(PACED_MS);
  clearInterval(timer);
  const { user, system } = process.cpuUsage(before);
  await pause(200);
  await close();
  const { delays } = await readers.report();
  delays.sort((a, b) => a - b);
  const quantile = (q: number) => delays[Math.floor(q * (delays.length - 1))];
  const core = (user + system) / 10 / PACED_MS;
  console.log(
    `${PACED_STREAMS} streams at 10 Hz: ${delays.length} frames, delay p50 ` +
      `${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, ${
        core.toFixed(0)
      } % of a core`,
  );
}

async function fullStreams(): Promise<number> {
  const { hub, port, push, close } = serve();
  const readers = startReaders(port, FULL_STREAMS);
  while (hub.streams() < FULL_STREAMS) await pause(10);
  const before = hub.framesSent();
  const began = performance.now();
  while (performance.now() - began < FULL_MS) {
    push();
    await pause(1);
  }
  const seconds = (performance.now() - began) / 1000;
  const rate = Math.round((hub.framesSent() - before) / seconds);
  console.log(`${FULL_STREAMS} streams at their limit: ${rate} frames/s`);
  await close();
  await readers.report();
  return rate;
}

async function rawTcp(): Promise<number> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const readers = startReaders(port, FULL_STREAMS);
  const connections: Deno.Conn[] = [];
  while (connections.length < FULL_STREAMS) {
    connections.push(await listener.accept());
  }
  const text = `event: frame\nid: s:1\ndata: ${JSON.stringify(frameAt(1))}\n\n`;
  const bytes = new TextEncoder().encode(text);
  const began = performance.now();
  let writes = 0;
  while (performance.now() - began < FULL_MS) {
    await Promise.all(connections.map((each) => each.write(bytes)));
    writes += connections.length;
  }
  const seconds = (performance.now() - began) / 1000;
  const rate = Math.round(writes / seconds);
  console.log(`raw TCP, ${bytes.length} bytes each: ${rate} writes/s`);
  for (const each of connections) each.close();
  listener.close();
  await readers.report();
  return rate;
}

/** Readers in a process of their own; they report once all is closed. */
function startReaders(port: number, count: number) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", import.meta.filename!, "read", `${port}`, `${count}`],
    stdout: "piped",
  }).spawn();
  return {
    async report(): Promise<{ delays: number[] }> {
      const { stdout } = await child.output();
      return { delays: JSON.parse(new TextDecoder().decode(stdout)) };
    },
  };
}

/** Reads streams to their end; prints the delay in ms of every frame. */
async function read(port: number, count: number): Promise<void> {
  const delays: number[] = [];
  const decoder = new TextDecoder();
  const readOne = async () => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode(REQUEST));
    const buffer = new Uint8Array(65_536);
    let frames = 0;
    try {
      for (let n; (n = await connection.read(buffer));) {
        const text = decoder.decode(buffer.subarray(0, n));
        const now = /"now":(\d+)/.exec(text)?.[1];
        // The first frame waits for all the streams to open.
        if (now && ++frames > 1) delays.push(Date.now() - Number(now));
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
    }
    connection.close();
  };
  const all: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    all.push(readOne());
    if (i % 50 === 0) await pause(1);
  }
  await Promise.all(all);
  console.log(JSON.stringify(delays.slice(0, 200_000)));
}

/** A frame of ten rows of ordinary length. */
function frameAt(seq: number): Frame {
  const rows = Array.from({ length: 10 }, (_, i): Row => ({
    rank: i + 1,
    viewerId: String(6_800_000_000_000_000_000n + BigInt((i + seq) % 10)),
    handle: `viewer_${i}`,
    nickname: `น้องเมย์ ${i} 🌸`,
    avatarUrl: `https://p16-sign.tiktokcdn.com/${"avatar".repeat(20)}/${i}`,
    points: 100_000 - i * 37 + seq,
    follower: i % 2 === 0,
    ...{ team: null, wins: 0 },
  }));
  const session = { id: "bench", title: "Bench", channel: "bench" };
  return { ...idleFrame(0), seq, session, phase: "open", viewers: 10, rows };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
