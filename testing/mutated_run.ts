/**
 * The program under mutated frames: the real connector, the game and its store,
 * fed by a stand-in that has gone mad. It tells how long everything else had to
 * wait, how much memory it took, and whether an honest comment that follows
 * each frame arrives.
 *
 * ```sh
 * deno run -A testing/mutated_run.ts --minutes 10 --seed 1
 * ```
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { openConnection } from "@/ingest/tiktok/connect.ts";
import { systemClock } from "@/ingest/clock.ts";
import { openDesk } from "@/ingest/desk/desk.ts";
import { createSignLimit } from "@/ingest/tiktok/sign_limit.ts";
import { openKvStore } from "@/stores/kv_store.ts";

/** What a run has seen. */
interface MutatedReport {
  seed: number;
  frames: number;
  events: number;
  undecodable: number;
  /** Connections made, the first one included. */
  connections: number;
  /** Frames that held everything else up for longest, in ms. */
  slowest: { what: string; ms: number }[];
  /** The most memory of this process, in MB, and what it began with. */
  megabytes: { first: number; most: number };
  /** Numbers in events that are no whole and exact ones. */
  inexact: string[];
}

/** Where a frame is tried again, to tell it from a machine that is busy. */
const SUSPICIOUS_MS = 150;
const TRIES = 4;
/** Frames of one game; its memory grows with its viewers, as it should. */
const FRAMES_OF_GAME = 500;
/** How long an honest comment may take, tries to connect included. */
const HEARD_MS = 60_000;

/**
 * Runs until it has had so many frames, or for so long.
 *
 * @throws {Error} If an honest comment does not arrive.
 */
export async function runMutated(
  { seed, frames = Infinity, ms = Infinity }: {
    seed: number;
    frames?: number;
    ms?: number;
  },
): Promise<MutatedReport> {
  const folder = await Deno.makeTempDir();
  const room = await startRoom(seed);
  const store = await openKvStore(folder);
  const heard = new Set<string>();
  const report: MutatedReport = {
    seed,
    frames: 0,
    events: 0,
    undecodable: 0,
    connections: 0,
    slowest: [],
    megabytes: { first: 0, most: 0 },
    inexact: [],
  };
  const desk = await openDesk({
    store,
    rehearsal: false,
    version: "test",
    connect: (options) =>
      openConnection({
        ...options,
        webUrl: room.url,
        signUrl: room.url,
        signLimit: createSignLimit(() => performance.now() * 1_000),
        clock: { ...systemClock, after: briefly },
        onEvents(events) {
          for (const event of events) {
            if (event.type === "comment") heard.add(event.text);
            noteInexact(event, event.type, report.inexact);
          }
          options.onEvents(events);
        },
        onChange(connection) {
          if (connection.state === "live" && connection.reason === null) {
            report.connections += 1;
          }
          options.onChange(connection);
        },
      }),
  });
  const stalls = watchStalls();
  await desk.submit({ type: "newSession", channel: "studio" });
  let marks = 0;

  /** Sends one order; the ms of the longest stall until it is dealt with. */
  async function send(order: "next" | "again") {
    stalls.take();
    const mark = `mark-${++marks}`;
    const sent = await room.order(`${order} ${mark}`);
    const deadline = performance.now() + HEARD_MS;
    let asked = performance.now();
    while (!heard.has(mark) || desk.state().health.queued > 0) {
      await sleep(2);
      if (performance.now() > deadline) {
        throw new Error(
          `Nothing is heard after "${sent.what}" of seed ${seed}: ${
            JSON.stringify(desk.state().connection)
          }`,
        );
      }
      if (!heard.has(mark) && performance.now() - asked > 2_000) {
        asked = performance.now();
        await room.order(`mark ${mark}`);
      }
    }
    heard.clear();
    return { what: sent.what, ms: stalls.take() };
  }

  try {
    await sleep(200);
    report.megabytes.first = megabytes();
    const end = performance.now() + ms;
    while (report.frames < frames && performance.now() < end) {
      let { what, ms: stall } = await send("next");
      for (let n = 1; n < TRIES && stall > SUSPICIOUS_MS; n++) {
        stall = Math.min(stall, (await send("again")).ms);
      }
      report.frames += 1;
      report.slowest = [...report.slowest, { what, ms: Math.round(stall) }]
        .sort((a, b) => b.ms - a.ms).slice(0, 5);
      report.megabytes.most = Math.max(report.megabytes.most, megabytes());
      if (report.frames % FRAMES_OF_GAME === 0) {
        await desk.submit({ type: "newSession" });
      }
    }
    const counts = desk.state().health.counts!;
    report.events = counts.events;
    report.undecodable = counts.undecodable;
    return report;
  } finally {
    stalls.stop();
    await desk.close();
    store.close();
    await room.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The stand-in as a process of its own. */
async function startRoom(seed: number) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      new URL("./mutated_room.ts", import.meta.url).pathname,
      String(seed),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const orders = child.stdin.getWriter();
  const lines = child.stdout.pipeThrough(new TextDecoderStream());
  const reader = lines.getReader();
  let text = "";
  const answer = async () => {
    while (true) {
      const end = text.indexOf("\n");
      if (end >= 0) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        if (line.startsWith("{")) return JSON.parse(line);
        continue;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error("Cannot go on: the room has gone");
      text += value;
    }
  };
  const { url } = await answer();
  return {
    url: url as string,
    async order(line: string): Promise<{ what: string; length: number }> {
      await orders.write(new TextEncoder().encode(`${line}\n`));
      return await answer();
    },
    async close() {
      await orders.close();
      await reader.cancel();
      child.kill();
      await child.status;
    },
  };
}

/**
 * How long this process could do nothing else, at the longest, by its own work:
 * what it did not compute itself, others on a busy machine did.
 */
function watchStalls() {
  let longest = 0;
  let last = { wall: performance.now(), work: workMs() };
  const look = () => {
    const now = { wall: performance.now(), work: workMs() };
    const stall = Math.min(now.wall - last.wall, now.work - last.work);
    longest = Math.max(longest, stall);
    last = now;
  };
  const timer = setInterval(look, 2);
  return {
    take() {
      look();
      const taken = longest;
      longest = 0;
      return taken;
    },
    stop: () => clearInterval(timer),
  };
}

/** Ms that this process has computed, all its threads together. */
function workMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function noteInexact(value: unknown, where: string, found: string[]): void {
  if (found.length >= 10) return;
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || value < 0) {
      found.push(`${where}: ${value}`);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      noteInexact(inner, `${where}.${name}`, found);
    }
  }
}

/** The connection's pauses pass quickly, its watch over silence does not. */
function briefly(ms: number, signal: AbortSignal): Promise<void> {
  return systemClock.after(Math.min(ms, 200), signal);
}

function megabytes(): number {
  return Math.round(Deno.memoryUsage().rss / 1e6);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const seed = Number(values.seed);
  console.log(`Seed ${seed}`);
  const ms = Number(values.minutes) * 60_000;
  const report = await runMutated({ seed, ms });
  console.log(JSON.stringify(report, null, 2));
  const isSound = report.slowest[0]!.ms <= 250 && report.inexact.length === 0;
  Deno.exit(isSound ? 0 : 1);
}
