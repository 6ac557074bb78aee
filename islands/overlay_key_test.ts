/**
 * Overlays whose keys are taken away, and overlays whose server is: the real
 * program, in a real browser.
 */
import { deepStrictEqual, ok } from "node:assert";
import type { Page } from "playwright-core";
import { textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";

const words = textsOf("th").overlay;

type Key = { id: string; key: string };

async function makeKey(program: Program, label: string): Promise<Key> {
  const { body } = await api(program, "keys", { role: "display", label });
  return body as Key;
}

async function takeAway(program: Program, { id }: Key) {
  const url = `${program.url}/api/keys/${id}`;
  await (await fetch(url, { method: "DELETE" })).body?.cancel();
}

const rowsOf = (page: Page) => page.locator(".row").count();
const hasBoard = (page: Page) =>
  until("a board", async () => await rowsOf(page) > 0);
const hasNone = (page: Page) =>
  until("the end of a board", async () => await rowsOf(page) === 0);

/** Watches whether a board is ever away from the screen. */
async function watchBoard(page: Page) {
  await page.evaluate(() => {
    const seen = globalThis as unknown as { boardWasGone: boolean };
    seen.boardWasGone = false;
    setInterval(() => {
      seen.boardWasGone ||= document.querySelector(".row") === null;
    }, 20);
  });
  return () => page.evaluate("globalThis.boardWasGone");
}

Deno.test({
  name:
    "Overlay goes when its key is taken away, and stays when the server does",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const settings = {
      ROOM: "simulated",
      CHANNEL: "demo",
      DATA_DIR: await Deno.makeTempDir(),
    };
    let program = await startProgram(settings);
    const browser = await openChromium();
    try {
      const [one, other] = [
        await makeKey(program, "one"),
        await makeKey(program, "other"),
      ];
      const context = await browser.newContext({ locale: "th-TH" });
      const logged: string[] = [];
      const open = async (query: string) => {
        const page = await context.newPage();
        page.on("console", (message) => logged.push(message.text()));
        await page.goto(`${program.url}/overlay?${query}`);
        await hasBoard(page);
        return page;
      };
      const onAir = await open(`key=${one.key}`);
      const preview = await open(`key=${one.key}&preview`);
      const another = await open(`key=${other.key}`);
      const wasGone = await watchBoard(another);

      await takeAway(program, one);
      await Promise.all([hasNone(onAir), hasNone(preview)]);
      deepStrictEqual(await onAir.textContent(".overlay"), "");
      deepStrictEqual(await preview.textContent(".hint"), words.refused);
      deepStrictEqual(
        logged.filter((text) => text.includes(words.refused)).length,
        2,
        "the log does not say why",
      );

      const { port } = new URL(program.url);
      const asksInVain = another.waitForEvent(
        "requestfailed",
        (request) =>
          request.method() === "HEAD" &&
          request.failure()?.errorText === "net::ERR_CONNECTION_REFUSED",
      );
      await program.end();
      await asksInVain;
      await onAir.close();
      await preview.close();
      program = await startProgram({ ...settings, PORT: port });
      const points = await another.textContent(".points");
      await until(
        "a board that goes on",
        async () => await another.textContent(".points") !== points,
      );
      ok(!await wasGone(), "viewers saw the outage");

      await takeAway(program, other);
      await hasNone(another);
    } finally {
      await browser.close();
      await program.end();
    }
  },
});
