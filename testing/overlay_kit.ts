/**
 * Pages of the overlay over frames made by hand: what tests of the overlay
 * share. Importing it opens browser and stage for the tests of the file that
 * does.
 *
 * @module
 */
import { deepStrictEqual } from "node:assert";
import type { Browser, Page } from "playwright-core";
import { openChromium } from "./chromium.ts";
import { openOverlayStage, type OverlayStage } from "./overlay_stage.ts";

/** How a phone is held. */
export const PORTRAIT = { width: 1080, height: 1920 };
/** Longer than the longest climb, with its glow. */
export const SETTLED_MS = 1_700;

/** Five viewers, in order. */
export const BOARD = { ann: 500, ben: 400, cat: 300, dan: 200, eve: 100 };
/** A card. */
export const WINNER = {
  kind: "winner",
  viewerId: "ann",
  handle: "ann",
  nickname: "น้องเมย์",
  avatarUrl: null,
  points: 12_480,
  comment: "พี่ร้องเพลงโปรดให้ฟังหน่อยได้ไหมคะ",
} as const;

/** What a test has: a stage, and pages of it. */
export interface Kit {
  stage: OverlayStage;
  open(query?: string, viewport?: typeof PORTRAIT): Promise<Page>;
}

let browser: Browser | null = null;
let stage: OverlayStage | null = null;

Deno.test.beforeAll(async () => {
  [browser, stage] = await Promise.all([openChromium(), openOverlayStage()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** Runs on fresh pages, and expects a clean console. */
export function check(name: string, body: (kit: Kit) => Promise<void>) {
  // The browser and the stage outlive each test.
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test({ name, ...options }, async () => {
    if (!browser || !stage) throw new Error("Cannot test: nothing is open");
    const context = await browser.newContext();
    const said: string[] = [];
    const running = stage;
    running.mend();
    running.asked.length = 0;
    try {
      await body({
        stage: running,
        async open(query, viewport = PORTRAIT) {
          const page = await context.newPage();
          await page.setViewportSize(viewport);
          page.on("pageerror", (error) => said.push(error.message));
          page.on("console", (message) => {
            const refused = /Failed to load resource|EventSource/;
            if (message.type() !== "error") return;
            if (!refused.test(message.text())) said.push(message.text());
          });
          const before = running.asked.length;
          await page.goto(running.pageUrl(query));
          if (!/demo/.test(query ?? "")) {
            while (running.asked.length === before) await wait(10);
          }
          return page;
        },
      });
      deepStrictEqual(said, []);
    } finally {
      await context.close();
    }
  });
}

/** Waits so many ms. */
export const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** Waits for elements to come. Chromium 103 cannot say which are visible. */
export const see = (page: Page, selector: string) =>
  until(page, selector, true);
/** Waits until the last one has gone. */
export const miss = (page: Page, selector: string) =>
  until(page, selector, false);

async function until(page: Page, selector: string, there: boolean) {
  const end = performance.now() + 60_000;
  while ((await page.$$(selector)).length > 0 !== there) {
    if (performance.now() > end) {
      throw new Error(`Cannot see ${there ? "" : "the end of "}${selector}`);
    }
    await wait(15);
  }
}

/** Viewers of the rows, as they stand in the document. */
export const idsOf = (page: Page) =>
  page.$$eval(
    ".row",
    (rows) => rows.map((row) => row.getAttribute("data-viewer")),
  );
/** Where the row of each viewer is, in px from the top. */
export const topsOf = (page: Page) =>
  page.$$eval(
    ".row",
    (rows) =>
      Object.fromEntries(rows.map((row) => [
        row.getAttribute("data-viewer") ?? "",
        Math.round(row.getBoundingClientRect().top),
      ])),
  );
/** The points that a row shows. */
export const pointsOf = (page: Page, viewer: string) =>
  page.textContent(`[data-viewer="${viewer}"] .points`);
