/**
 * The overlay in every state, in the browsers inside OBS and in today's: with a
 * clean console, transparent outside its plates, back after an outage, and
 * small.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import type { Frame, Stage } from "@/core/frame.ts";
import { alphaOf } from "@/testing/alpha.ts";
import { openChromium } from "@/testing/chromium.ts";
import { OBS_BROWSERS, obsBrowser } from "@/testing/old_chromium.ts";
import {
  frameOf,
  openOverlayStage,
  type OverlayStage,
} from "@/testing/overlay_stage.ts";

const BOARD = { ann: 500, ben: 400, cat: 300, dan: 200, eve: 100 };
const CARD: Stage = {
  kind: "winner",
  viewerId: "ann",
  handle: "ann",
  nickname: "น้องเมย์ 🇹🇭",
  avatarUrl: null,
  points: 12_480,
  comment: "พี่ร้องเพลงโปรดให้ฟังหน่อยได้ไหมคะ",
};
/** Outside everything that is ever drawn, confetti aside. */
const CORNERS: [number, number][] = [[8, 8], [1072, 500], [540, 200], [
  540,
  1400,
]];
/** Client code of the overlay, zipped. */
const LARGEST_CODE = 25_000;
/** How soon it is right again after an outage. */
const BACK_MS = 2_000;

let stage: OverlayStage;
Deno.test.beforeAll(async () => {
  stage = await openOverlayStage();
});
Deno.test.afterAll(() => stage.close());

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function until(what: string, holds: () => Promise<boolean>) {
  const end = performance.now() + 60_000;
  while (!await holds()) {
    if (performance.now() > end) throw new Error(`Cannot wait longer: ${what}`);
    await wait(15);
  }
}
const see = (page: Page, selector: string) =>
  until(selector, async () => (await page.$$(selector)).length > 0);

function check(
  name: string,
  path: () => Promise<string | undefined>,
  body: (page: Page) => Promise<void>,
) {
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test({ name, ...options }, async () => {
    const browser = await openChromium(await path());
    try {
      const page = await (await browser.newContext()).newPage();
      await page.setViewportSize({ width: 1080, height: 1920 });
      const said: string[] = [];
      page.on("pageerror", (error) => said.push(error.message));
      page.on("console", (message) => {
        if (!/ERR_CONNECTION|EventSource/.test(message.text())) {
          said.push(`${message.type()}: ${message.text()}`);
        }
      });
      await body(page);
      deepStrictEqual(said, []);
    } finally {
      await browser.close();
    }
  });
}

async function everyState(page: Page) {
  const show = (more: Partial<Frame> = {}, points = BOARD) =>
    stage.send(frameOf(points, more));
  show();
  await page.goto(stage.pageUrl("lang=th&sounds=1&title=ชิงรางวัล"));
  await see(page, '.row[data-viewer="eve"]');
  await wait(800);
  deepStrictEqual(await alphaOf(page, CORNERS), [0, 0, 0, 0]);

  show({}, { ...BOARD, eve: 900 });
  await see(page, '.row[data-viewer="eve"][data-lifted]');
  await see(page, ".gain[data-shown]");
  show({ phase: "closing", countdownTo: Date.now() + 1200 });
  await see(page, ".countdown[data-last]");
  show({ phase: "frozen" });
  await see(page, ".board[data-frozen]");
  show({ phase: "frozen", stage: CARD });
  await see(page, '.card[data-kind="winner"]');
  await see(page, ".confetti");
  await wait(1500);
  show({ stage: { ...CARD, kind: "comment" } });
  await see(page, '.card[data-kind="comment"]');
  await wait(900);
  deepStrictEqual(await alphaOf(page, CORNERS.slice(0, 2)), [0, 0]);
  show();
  await until("no card", async () => (await page.$(".card")) === null);
  stage.send(frameOf({}, { session: null, phase: "idle" }));
  await until("no rows", async () => (await page.$(".row")) === null);
  await wait(600);
  deepStrictEqual(await alphaOf(page, [...CORNERS, [480, 420]]), [
    0,
    0,
    0,
    0,
    0,
  ]);
}

for (const version of OBS_BROWSERS) {
  check(
    `Overlay shows every state on Chromium ${version}`,
    () => obsBrowser(version),
    everyState,
  );
}
check(
  "Overlay shows every state on today's Chromium",
  () => Promise.resolve(undefined),
  everyState,
);

check(
  "Overlay is right within two seconds of a server's return",
  () => obsBrowser("127"),
  async (page) => {
    stage.send(frameOf(BOARD));
    await page.goto(stage.pageUrl());
    await see(page, '.row[data-viewer="eve"]');
    await stage.stop();
    // Long enough for the waits between its tries to have grown full.
    await wait(9_000);
    strictEqual((await page.$$(".row")).length, 5, "the last state stays");
    stage.send(frameOf({ ...BOARD, eve: 7777 }));
    stage.start();
    const back = performance.now();
    await until("the newest points", async () => {
      const points = await page.textContent('[data-viewer="eve"] .points');
      return points === "7,777";
    });
    ok(
      performance.now() - back < BACK_MS,
      `it took ${performance.now() - back} ms`,
    );
    strictEqual((await page.$$("[data-lifted]")).length, 0, "it was replayed");
  },
);

Deno.test("Overlay's code is small", async () => {
  const page = await (await fetch(stage.pageUrl())).text();
  const paths = new Set(
    Array.from(page.matchAll(/(?:src|href)="([^"]+\.js[^"]*)"/g), (m) => m[1]!),
  );
  paths.add("/stream_worker.js");
  let size = 0;
  for (const path of paths) {
    const { body } = await fetch(new URL(path, stage.pageUrl()));
    const zipped = body!.pipeThrough(new CompressionStream("gzip"));
    size += (await new Response(zipped).arrayBuffer()).byteLength;
  }
  ok(paths.size > 2, "no code was found");
  ok(size <= LARGEST_CODE, `${size} bytes`);
  console.log(`Overlay's code: ${size} bytes zipped, in ${paths.size} files`);
});
