/**
 * Twelve pages and a program whose machine's clock is an hour off: by none of
 * their clocks, and by no delay on the way, does the zero of one page fall apart
 * from that of another.
 */
import { ok } from "node:assert";
import type { Page } from "playwright-core";
import { openChromium } from "@/testing/chromium.ts";
import { CHANNEL, libfaketime, onMachine } from "@/testing/machine.ts";
import { until } from "@/testing/program.ts";
import { gift, nextMessageId, ROSE } from "@/testing/tiktok_messages.ts";

const PAGES = 12;
const HOUR = 3_600;
/** Its last ten seconds are told otherwise. */
const ROUND_MS = 20_000;
/** How far the pages may be apart, and all of them from the round, in ms. */
const APART_MS = 100;
const LATE_MS = 1_500;
const ANN = { id: "7001", handle: "ann", nickname: "Ann" };

/** Notes in a page when which second came to stand there. */
function noteSeconds() {
  const noted: number[] = [];
  Object.assign(globalThis, { noted });
  let shown = "";
  new MutationObserver(() => {
    const text = document.querySelector(".head-clock")?.textContent ?? "";
    if (text === shown) return;
    shown = text;
    const [, minutes, seconds] = /(\d+):(\d+)/.exec(text)?.map(Number) ?? [];
    if (!minutes && !seconds) return; // no clock, or over
    const left = (minutes! * 60 + seconds!) * 1000;
    noted.push(performance.timeOrigin + performance.now() + left);
  }).observe(document, {
    ...{ subtree: true, childList: true, characterData: true },
  });
}

/**
 * When a page takes the round for over, Unix ms: a busy machine draws a second
 * late and never early, so the earliest is what the page has reckoned.
 */
async function zeroOf(page: Page): Promise<number> {
  const noted = await page.evaluate(() =>
    (globalThis as unknown as { noted: number[] }).noted
  );
  ok(noted.length > 5, `only ${noted.length} seconds were seen`);
  return Math.min(...noted);
}

Deno.test("twelve pages reckon one zero, with the server's clock an hour off", async () => {
  const library = await libfaketime();
  if (library === null) {
    console.log("Skipped: libfaketime is not here (deno task setup)");
    return;
  }
  const browser = await openChromium();
  try {
    await onMachine(library, async ({ program, tiktok, command, state }) => {
      await tiktok.room(CHANNEL).entered();
      await command({ type: "newSession" });
      const pages = await Promise.all(
        Array.from({ length: PAGES }, async () => {
          const context = await browser.newContext({
            viewport: { width: 360, height: 640 },
          });
          const page = await context.newPage();
          await page.addInitScript(noteSeconds);
          await page.goto(`${program.url}/overlay?show=clock`, {
            timeout: 120_000,
          });
          return page;
        }),
      );
      const sent = Date.now();
      await command({ type: "startRound", seconds: ROUND_MS / 1000 });
      const answered = Date.now();
      const room = tiktok.room(CHANNEL);
      const timer = setInterval(() => {
        room.send(gift(ANN, ROSE, { count: 1, group: nextMessageId() }));
      }, 400);
      try {
        await until(
          "it is over",
          async () => (await state()).frame.phase === "frozen",
        );
      } finally {
        clearInterval(timer);
      }
      const zeros = await Promise.all(pages.map(zeroOf));
      const [first, last] = [Math.min(...zeros), Math.max(...zeros)];
      ok(last - first < APART_MS, `${last - first} ms apart`);
      ok(first > sent + ROUND_MS - 10, `${sent + ROUND_MS - first} ms early`);
      ok(
        last < answered + ROUND_MS + LATE_MS,
        `${last - answered - ROUND_MS} ms late`,
      );
      console.log(`${Math.round(last - first)} ms apart`);
    }, HOUR);
  } finally {
    await browser.close();
  }
});
