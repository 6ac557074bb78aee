/**
 * All pages of one browser on one stream, and on one more where they come with
 * keys: the real program, twelve overlays and the panel, on each Chromium that
 * OBS and its host may have.
 */
import { ok, strictEqual } from "node:assert";
import type { BrowserContext, Page } from "playwright-core";
import { openChromium } from "@/testing/chromium.ts";
import { OBS_BROWSERS, obsBrowser } from "@/testing/old_chromium.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";

const OVERLAYS = 12;
const KEYS = 7;

let program: Program | null = null;

Deno.test.beforeAll(async () => {
  program = await startProgram({
    ROOM: "simulated",
    CHANNEL: "demo",
    SIMULATED_PACE: "1", // drawing costs more than streams do: `raise` moves it
    DATA_DIR: await Deno.makeTempDir(),
    METRICS_PUBLIC: "1",
  });
});
Deno.test.afterAll(async () => {
  await program?.end();
});

/** Runs in a new browser, over the program of this file. */
function check(
  name: string,
  path: () => Promise<string | undefined>,
  body: (context: BrowserContext, program: Program) => Promise<void>,
) {
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test({ name, ...options }, async () => {
    const browser = await openChromium(await path());
    try {
      const still = { reducedMotion: "reduce" } as const;
      await body(await browser.newContext(still), program!);
    } finally {
      await browser.close();
    }
    await until(
      "the end of all streams",
      async () => await streamsOf(program!) === 0,
    );
  });
}

async function streamsOf(program: Program): Promise<number> {
  return await metric(program, "streams");
}

async function metric(program: Program, name: string): Promise<number> {
  const text = await (await fetch(`${program.url}/metrics`)).text();
  const found = new RegExp(`^\\w+_${name} (\\d+)$`, "m").exec(text);
  return Number(found?.[1]);
}

/** The points of the first row; 0 while there is none. */
async function firstPoints(page: Page): Promise<number> {
  const text = await page.evaluate<string>(
    `document.querySelector("[data-place='1'] .points")?.textContent ?? ""`,
  );
  return Number(text.replace(/\D/g, ""));
}

/** Gives points to who is first; what the first has then. */
async function raise(program: Program): Promise<number> {
  const first = async () => {
    const { body } = await api(program, "board?limit=1");
    return (body.rows as { viewerId: string; points: number }[])[0];
  };
  await until("somebody on the board", async () => await first() !== undefined);
  const { viewerId } = (await first())!;
  const given = { type: "adjustPoints", viewerId, points: 1000, reason: "x" };
  strictEqual((await api(program, "commands", given)).status, 200);
  return (await first())!.points;
}

/** Waits until each page shows what changes now. */
async function areLive(program: Program, ...pages: Page[]): Promise<void> {
  const points = await raise(program);
  await Promise.all(pages.map((page) =>
    until(
      "the points of the first",
      async () => await firstPoints(page) >= points,
    )
  ));
}

/** An overlay in a small, still picture: drawing costs more than streams do. */
async function openOverlay(context: BrowserContext, url: string) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 320, height: 180 });
  await page.goto(`${url}&motion=reduced`);
  return page;
}

