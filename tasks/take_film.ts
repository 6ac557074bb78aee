/**
 * A round as viewers see it, as one small moving WebP: the race, the seconds
 * to the close, the winner.
 *
 * @module
 */
import type { Browser, Page } from "playwright-core";
import { api, type Program } from "@/testing/program.ts";
import { putOnStage } from "./take_picture.ts";

/** Of the picture, in CSS pixels: a third of what OBS shows. */
const SIZE = { width: 360, height: 640 };
/** Between two pictures, in ms. */
const BEAT_MS = 100;
/** How long each part is watched, in ms. */
const RACE_MS = 4_000;
const CLOSE_SECONDS = 3;
const FROZEN_MS = 1_500;
const WINNER_MS = 5_000;
/** Of libwebp, of 100: its size beside its looks. */
const QUALITY = 55;

/** A picture, and how long it stands. */
interface Shot {
  bytes: Uint8Array;
  ms: number;
}

/**
 * Films the overlay of a program whose room is at it.
 *
 * @param path Of the film.
 * @throws {Error} If there is no `ffmpeg` that writes WebP.
 */
export async function takeFilm(
  browser: Browser,
  program: Program,
  path: string,
): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, locale: "en" });
  try {
    const page = await context.newPage();
    await page.goto(`${program.url}/overlay`);
    await putOnStage(page);
    await page.waitForTimeout(2_000); // it comes in
    const ask = (command: Record<string, unknown>) =>
      api(program, "commands", command);
    const shots = await watch(page, RACE_MS);
    await ask({ type: "freeze", seconds: CLOSE_SECONDS });
    shots.push(...await watch(page, CLOSE_SECONDS * 1000 + FROZEN_MS));
    await ask({ type: "selectWinner", comment: "latest" });
    shots.push(...await watch(page, WINNER_MS));
    await write(shots, path);
    await ask({ type: "undo" });
    await ask({ type: "open" });
  } finally {
    await context.close();
  }
}

async function watch(page: Page, ms: number): Promise<Shot[]> {
  const shots: Shot[] = [];
  const end = performance.now() + ms;
  for (let at = performance.now(); at < end;) {
    const bytes = await page.screenshot({ type: "png" });
    await page.waitForTimeout(
      Math.max(0, at + BEAT_MS - performance.now()),
    );
    const next = performance.now();
    shots.push({ bytes, ms: next - at });
    at = next;
  }
  return shots;
}

async function write(shots: Shot[], path: string): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const list = ["ffconcat version 1.0"];
    for (const [i, { bytes, ms }] of shots.entries()) {
      await Deno.writeFile(`${folder}/${i}.png`, bytes);
      list.push(`file ${i}.png`, `duration ${(ms / 1000).toFixed(3)}`);
    }
    await Deno.writeTextFile(`${folder}/list.txt`, list.join("\n"));
    const { success, stderr } = await new Deno.Command("ffmpeg", {
      args: [
        ...["-loglevel", "error", "-y", "-f", "concat", "-safe", "0"],
        ...["-i", `${folder}/list.txt`, "-vsync", "vfr", "-loop", "0"],
        ...["-c:v", "libwebp", "-quality", String(QUALITY)],
        ...["-compression_level", "6", path],
      ],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
