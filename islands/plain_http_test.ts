/**
 * A device of the network, which knows this machine by a name and over plain
 * HTTP: nothing upgrades that, so styles and scripts have to load as they are.
 * (An address in 127/8 is never upgraded, and would prove nothing.)
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import { openChromium } from "@/testing/chromium.ts";
import { startProgram } from "@/testing/program.ts";

const HOST_KEY = "sixteen letters and more";
const NAME = "pc.example";
const GUARDS = [
  "content-security-policy",
  "cross-origin-resource-policy",
  "referrer-policy",
  "x-content-type-options",
  "x-frame-options",
];

/** Colours and scripts of a page as they are once it has settled. */
function stateOf(page: Page) {
  return page.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    sheets: [...document.styleSheets].filter(({ href }) => href).length,
    failed: performance.getEntriesByType("resource")
      .filter((it) => (it as PerformanceResourceTiming).responseStatus >= 400)
      .map(({ name }) => name),
  }));
}

Deno.test("a device that knows this machine by name gets whole pages over plain HTTP", async () => {
  const folder = await Deno.makeTempDir();
  const program = await startProgram({
    DATA_DIR: folder,
    HOST: "127.0.0.2",
    HOST_KEY,
  });
  const browser = await openChromium(undefined, [
    `--host-resolver-rules=MAP ${NAME} 127.0.0.2`,
  ]);
  try {
    const { port } = new URL(program.url);
    const base = `http://${NAME}:${port}`;
    const page = await browser.newPage();
    const said: string[] = [];
    page.on("console", (message) => {
      const isStatus = /status of 40[14]/.test(message.text());
      if (message.type() === "error" && !isStatus) said.push(message.text());
    });
    page.on("pageerror", (error) => said.push(error.message));
    const visit = async (path: string) => {
      const response = await page.goto(base + path);
      await page.waitForLoadState("load");
      return response!;
    };

    const stranger = await visit("/admin");
    strictEqual(stranger.status(), 401);
    equal(GUARDS.filter((name) => !stranger.headers()[name]), []);
    ok((await stateOf(page)).sheets >= 2, "styles of the error page");

    await visit(`/signin?key=${encodeURIComponent(HOST_KEY)}`);
    await page.waitForURL(`${base}/admin`);
    await page.locator('.panel[data-ready="true"]').waitFor();
    for (const path of ["/", "/admin", "/sessions", "/buttons", "/overlay"]) {
      const response = await visit(path);
      strictEqual(response.status(), 200, path);
      const { sheets, failed } = await stateOf(page);
      ok(sheets > 0, `${path} has no styles`);
      equal(failed, [], path);
    }

    // As OBS puts a streamer's own style into the page.
    await page.evaluate(() => {
      const style = document.createElement("style");
      style.textContent = "body { outline: 7px solid red; }";
      document.head.append(style);
    });
    const outline = await page.evaluate(() =>
      getComputedStyle(document.body).outlineWidth
    );
    strictEqual(outline, "7px");

    const missing = await visit("/nothing");
    strictEqual(missing.status(), 404);
    equal(GUARDS.filter((name) => !missing.headers()[name]), []);
    equal(said, []);
  } finally {
    await browser.close();
    await program.end();
    await Deno.remove(folder, { recursive: true });
  }
});