/** Does something again and again, until it is let go. */
function every(ms: number, work: () => Promise<void>): Disposable {
  const timer = setInterval(work, ms);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Twelve overlays with seven keys between them, beside the panel. */
async function pagesWithKeys(context: BrowserContext, program: Program) {
  const made = await Promise.all(
    Array.from({ length: KEYS }, async (_, i) => {
      const asked = { role: "display", label: `Source ${i}` };
      const { body } = await api(program, "keys", asked);
      return body as { id: string; key: string };
    }),
  );
  const panel = await context.newPage();
  await panel.goto(`${program.url}/admin`);
  let most = 0;
  using _watch = every(50, async () => {
    most = Math.max(most, await streamsOf(program));
  });
  const pages: Page[] = [];
  for (let i = 0; i < OVERLAYS; i++) {
    const { key } = made[i % KEYS]!;
    const url = `${program.url}/overlay?rows=${1 + i}&key=${key}`;
    pages.push(await openOverlay(context, url));
  }
  await areLive(program, ...pages);
  await until("two streams", async () => await streamsOf(program) === 2);
  await until(
    "twelve overlays",
    async () => await metric(program, "overlays") === OVERLAYS,
  );

  // What one key opened ends; what the others did goes on.
  const [gone] = made;
  const url = `${program.url}/api/keys/${gone!.id}`;
  await (await fetch(url, { method: "DELETE" })).body?.cancel();
  const [dead, alive] = [pages[0]!, pages[1]!];
  /** Whether a page stands still while another's points change five times. */
  const standsStill = async () => {
    const before = await firstPoints(dead);
    for (let i = 0; i < 5; i++) await areLive(program, alive);
    return before === await firstPoints(dead);
  };
  // What came before the end may still be counting up.
  await until("an end", standsStill);
  ok(await standsStill());
  await until(
    "the end of the board whose key is gone",
    async () => await firstPoints(dead) === 0,
  );
  const left = Array.from({ length: OVERLAYS }, (_, i) => i % KEYS)
    .filter((key) => key !== 0).length;
  await until(
    "overlays of the other keys",
    async () => await metric(program, "overlays") === left,
  );
  ok(most <= 3, `there were ${most} streams`);
}

async function thirteenPages(context: BrowserContext, program: Program) {
  const overlay = (rows: number) =>
    openOverlay(context, `${program.url}/overlay?rows=${rows}&theme=neon`);
  const oldest = await overlay(1);
  const others = Array.from({ length: OVERLAYS - 1 }, (_, i) => overlay(2 + i));
  const pages = [oldest, ...await Promise.all(others)];
  const panel = await context.newPage();
  await panel.goto(`${program.url}/admin`);
  await until(
    "the panel",
    async () => await panel.$("[data-ready=true]") !== null,
  );
  await until(
    "its stream",
    async () => await panel.$("[data-lost=false]") !== null,
  );
  await until(
    "the preview, which is on the same stream and no overlay",
    async () => await panel.$(".air-preview iframe") !== null,
  );

  await areLive(program, ...pages);
  await until("one stream", async () => await streamsOf(program) === 1);
  strictEqual(await metric(program, "overlays"), OVERLAYS);
  return pages;
}

for (const version of OBS_BROWSERS) {
  check(
    `twelve overlays and the panel share one stream on Chromium ${version}`,
    () => obsBrowser(version),
    async (context, program) => {
      const pages = await thirteenPages(context, program);
      for (const page of pages.slice(1)) await page.close();
      await until(
        "one overlay left",
        async () => await metric(program, "overlays") === 1,
      );
      await areLive(program, pages[0]!);
    },
  );
}

for (const version of [...OBS_BROWSERS, null]) {
  check(
    `twelve overlays with seven keys share a second stream on ${
      version === null ? "today's Chromium" : `Chromium ${version}`
    }`,
    () => version === null ? Promise.resolve(undefined) : obsBrowser(version),
    pagesWithKeys,
  );
}

check(
  "twelve overlays with seven keys share a second stream without shared workers",
  () => Promise.resolve(undefined),
  async (context, program) => {
    await context.addInitScript("delete globalThis.SharedWorker");
    await pagesWithKeys(context, program);
  },
);

check(
  "twelve overlays and the panel share one stream on today's Chromium",
  () => Promise.resolve(undefined),
  async (context, program) => void await thirteenPages(context, program),
);

check(
  "pages share a stream without shared workers, whoever of them leaves",
  () => Promise.resolve(undefined),
  async (context, program) => {
    await context.addInitScript("delete globalThis.SharedWorker");
    const pages = await thirteenPages(context, program);
    await pages[0]!.close(); // the oldest leads
    await areLive(program, pages[5]!);
    await until("another leader", async () => await streamsOf(program) === 1);
    await until(
      "an overlay less",
      async () => await metric(program, "overlays") === OVERLAYS - 1,
    );
  },
);
