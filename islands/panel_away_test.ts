/**
 * The panel of a web process while the process that runs the game is gone: what
 * cannot work looks so, and a press that was not carried out is said to be that.
 */
import { ok } from "node:assert";
import { type Language, textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { type Program, startProgram, until } from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";

const LANGUAGES: Language[] = ["th", "en"];

Deno.test({
  name:
    "without the game its buttons cannot be pressed, and a key says that nothing was done",
  sanitizeOps: false, // the browser's own
  sanitizeResources: false,
}, async () => {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const browser = await openChromium();
  const programs: Program[] = [];
  const start = async (more: Record<string, string>) => {
    const program = await startProgram({ REDIS_URL: redis.url, ...more });
    programs.push(program);
    return program;
  };
  const game = {
    ...{ ROLE: "ingest", DATA_DIR: folder },
    ...{ ROOM: "simulated", CHANNEL: "demo" },
  };
  try {
    const ingest = await start(game);
    const web = await start({ ROLE: "web" });
    const panels = await Promise.all(LANGUAGES.map(async (language) => {
      const locale = language === "th" ? "th-TH" : "en-US";
      const page = await browser.newPage({ locale });
      await page.goto(`${web.url}/admin`);
      await page.locator('.panel[data-ready="true"]').waitFor();
      const freeze = page.locator(".actions .button").first();
      return { page, freeze, texts: textsOf(language) };
    }));
    for (const { freeze } of panels) {
      await until("it can be pressed", () => freeze.isEnabled());
    }
    await ingest.end("SIGKILL");
    await Promise.all(panels.map(async ({ page, freeze, texts }) => {
      await until("it cannot be pressed", () => freeze.isDisabled());
      await page.keyboard.press("f");
      const toasts = page.locator(".toasts");
      await until("that is said", async () => {
        return (await toasts.innerText()).includes(texts.errors.notDone);
      });
    }));
    await start(game);
    for (const { page, freeze } of panels) {
      await until("it can be pressed again", () => freeze.isEnabled());
      ok(await page.locator('.panel[data-phase="open"]').isVisible());
    }
  } finally {
    await browser.close();
    for (const program of programs) await program.end("SIGKILL");
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
});
