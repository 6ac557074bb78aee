/**
 * Takes the pictures of the README from the real program with a simulated
 * room, so that they stay true: `deno task pictures`.
 *
 * @module
 */
import { openChromium } from "@/testing/chromium.ts";
import { api, type Program, startProgram } from "@/testing/program.ts";
import type { Browser } from "playwright-core";

const FOLDER = new URL("../docs/pictures/", import.meta.url);
/** How long the crowd plays before the first picture. */
const PLAY_MS = 30_000;

/** A neutral stage behind the overlay, where OBS would have the stream. */
const STAGE = `radial-gradient(60% 40% at 70% 25%, #f6c98f55, transparent),
  radial-gradient(70% 50% at 25% 80%, #4d6ea855, transparent),
  linear-gradient(160deg, #3a3550, #6d5a68 55%, #2e3a4a)`;

interface Picture {
  name: string;
  path: string;
  width: number;
  height: number;
  locale: "en" | "th";
  /** Pixels of the picture for one of the page. */
  scale?: number;
  /** Shown on the stage, as in OBS. */
  onStage?: boolean;
}

const LIVE: Picture[] = [
  {
    name: "overlay",
    path: "/overlay",
    width: 1080,
    height: 1920,
    locale: "en",
    scale: 0.5,
    onStage: true,
  },
  {
    name: "panel-desktop",
    path: "/admin",
    width: 1440,
    height: 900,
    locale: "en",
  },
  {
    name: "panel-phone",
    path: "/admin",
    width: 390,
    height: 844,
    locale: "th",
  },
];
const WON: Picture = {
  name: "overlay-winner",
  path: "/overlay",
  width: 1080,
  height: 1920,
  locale: "th",
  scale: 0.5,
  onStage: true,
};

async function take(browser: Browser, program: Program, picture: Picture) {
  const { name, path, width, height, locale, scale = 1, onStage } = picture;
  const context = await browser.newContext({
    viewport: { width: width * scale, height: height * scale },
    locale,
    colorScheme: "dark",
    timezoneId: "Asia/Bangkok",
  });
  const page = await context.newPage();
  await page.goto(program.url + path);
  if (onStage) {
    await page.evaluate((background) => {
      const stage = document.createElement("div");
      Object.assign(stage.style, {
        position: "fixed",
        inset: "0",
        zIndex: "-1",
        background,
      });
      document.body.prepend(stage);
    }, STAGE);
  }
  await page.waitForTimeout(6_000);
  await page.screenshot({ path: new URL(`${name}.png`, FOLDER).pathname });
  await context.close();
}

const folder = await Deno.makeTempDir();
await Deno.mkdir(FOLDER, { recursive: true });
const program = await startProgram({
  ROOM: "simulated",
  CHANNEL: "demo",
  SIMULATED_SEED: "11",
  SIMULATED_PACE: "25",
  DATA_DIR: folder,
});
const browser = await openChromium();
try {
  await new Promise((resolve) => setTimeout(resolve, PLAY_MS));
  for (const picture of LIVE) await take(browser, program, picture);
  await api(program, "commands", { type: "selectWinner", comment: "latest" });
  await take(browser, program, WON);
} finally {
  await browser.close();
  await program.end();
  await Deno.remove(folder, { recursive: true });
}
