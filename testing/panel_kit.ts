/**
 * The panel in a real Chromium, on the real program, with a stand-in for
 * TikTok: what the tests of the panel share. Importing it opens the browser for
 * the tests of the file that does.
 *
 * @module
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { type Language, type Texts, textsOf } from "@/locales/mod.ts";
import { openChromium } from "./chromium.ts";
import { type Program, startProgram } from "./program.ts";
import { chat, gift, ROSE, type Sender } from "./tiktok_messages.ts";
import type { Room } from "./tiktok_room.ts";
import { startTikTok, type TikTokServer } from "./tiktok_server.ts";

/** The host. */
export const CHANNEL = "studio";
/** Leads, and asks for a song. */
export const SOM: Sender = { id: "11", handle: "som", nickname: "ส้ม 🍊" };
/** Comes second. */
export const MEY: Sender = { id: "12", handle: "mey", nickname: "น้องเมย์" };
/** A name that would be an element if it were ever taken for HTML. */
export const EVIL: Sender = {
  id: "13",
  handle: "evil",
  nickname: "<img src=x onerror=document.title='stolen'>",
};

/** Where and how the host works. */
export interface Place {
  language: Language;
  width: number;
  height: number;
}
/** A dock in OBS, in Thai. */
export const DOCK: Place = { language: "th", width: 300, height: 800 };
/** A wide screen, in English. */
export const DESKTOP: Place = { language: "en", width: 1440, height: 900 };

type Tab = "board" | "comments" | "stage" | "more";

/** What a test has. */
export interface Kit {
  page: Page;
  texts: Texts;
  room: Room;
  program: Restartable;
  /** A button by what it says. */
  button(name: string): Locator;
  /** Shows a part that a narrow screen keeps behind a tab. */
  show(tab: Tab): Promise<void>;
  /** The same panel on a moderator's device. */
  asModerator(): Promise<Page>;
}

let browser: Browser | null = null;
let tiktok: TikTokServer | null = null;

Deno.test.beforeAll(async () => {
  [browser, tiktok] = await Promise.all([openChromium(), startTikTok()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await tiktok?.close();
});

/** Runs an evening on a fresh program, and expects a clean console. */
export function check(
  name: string,
  place: Place,
  evening: (kit: Kit) => Promise<void>,
) {
  // The browser and the stand-in outlive each test.
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test({ name, ...options }, async () => {
    const folder = await Deno.makeTempDir();
    const program = await restartable(settings(folder));
    const { context, page, said } = await openPanel(program, place);
    const texts = textsOf(place.language);
    try {
      await evening({
        page,
        texts,
        room: tiktok!.room(CHANNEL),
        program,
        button: (name) => page.getByRole("button", { name, exact: true }),
        show: (tab) => show(page, place, tab),
        asModerator: () => openAsModerator(context, program, said),
      });
      equal(said, []);
    } finally {
      await context.close();
      await program.end();
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** A program that can end and come back at the same address. */
interface Restartable extends Program {
  stop(): Promise<void>;
  again(): Promise<void>;
}

async function restartable(
  environment: Record<string, string>,
): Promise<Restartable> {
  let program = await startProgram(environment);
  const { url } = program;
  const PORT = new URL(url).port;
  return {
    url,
    pid: program.pid,
    printed: () => program.printed(),
    end: (signal) => program.end(signal),
    async stop() {
      await program.end();
    },
    async again() {
      program = await startProgram({ ...environment, PORT });
    },
  };
}

function settings(folder: string) {
  return {
    DATA_DIR: folder,
    TIKTOK_WEB_URL: tiktok!.url,
    TIKTOK_SIGN_URL: tiktok!.url,
  };
}

/** Opens the tab of a part, where it is not in sight anyway. */
async function show(page: Page, { width }: Place, tab: Tab) {
  if (width >= 1180) {
    if (tab === "more") await page.locator(".top .square").click();
    return;
  }
  if (width >= 720 && tab === "board") return;
  await page.locator(`.tab[data-tab="${tab}"]`).click();
}

/** A name of this machine that is not trusted like `localhost` itself. */
const ELSEWHERE = "moderator.localhost";

async function openAsModerator(
  context: BrowserContext,
  program: Program,
  said: string[],
): Promise<Page> {
  const response = await fetch(`${program.url}/api/keys`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "moderator", label: "Helper" }),
  });
  const { key } = await response.json();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => said.push(error.message));
  const url = new URL(program.url);
  url.hostname = ELSEWHERE;
  url.pathname = "/signin";
  url.searchParams.set("key", key);
  await page.goto(url.href);
  await page.goto(new URL("/admin", url).href);
  await page.locator('.panel[data-ready="true"]').waitFor();
  return page;
}

async function openPanel(program: Program, place: Place) {
  const { language, width, height } = place;
  const context: BrowserContext = await browser!.newContext({
    viewport: { width, height },
    locale: language === "th" ? "th-TH" : "en-US",
    reducedMotion: "reduce",
  });
  const said: string[] = [];
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => {
    // A program that was stopped, a file that was refused, a page not there.
    const isExpected = /net::ERR_|status of 40[04]/.test(message.text());
    if (message.type() === "error" && !isExpected) said.push(message.text());
  });
  await page.goto(`${program.url}/admin`);
  await page.locator('.panel[data-ready="true"]').waitFor();
  return { context, page, said };
}

/** Gives a command as the host's own machine. */
export async function command(program: Program, body: Record<string, unknown>) {
  const response = await fetch(`${program.url}/api/commands`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  ok(response.ok, await response.text());
}

/** A short countdown, so that nobody waits. */
export async function countdownOf(seconds: number, program: Program) {
  const response = await fetch(`${program.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ freezeSeconds: seconds }),
  });
  ok(response.ok, await response.text());
}

/** Connects and starts, as a script would. */
export async function play({ program, room }: Kit) {
  await command(program, { type: "connect", channel: CHANNEL });
  await room.entered();
  await command(program, { type: "newSession", title: "Friday" });
}

/** Ten points a rose pair for Som, five for Mey; both have said something. */
export function crowd(room: Room) {
  room.send([
    gift(SOM, ROSE, { count: 2, end: true, group: "1" }),
    gift(MEY, ROSE, { count: 1, end: true, group: "2" }),
    chat(SOM, "ร้องเพลงหน่อย"),
    chat(MEY, "สวัสดีค่ะ"),
  ]);
}

/** Names on the board, in order. */
export const names = (page: Page) =>
  page.locator(".row .who > bdi").allInnerTexts();

/** Targets below 48 px, and whether the page scrolls sideways. */
export function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const targets = "button, a.button, summary, input:not(label input)";
    for (const element of document.querySelectorAll(targets)) {
      const { width, height } = element.getBoundingClientRect();
      const isSeen = width > 0 && height > 0 &&
        getComputedStyle(element).visibility !== "hidden";
      // Half a pixel may be lost to rounding.
      if (isSeen && (width < 47.5 || height < 47.5)) {
        found.push(`${element.className} ${width}×${height}`);
      }
    }
    if (document.documentElement.scrollWidth > innerWidth) {
      found.push("the page is too wide");
    }
    return found;
  });
}
