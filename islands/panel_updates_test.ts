/**
 * A newer version in the panel: nobody is asked before the host wants it, and
 * then it is said, in both languages, in a dock.
 */
import { deepStrictEqual as equal, strictEqual } from "node:assert";
import type { Browser } from "playwright-core";
import { textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { startProgram, until } from "@/testing/program.ts";

let browser: Browser | null = null;

Deno.test.beforeAll(async () => void (browser = await openChromium()));
Deno.test.afterAll(async () => await browser?.close());

for (const language of ["th", "en"] as const) {
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test(
    `a newer version is told to who wants to know (${language})`,
    options,
    async () => {
      let asked = 0;
      const server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen() {} },
        () => {
          asked++;
          return Response.json({
            version: "99.1.0",
            url: "https://example.com/get",
          });
        },
      );
      const folder = await Deno.makeTempDir();
      const program = await startProgram({
        DATA_DIR: folder,
        UPDATE_URL: `http://127.0.0.1:${server.addr.port}/newest.json`,
      });
      const context = await browser!.newContext({
        viewport: { width: 300, height: 800 },
        locale: language === "th" ? "th-TH" : "en-US",
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const said: string[] = [];
      page.on("pageerror", (error) => said.push(error.message));
      const texts = textsOf(language);
      try {
        await page.goto(`${program.url}/admin?dock`);
        await page.locator('.panel[data-ready="true"]').waitFor();
        await page.locator('.tab[data-tab="more"]').click();
        const toggle = page.getByRole("switch", {
          name: texts.settings.checkUpdates,
        });
        strictEqual(await toggle.isChecked(), false);
        strictEqual(asked, 0);
        await toggle.focus();
        await page.keyboard.press("Space");
        const banner = page.locator(".banner", {
          hasText: texts.health.newer("99.1.0"),
        });
        await banner.waitFor();
        strictEqual(
          await banner.getByRole("link").getAttribute("href"),
          "https://example.com/get",
        );
        strictEqual(asked, 1);
        await toggle.focus();
        await page.keyboard.press("Space");
        await until(
          "it is not said any more",
          async () => await banner.count() === 0,
        );
        equal(said, []);
      } finally {
        await context.close();
        await program.end();
        await server.shutdown();
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}
