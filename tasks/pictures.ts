/**
 * Takes the pictures of the README from the real program with a simulated
 * room, so that they stay true: `deno task pictures`, which wants `ffmpeg` for
 * the one that moves. With `--all FOLDER` it takes every page at every size in
 * both languages instead, to be looked at.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import type { BoardPage, DeskState, FeedComment, Page } from "@/core/views.ts";
import { openChromium } from "@/testing/chromium.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";
import { takeAll } from "./pictures_all.ts";
import { takeFilm } from "./take_film.ts";
import { type Picture, takePicture } from "./take_picture.ts";

const FOLDER = new URL("../docs/pictures/", import.meta.url).pathname;
/** A race is worth a look once so many have so many points. */
const RACERS = 10;
const POINTS = 60;

const OVERLAY = { width: 1080, height: 1920, scale: 0.5, onStage: true };

const LIVE: Picture[] = [
  { name: "overlay", path: "/overlay", language: "en", ...OVERLAY },
  {
    name: "panel-desktop",
    path: "/admin",
    language: "en",
    width: 1440,
    height: 900,
  },
  {
    name: "panel-dock",
    path: "/admin?dock",
    language: "en",
    width: 300,
    height: 800,
  },
  {
    name: "panel-viewer",
    path: "/admin",
    language: "th",
    width: 820,
    height: 1180,
    async pose(page) {
      await page.locator(".row.first").click();
      await page.locator(".viewer .receipts summary").click();
      await page.locator(".receipt").nth(3).waitFor();
    },
  },
];

const WON: Picture[] = [
  { name: "overlay-winner", path: "/overlay", language: "th", ...OVERLAY },
  {
    name: "panel-phone",
    path: "/admin",
    language: "th",
    width: 390,
    height: 844,
  },
];

async function forReadme(browser: Browser, program: Program) {
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const picture of LIVE) {
    await takePicture(browser, program, picture, FOLDER);
  }
  await takeFilm(browser, program, `${FOLDER}round.webp`);
  await selectThai(program);
  for (const picture of WON) {
    await takePicture(browser, program, picture, FOLDER);
  }
}

/** Selects somebody of the first ten who has said something in Thai. */
async function selectThai(program: Program) {
  const { items } = (await api(program, "comments?limit=100"))
    .body as unknown as Page<FeedComment>;
  const { rows } = (await api(program, "board?limit=10"))
    .body as unknown as BoardPage;
  const first = new Set(rows.map((row) => row.viewerId));
  const isThai = ({ text }: FeedComment) => /^[\u0e00-\u0e7f ]{6,}/.test(text);
  const said = items.find((each) => first.has(each.viewerId) && isThai(each));
  const choice = said
    ? { viewerId: said.viewerId, comment: said.id }
    : { comment: "latest" };
  await api(program, "commands", { type: "selectWinner", ...choice });
}

/** A program whose simulated room has been at it for a while. */
async function openEvening(folder: string): Promise<Program> {
  const program = await startProgram({
    ROOM: "simulated",
    CHANNEL: "demo",
    SIMULATED_SEED: "11",
    SIMULATED_PACE: "25",
    DATA_DIR: folder,
  });
  await until("there is a race", async () => {
    const state = (await api(program, "state")).body as unknown as DeskState;
    if (state.frame.viewers < RACERS) return false;
    const { rows } = (await api(program, `board?limit=${RACERS}`))
      .body as unknown as BoardPage;
    return (rows.at(-1)?.points ?? 0) >= POINTS;
  }, 120);
  return program;
}

const { values } = parseArgs({
  args: Deno.args,
  options: { all: { type: "string" } },
});
const folder = await Deno.makeTempDir();
const program = await openEvening(folder);
const browser = await openChromium();
try {
  if (values.all === undefined) await forReadme(browser, program);
  else await takeAll(browser, program, values.all);
} finally {
  await browser.close();
  await program.end();
  await Deno.remove(folder, { recursive: true });
}
