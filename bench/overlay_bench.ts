/**
 * How smoothly the overlay moves: ten updates a second for twenty seconds on a
 * board of ten rows at 1080×1920, beside the same page with nothing to do.
 *
 * @module
 */
import type { Page } from "playwright-core";
import { openChromium } from "@/testing/chromium.ts";
import { frameOf, openOverlayStage } from "@/testing/overlay_stage.ts";

const SECONDS = 20;
const UPDATE_MS = 100;

/** What a page measured of itself. */
interface Measured {
  frames: number[];
  longTasks: number;
}

const stage = await openOverlayStage();
const browser = await openChromium();
const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });

const points = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => [`viewer${i}`, 1000 - i * 40]),
);
stage.send(frameOf(points));
await page.goto(stage.pageUrl("rows=10"));
await page.waitForTimeout(2000);

report("still", await measure(page, 5, () => {}));
report(
  "busy ",
  await measure(page, SECONDS, (step) => {
    for (const viewer of Object.keys(points)) {
      const jumps =
        (step * 7 + viewer.length + Number(viewer.at(-1))) % 9 === 0;
      points[viewer] = (points[viewer] ?? 0) + (jumps ? 60 : step % 3);
    }
    stage.send(frameOf(points));
  }),
);
await browser.close();
await stage.close();

async function measure(
  page: Page,
  seconds: number,
  update: (step: number) => void,
): Promise<Measured> {
  await page.evaluate(`(() => {
    const seen = globalThis.seen = { frames: [], longTasks: 0, on: true };
    new PerformanceObserver((list) => seen.longTasks += list.getEntries().length)
      .observe({ entryTypes: ["longtask"] });
    let last = performance.now();
    requestAnimationFrame(function look(at) {
      seen.frames.push(at - last);
      last = at;
      if (seen.on) requestAnimationFrame(look);
    });
  })()`);
  const steps = seconds * 1000 / UPDATE_MS;
  for (let step = 0; step < steps; step++) {
    update(step);
    await new Promise((done) => setTimeout(done, UPDATE_MS));
  }
  return await page.evaluate("(seen.on = false, seen)") as Measured;
}

function report(name: string, { frames, longTasks }: Measured) {
  const sorted = frames.slice(1).sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0;
  const sum = sorted.reduce((total, ms) => total + ms, 0);
  const fps = sorted.length * 1000 / sum;
  console.log(
    `overlay ${name}: ${fps.toFixed(1)} fps, frame p50 ${
      at(0.5).toFixed(1)
    } ms, ` +
      `p95 ${at(0.95).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, ` +
      `longest ${(sorted.at(-1) ?? 0).toFixed(1)} ms, long tasks ${longTasks}`,
  );
}
