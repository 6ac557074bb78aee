/**
 * What travels to a browser before a page can be used: bytes as they are sent,
 * packed, and the texts of one language alone.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Browser, Page } from "playwright-core";
import { type Language, textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { type Program, startProgram } from "@/testing/program.ts";

/** Bytes of scripts that a page may ask for, packed. */
const BUDGETS = { "/overlay": 25_000, "/admin": 60_000 };
/** Once this is so, the page lives. */
const ALIVE = { "/overlay": ".overlay", "/admin": ".panel[data-ready=true]" };

type Path = keyof typeof BUDGETS;

let browser: Browser;
let program: Program;

Deno.test.beforeAll(async () => {
  const folder = await Deno.makeTempDir();
  [browser, program] = await Promise.all([
    openChromium(),
    startProgram({ DATA_DIR: folder }),
  ]);
});
Deno.test.afterAll(async () => {
  await browser.close();
  await program.end();
});

/** A page as a browser of that language has it, once it lives. */
async function visit(path: Path, locale: Language): Promise<Page> {
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
  await page.goto(program.url + path);
  await page.locator(ALIVE[path]).waitFor();
  return page;
}

/** The scripts that a page has asked for, with their bytes on the way. */
function scriptsOf(page: Page): Promise<{ name: string; bytes: number }[]> {
  return page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => /\.js(\?|$)/.test(name))
      .map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize }))
  );
}

for (const path of Object.keys(BUDGETS) as Path[]) {
  Deno.test(`${path} asks for scripts of ${BUDGETS[path]} bytes at most`, async () => {
    for (const language of ["th", "en"] as const) {
      const page = await visit(path, language);
      const scripts = await scriptsOf(page);
      const bytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
      ok(scripts.length > 0 && scripts.every(({ bytes }) => bytes > 0));
      ok(bytes <= BUDGETS[path], `${path} in ${language}: ${bytes} bytes`);
      await page.context().close();
    }
  });
}

/** The languages whose texts are in what a page has asked for. */
async function broughtTo(page: Page): Promise<Language[]> {
  const scripts = await scriptsOf(page);
  const texts = await Promise.all(
    scripts.map(async ({ name }) => await (await fetch(name)).text()),
  );
  return (["th", "en"] as const).filter((language) => {
    const { health } = textsOf(language);
    return texts.some((text) => text.includes(health.loads));
  });
}

Deno.test("the panel brings the language it is in, and another once that is chosen", async () => {
  const page = await visit("/admin", "th");
  equal(await broughtTo(page), ["th"]);
  await page.locator('.top [lang="en"]').click();
  await page.getByText(textsOf("en").game.notStarted).first().waitFor();
  equal(await broughtTo(page), ["th", "en"]);
  strictEqual(await page.locator("html").getAttribute("lang"), "en");
  await page.reload();
  await page.locator(ALIVE["/admin"]).waitFor();
  equal(await broughtTo(page), ["en"]);
  await page.context().close();
});

Deno.test("what is sent is packed, and streams are not", async () => {
  const headers = { "accept-encoding": "gzip, br" };
  const encodingOf = async (path: string) => {
    const response = await fetch(program.url + path, { headers });
    await response.body?.cancel();
    return response.headers.get("content-encoding");
  };
  ok(await encodingOf("/api/openapi.json"));
  ok(await encodingOf("/admin"));
  strictEqual(await encodingOf("/api/frames"), null);
});
