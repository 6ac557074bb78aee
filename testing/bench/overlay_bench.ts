/**
 * How smoothly the overlay moves: ten updates a second for a minute on a board
 * of ten rows at 1080×1920, moves interrupted all the time, beside the same
 * page with nothing to do; and how much memory 200,000 frames leave behind.
 *
 * @module
 */
import type { CDPSession, Page } from "playwright-core";
import { pointsText } from "@/components/overlay/counting.ts";
import { openChromium } from "@/testing/chromium.ts";
import { frameOf, openOverlayStage } from "@/testing/overlay_stage.ts";

const SECONDS = Number(Deno.env.get("SECONDS") ?? 60);
const UPDATE_MS = 100;
/** Six hours of a lively game. */
const MANY_FRAMES = 200_000;

/** What a page measured of itself. */
interface Measured {
  frames: number[];
  longTasks: number;
  /** Furthest that a row moved between two frames, in heights of its own. */
  furthest: number;
}

const stage = await openOverlayStage();
const browser = await openChromium();
const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });

const points = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => [`viewer${i}`, 1000 - i * 40]),
);
/** Everybody earns a little, and somebody leaps. */
function play(step: number) {
  for (const viewer of Object.keys(points)) {
    const leaps = (step * 7 + viewer.length + Number(viewer.at(-1))) % 9 === 0;
    points[viewer] = (points[viewer] ?? 0) + (leaps ? 60 : step % 3);
  }
  stage.send(frameOf(points));
}

stage.send(frameOf(points));
await page.goto(stage.pageUrl("rows=10"));
await page.waitForTimeout(2000);
report("still", await measure(page, 5, () => {}));
report("busy ", await measure(page, SECONDS, play));

const debug = await page.context().newCDPSession(page);
await many(5_000); // what is made once is made
const before = await heapOf(debug);
await many(MANY_FRAMES);
await untilShown();
const grown = (await heapOf(debug) - before) / 1e6;
console.log(
  `overlay heap: ${grown.toFixed(2)} MB more after ${MANY_FRAMES} frames`,
);
await browser.close();
await stage.close();

/** Sends frames as fast as the page draws them. */
async function many(frames: number) {
  for (let step = 0; step < frames; step++) {
    play(step);
    if (step % 50 === 0) await page.evaluate("1"); // it keeps up
  }
}

/** Waits for the last frame: all those before it have been taken. */
async function untilShown() {
  const last = pointsText(Math.max(...Object.values(points)));
  while (await page.textContent("[data-first] .points") !== last) {
    await page.waitForTimeout(50);
  }
}

async function heapOf(debug: CDPSession): Promise<number> {
  await debug.send("HeapProfiler.collectGarbage");
  await debug.send("HeapProfiler.collectGarbage");
  const { usedSize } = await debug.send("Runtime.getHeapUsage");
  return usedSize;
}

async function measure(
  page: Page,
  seconds: number,
  update: (step: number) => void,
): Promise<Measured> {
  await page.evaluate(`(() => {
    const seen = globalThis.seen =
      { frames: [], longTasks: 0, furthest: 0, on: true };
    new PerformanceObserver((list) => seen.longTasks += list.getEntries().length)
      .observe({ entryTypes: ["longtask"] });
    const tops = new Map();
    let last = performance.now();
    requestAnimationFrame(function look(at) {
      const took = at - last;
      seen.frames.push(took);
      last = at;
      for (const row of document.querySelectorAll(".row")) {
        const { top, height } = row.getBoundingClientRect();
        const before = tops.get(row);
        // A late frame shows a longer way; what counts is a way per frame.
        const late = Math.max(1, took / 16.7);
        if (before !== undefined) {
          const way = Math.abs(top - before) / height / late;
          seen.furthest = Math.max(seen.furthest, way);
        }
        tops.set(row, top);
      }
      if (seen.on) requestAnimationFrame(look);
    });
  })()`);
  const steps = seconds * 1000 / UPDATE_MS;
  const startedAt = performance.now();
  for (let step = 0; step < steps; step++) {
    update(step);
    const due = startedAt + (step + 1) * UPDATE_MS;
    const wait = Math.max(0, due - performance.now());
    await new Promise((done) => setTimeout(done, wait));
  }
  return await page.evaluate("(seen.on = false, seen)") as Measured;
}

function report(name: string, { frames, longTasks, furthest }: Measured) {
  const sorted = frames.slice(1).sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0;
  const sum = sorted.reduce((total, ms) => total + ms, 0);
  const fps = sorted.length * 1000 / sum;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `overlay ${name}: ${fps.toFixed(1)} fps, frame p50 ${ms(at(0.5))}, ` +
      `p95 ${ms(at(0.95))}, p99 ${ms(at(0.99))}, ` +
      `longest ${ms(sorted.at(-1) ?? 0)}, long tasks ${longTasks}, ` +
      `furthest ${furthest.toFixed(2)} of a row a frame`,
  );
}
