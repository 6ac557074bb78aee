/**
 * The panel with 100,000 viewers and 50,000 comments on its board while 500
 * events a second come in: how soon it is there, how soon a search is answered,
 * whether scrolling stops, what it takes of memory and of the wire.
 *
 * A task is as long as the clock says, which counts whatever else the machine
 * did meanwhile, and takes as much of a processor as its thread says.
 *
 *     deno run -A testing/bench/panel_bench.ts
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "playwright-core";
import { DEFAULT_RATES } from "@/core/rates.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { createSeeded } from "@/core/seeded.ts";
import { advance } from "@/core/advance.ts";
import { record } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import { toSnapshot } from "@/core/snapshot.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { openChromium } from "@/testing/chromium.ts";
import { api, startProgram, until } from "@/testing/program.ts";
import { like, type Sender } from "@/testing/tiktok_messages.ts";
import type { Room } from "@/testing/tiktok_room.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";
import { crowd } from "./events.ts";

const VIEWERS = 100_000;
const COMMENTS = 50_000;
const PER_SECOND = 500;
const SCROLL_MS = 8_000;
const SEARCHES = 20;
/** Longer ones are called long. */
const LONG_MS = 50;
const CHANNEL = "studio";
const ID = "bench";
/** Entries of one commit. */
const BATCH = 2_000;

const folder = await Deno.makeTempDir();
await fill(folder);
const tiktok = await startTikTok();
tiktok.room(CHANNEL); // it is live before anybody asks
const program = await startProgram({
  DATA_DIR: folder,
  TIKTOK_WEB_URL: tiktok.url,
  TIKTOK_SIGN_URL: tiktok.url,
});
const browser = await openChromium();
try {
  await until("the room is live", async () => {
    const { body } = await api(program, "state");
    return (body.connection as { state: string }).state === "live";
  });
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
  });
  const wire = await firstScripts(page);
  const stop = pour(tiktok.room(CHANNEL));
  const paint = await firstPaint(page);
  const cdp = await page.context().newCDPSession(page);
  const traced = await trace(page, () => scroll(page));
  const tasks = traced.tasks.filter(({ wall }) => wall >= LONG_MS);
  const search = await searches(page);
  const heap = await memory(cdp);
  const whole = await processes(browser);
  const rate = (await api(program, "state")).body.health as {
    eventsPerSecond: number;
  };
  stop();
  console.log(
    `${VIEWERS} viewers, ${COMMENTS} comments, ${rate.eventsPerSecond} events/s`,
  );
  console.log(`  scripts of the first screen  ${kB(wire)} gzip`);
  console.log(`  first contentful paint       ${Math.round(paint)} ms`);
  console.log(
    `  search: answer               ${search.median} ms, slowest ${search.most} ms`,
  );
  console.log(`  search: typed to drawn       ${search.drawn} ms`);
  console.log(
    `  scrolling ${
      SCROLL_MS / 1000
    } s: long tasks   ${tasks.length}, above 100 ms ${
      tasks.filter(({ wall }) => wall > 100).length
    }`,
  );
  console.log(
    `  longest task                 ${most(tasks, "wall")} ms by the clock, ` +
      `${most(traced.tasks, "cpu")} ms of a processor`,
  );
  console.log(
    `  the page's thread is busy    ${
      Math.round(traced.cpu / SCROLL_MS * 100)
    } % of a processor`,
  );
  console.log(
    `  memory of the page           ${kB(heap)} heap; its process ${
      kB(whole[0] ?? 0)
    }, all of its kind ${kB(whole.reduce((sum, each) => sum + each, 0))}`,
  );
} finally {
  await browser.close();
  await program.end("SIGKILL");
  await tiktok.close();
  await Deno.remove(folder, { recursive: true });
}
Deno.exit();

/** Puts a game of this size where the program goes on with it. */
async function fill(folder: string) {
  const session = emptySession();
  const at = Date.now() - 3_600_000;
  const entries: Entry[] = [
    record(session, {
      type: "started",
      sessionId: ID,
      title: "Bench",
      channel: CHANNEL,
      rates: DEFAULT_RATES,
    }, at),
  ];
  const seeded = createSeeded(1);
  const viewers = crowd(VIEWERS).map((viewer) => ({
    ...viewer,
    avatarUrl: null,
  }));
  entries.push(...advance(
    session,
    viewers.map((viewer, i) => ({
      at,
      event: {
        type: "gift",
        id: `g${i}`,
        at,
        viewer,
        giftId: "5655",
        giftName: "Rose",
        diamonds: 1,
        repeatCount: seeded.between(1, 5_000),
        combo: false,
        groupId: "",
      },
    })),
  ));
  entries.push(...advance(
    session,
    Array.from({ length: COMMENTS }, (_, i) => ({
      at,
      event: {
        type: "comment",
        id: `c${i}`,
        at: at + i,
        viewer: viewers[i]!,
        text: `ขอเพลงหน่อยค่ะ ${i}`,
      },
    })),
  ));
  const store = await openKvStore(folder);
  const { seq } = session;
  for (let after = 0; after < seq; after += BATCH) {
    await store.append({
      sessionId: ID,
      writer: "bench",
      after,
      entries: entries.slice(after, after + BATCH),
      comments: [],
      answers: [],
    });
  }
  await store.saveSnapshot(ID, { seq, bytes: toSnapshot(session) });
  await store.putSession({
    id: ID,
    title: "Bench",
    channel: CHANNEL,
    rehearsal: false,
    startedAt: at,
    endedAt: null,
    deletedAt: null,
  });
  const running = { sessionId: ID, channel: CHANNEL, roomId: null };
  await store.putDocument("running", running);
  await store.close();
}

