/**
 * Every page at every size in both languages, with one sheet a size that shows
 * them side by side: for eyes, before a release.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { DeskState } from "@/core/views.ts";
import type { Language } from "@/locales/mod.ts";
import { api, type Program } from "@/testing/program.ts";
import { type Picture, takePicture } from "./take_picture.ts";

const SIZES = [[300, 800], [390, 844], [820, 1180], [1440, 900]] as const;
const LANGUAGES: Language[] = ["th", "en"];
/** Pages that a small machine draws beside each other. */
const AT_A_TIME = 3;

/** The keys of the panel's parts reach them at every size. */
const key = (name: string) => async (page: Page) => {
  await page.locator('.panel[data-ready="true"]').waitFor();
  await page.keyboard.press(name);
};

/** What is looked at, by name. */
function poses(
  sessionId: string,
): Record<string, Pick<Picture, "path" | "pose">> {
  const path = "/admin";
  return {
    start: { path: "/" },
    board: { path },
    viewer: {
      path,
      async pose(page) {
        await page.locator(".row.first").click();
        await page.locator(".viewer .receipts summary").click();
        await page.locator(".receipt").first().waitFor();
      },
    },
    comments: { path, pose: key("2") },
    stage: { path, pose: key("3") },
    more: { path, pose: key("4") },
    choosing: { path, pose: key("w") },
    keys: { path, pose: key("?") },
    games: { path: "/sessions" },
    game: { path: `/sessions/${sessionId}` },
    buttons: { path: "/buttons" },
    nothing: { path: "/nothing" },
  };
}

/** Takes them all; Thai in the dark, English in the light. */
export async function takeAll(
  browser: Browser,
  program: Program,
  folder: string,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const { session } = (await api(program, "state"))
    .body as unknown as DeskState;
  for (const [width, height] of SIZES) {
    for (const language of LANGUAGES) {
      const scheme = language === "th" ? "dark" : "light";
      const all = Object.entries(poses(session!.id));
      const take = ([what, pose]: typeof all[number]) => {
        const name = `${width}-${language}-${what}`;
        const place = { name, language, width, height, scheme } as const;
        return takePicture(browser, program, { ...place, ...pose }, folder);
      };
      const taken: string[] = [];
      for (let i = 0; i < all.length; i += AT_A_TIME) {
        const some = all.slice(i, i + AT_A_TIME);
        taken.push(...await Promise.all(some.map(take)));
      }
      await sheet(browser, taken, `${folder}/sheet-${width}-${language}.png`);
    }
  }
}

/** Pictures side by side, as one. */
async function sheet(browser: Browser, pictures: string[], to: string) {
  const page = await browser.newPage({
    viewport: { width: 2_400, height: 800 },
  });
  const html = pictures.map((picture) =>
    `<img src="${pathToFileURL(resolve(picture))}" height="880">`
  ).join(" ");
  const file = `${to}.html`;
  await Deno.writeTextFile(file, html);
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.screenshot({ path: to, fullPage: true });
  await Deno.remove(file);
  await page.close();
}
