/**
 * One picture of a page of the real program, as a small WebP.
 *
 * @module
 */
import type { Browser, Page } from "playwright-core";
import type { Language } from "@/locales/mod.ts";
import type { Program } from "@/testing/program.ts";

/** What a picture shows. */
export interface Picture {
  name: string;
  path: string;
  language: Language;
  /** Of the page, in CSS pixels before `scale`. */
  width: number;
  height: number;
  scale?: number;
  scheme?: "dark" | "light";
  /** Shown on a stage, as in OBS. */
  onStage?: boolean;
  /** What is opened before it is taken. */
  pose?(page: Page): Promise<void>;
}

/** Good enough for text, small enough for a README. */
const QUALITY = 82;
/** Rows move and avatars come in for so long, in ms. */
const SETTLE_MS = 5_000;

/** A neutral stage behind the overlay, where OBS would have the stream. */
const STAGE = `radial-gradient(60% 40% at 70% 25%, #f6c98f55, transparent),
  radial-gradient(70% 50% at 25% 80%, #4d6ea855, transparent),
  linear-gradient(160deg, #3a3550, #6d5a68 55%, #2e3a4a)`;

/**
 * Takes a picture into a folder, under its name.
 *
 * @returns Where it lies.
 */
export async function takePicture(
  browser: Browser,
  program: Program,
  picture: Picture,
  folder: string,
): Promise<string> {
  const { width, height, scale = 1, language, scheme = "dark" } = picture;
  const context = await browser.newContext({
    viewport: { width: width * scale, height: height * scale },
    locale: language,
    colorScheme: scheme,
    timezoneId: "Asia/Bangkok",
  });
  try {
    const page = await context.newPage();
    await page.goto(program.url + picture.path);
    if (picture.onStage) await putOnStage(page);
    await picture.pose?.(page);
    await page.waitForTimeout(SETTLE_MS);
    if (picture.onStage) await page.waitForFunction(isStill);
    const to = `${folder.replace(/\/?$/, "/")}${picture.name}.webp`;
    await Deno.writeFile(to, await webp(page));
    return to;
  } finally {
    await context.close();
  }
}

/** What the browser shows now, in the one small format it writes by itself. */
async function webp(page: Page): Promise<Uint8Array> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
  });
  return Uint8Array.fromBase64(data);
}

/** Whether no row of an overlay comes, goes or moves just now. */
function isStill(): boolean {
  const moving = document.getAnimations().some(({ playState, effect }) =>
    playState === "running" && effect instanceof KeyframeEffect &&
    effect.target?.matches(".row")
  );
  return !moving && document.querySelector(".row[data-away]") === null;
}

export async function putOnStage(page: Page) {
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