/** Lets likes of ordinary viewers in, evenly; returns how to stop. */
function pour(room: Room): () => void {
  const seeded = createSeeded(2);
  const senders: Sender[] = crowd(2_000);
  const timer = setInterval(
    () =>
      room.send(
        Array.from(
          { length: PER_SECOND / 10 },
          () => like(seeded.pick(senders), 15),
        ),
      ),
    100,
  );
  return () => clearInterval(timer);
}

/** Bytes of the scripts that come before the first screen stands, gzipped. */
async function firstScripts(page: Page): Promise<number> {
  await page.goto(`${program.url}/admin`);
  const asked = await page.waitForFunction(() =>
    document.querySelector('.panel[data-ready="true"]') &&
    performance.getEntriesByType("resource").map(({ name }) => name)
      .filter((name) => new URL(name).pathname.endsWith(".js"))
  );
  const sizes = await Promise.all(
    (await asked.jsonValue() as string[]).map(async (url) =>
      gzipSync(await (await fetch(url)).bytes()).byteLength
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function firstPaint(page: Page): Promise<number> {
  await page.reload();
  await page.locator(".row .made").first().waitFor();
  return await page.evaluate(() =>
    performance.getEntriesByName("first-contentful-paint")[0]!.startTime
  );
}

/** Scrolls up and down the board with the wheel. */
async function scroll(page: Page): Promise<void> {
  await page.locator(".rows").hover();
  const end = Date.now() + SCROLL_MS;
  for (let i = 0; Date.now() < end; i++) {
    await page.mouse.wheel(0, i % 40 < 30 ? 900 : -1_500);
    await page.waitForTimeout(30);
  }
}

/** A task of the page's main thread, in ms. */
interface Task {
  wall: number;
  cpu: number;
}

/** One event of Chromium's trace, in µs. */
interface Traced {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** The tasks of the page while something is done. */
async function trace(page: Page, act: () => Promise<void>) {
  const cdp = await page.context().newCDPSession(page);
  const events: Traced[] = [];
  cdp.on(
    "Tracing.dataCollected",
    ({ value }) => events.push(...value as never as Traced[]),
  );
  await cdp.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["toplevel"] },
  });
  await act();
  const complete = new Promise<unknown>((resolve) =>
    cdp.once("Tracing.tracingComplete", resolve)
  );
  await cdp.send("Tracing.end");
  await complete;
  const main = new Set(
    events.filter(({ name, args }) =>
      name === "thread_name" && args?.name === "CrRendererMain"
    ).map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(({ name, pid, tid }) =>
    name === "ThreadControllerImpl::RunTask" && main.has(`${pid} ${tid}`)
  ).map(({ dur = 0, tdur = 0 }): Task => ({
    wall: dur / 1_000,
    cpu: tdur / 1_000,
  }));
  return { tasks, cpu: tasks.reduce((sum, { cpu }) => sum + cpu, 0) };
}

function most(tasks: Task[], by: keyof Task): number {
  return Math.round(Math.max(0, ...tasks.map((task) => task[by])));
}

async function searches(page: Page) {
  const answers = await page.evaluate(async (count) => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const q = i % 2 ? `viewer_${i}${i}` : `น้องเมย์ ${i}7`;
      const from = performance.now();
      const url = `/api/board?limit=100&q=${encodeURIComponent(q)}`;
      await (await fetch(url)).json();
      times.push(Math.round(performance.now() - from));
    }
    return times.sort((a, b) => a - b);
  }, SEARCHES);
  const from = performance.now();
  await page.locator("#board-search").fill("viewer_77777");
  await page.locator(".row", { hasText: "77777" }).first().waitFor();
  const drawn = Math.round(performance.now() - from);
  return { median: answers[SEARCHES >> 1]!, most: answers.at(-1)!, drawn };
}

async function memory(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("Performance.enable");
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")!.value;
}

/** What each renderer takes, shared parts by share, in bytes, most first. */
async function processes(browser: Browser): Promise<number[]> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const sizes = await Promise.all(renderers.map(async ({ id }) => {
    const rollup = await Deno.readTextFile(`/proc/${id}/smaps_rollup`);
    return Number(/^Pss: +(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1_024;
  }));
  return sizes.sort((a, b) => b - a);
}

function kB(bytes: number): string {
  return bytes < 1_000_000
    ? `${(bytes / 1_000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
