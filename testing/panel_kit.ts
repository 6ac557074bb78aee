/**
 * The panel in a real Chromium, on the real program, with a stand-in for
 * TikTok: what the tests of the panel share. Importing it opens the browser for
 * the tests of the file that does.
 *
 * @module
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import type { SettingsChange } from "@/core/shapes/settings.ts";
import type { Phase } from "@/core/frame.ts";
import type { DeskState } from "@/core/views.ts";
import { type Texts, textsOf } from "@/locales/mod.ts";
import { openChromium } from "./chromium.ts";
import type { Press } from "./confirm.ts";
import { type Place, placeName, placesOf } from "./panel_places.ts";
import { api, type Program, startProgram, until } from "./program.ts";
import { chat, gift, ROSE, type Sender } from "./tiktok_messages.ts";
import type { Room } from "./tiktok_room.ts";
import { startTikTok, type TikTokServer } from "./tiktok_server.ts";

export { faults } from "./panel_faults.ts";
export { DESKTOP, DOCK } from "./panel_places.ts";

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

type Tab = "board" | "comments" | "stage" | "more";

/** What a test has. */
export interface Kit {
  place: Place;
  page: Page;
  texts: Texts;
  room: Room;
  tiktok: TikTokServer;
  program: Restartable;
  /** A button by what it says. */
  button(name: string): Locator;
  /** A tap or a click, whichever the place has. */
  press: Press;
  /** Shows a part that a narrow screen keeps behind a tab. */
  show(tab: Tab): Promise<void>;
  /**
   * A page of another device, so that neither lies in the background of the
   * other; what goes wrong there fails, too.
   */
  open(path: string): Promise<Page>;
  /** The same panel on a moderator's device. */
  asModerator(): Promise<Page>;
}

let browser: Browser | null = null;
let tiktok: TikTokServer | null = null;
let shared: Promise<Stage> | null = null;
let turn = 0;

Deno.test.beforeAll(async () => {
  [browser, tiktok] = await Promise.all([openChromium(), startTikTok()]);
});
Deno.test.afterAll(async () => {
  await (await shared)?.close();
  await browser?.close();
  await tiktok?.close();
});

/** Walks a flow on every screen, on a program that the file's flows share. */
export function flow(name: string, walk: (kit: Kit) => Promise<void>) {
  for (const place of placesOf(turn++)) {
    test(at(name, place), async () => {
      const { program } = await (shared ??= openStage());
      await reset(program);
      await onPanel(program, place, walk);
    });
  }
}

/** The same with a program of its own, for a flow that disturbs others. */
export function flowAlone(name: string, walk: (kit: Kit) => Promise<void>) {
  for (const place of placesOf(turn++)) check(at(name, place), place, walk);
}

/** Runs an evening at one place on a fresh program. */
export function check(
  name: string,
  place: Place,
  evening: (kit: Kit) => Promise<void>,
) {
  test(name, async () => {
    const { program, close } = await openStage();
    try {
      await onPanel(program, place, evening);
    } finally {
      await close();
    }
  });
}

function test(name: string, run: () => Promise<void>) {
  // The browser and the stand-in outlive each test.
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test({ name, ...options }, run);
}

const at = (name: string, place: Place) => `${name} (${placeName(place)})`;

/** A program over an empty folder. */
interface Stage {
  program: Restartable;
  close(): Promise<void>;
}

async function openStage(): Promise<Stage> {
  const folder = await Deno.makeTempDir();
  const program = await restartable({
    DATA_DIR: folder,
    TIKTOK_WEB_URL: tiktok!.url,
    TIKTOK_SIGN_URL: tiktok!.url,
  });
  return {
    program,
    async close() {
      await program.end();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Leaves an empty game that has ended, and the channel connected if it was. */
async function reset(program: Program) {
  await command(program, { type: "newSession" });
  await command(program, { type: "endSession" });
  await setUp(program, DEFAULT_SETTINGS);
}

/** Opens the panel for one test, and expects a clean console. */
async function onPanel(
  program: Restartable,
  place: Place,
  evening: (kit: Kit) => Promise<void>,
) {
  const { language, width, height, touch } = place;
  const devices: BrowserContext[] = [];
  const said: string[] = [];
  const press: Press = (target, options) =>
    touch ? target.tap(options) : target.click(options);
  const open = async (path: string) => {
    const device = await browser!.newContext({
      viewport: { width, height },
      hasTouch: touch ?? false,
      locale: language === "th" ? "th-TH" : "en-US",
      reducedMotion: "reduce",
    });
    devices.push(device);
    device.setDefaultTimeout(60_000);
    const page = await device.newPage();
    listen(page, said);
    await page.goto(new URL(path, program.url).href);
    return page;
  };
  try {
    const page = await open("/admin");
    await ready(page);
    await evening({
      place,
      page,
      texts: textsOf(language),
      room: tiktok!.room(CHANNEL),
      tiktok: tiktok!,
      program,
      button: (name) => page.getByRole("button", { name, exact: true }),
      press,
      show: (tab) => show(page, place, tab, press),
      open,
      asModerator: () => openAsModerator(program, open),
    });
    equal(said, []);
  } finally {
    for (const device of devices) await device.close();
  }
}

function listen(page: Page, said: string[]) {
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => {
    // A program that was stopped, a step that was refused, a page not there, or
    // a device that was signed out.
    const isExpected = /net::ERR_|status of 40[0149]/.test(message.text());
    if (message.type() === "error" && !isExpected) said.push(message.text());
  });
}

/** Waits until the browser has taken over the panel. */
export const ready = (page: Page) =>
  page.locator('.panel[data-ready="true"]').waitFor();

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

/** Opens the tab of a part, where it is not in sight anyway. */
async function show(
  page: Page,
  { width }: Place,
  tab: Tab,
  press: Kit["press"],
) {
  if (width >= 1180) {
    if (tab === "more") await press(page.locator(".top .square"));
    return;
  }
  if (width >= 720 && tab === "board") return;
  await press(page.locator(`.tab[data-tab="${tab}"]`));
}

/** A name of this machine that is not trusted like `localhost` itself. */
const ELSEWHERE = "moderator.localhost";

async function openAsModerator(
  program: Program,
  open: Kit["open"],
): Promise<Page> {
  const made = await api(program, "keys", {
    role: "moderator",
    label: "Helper",
  });
  const url = new URL(program.url);
  url.hostname = ELSEWHERE;
  url.pathname = "/signin";
  url.searchParams.set("key", String(made.body.key));
  const page = await open(url.href);
  await page.waitForURL("**/admin"); // where a new key leads
  await ready(page);
  return page;
}

/** Gives a command as the host's own machine. */
export async function command(program: Program, body: Record<string, unknown>) {
  const answer = await api(program, "commands", body);
  ok(answer.status === 200, JSON.stringify(answer.body));
}

/** How everything stands, as the server says it. */
export async function stateOf(program: Program): Promise<DeskState> {
  return (await api(program, "state")).body as unknown as DeskState;
}

/** Changes settings behind the panel's back. */
export async function setUp(program: Program, change: SettingsChange) {
  const response = await fetch(`${program.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  ok(response.ok, await response.text());
}

/** A short countdown, so that nobody waits. */
export const countdownOf = (freezeSeconds: number, program: Program) =>
  setUp(program, { freezeSeconds });

/** Connects, unless it is. */
export async function connect({ program, room }: Kit) {
  const { connection } = await stateOf(program);
  if (connection.state !== "live") {
    await command(program, { type: "connect", channel: CHANNEL });
  }
  await room.entered();
  await until(
    "the channel is live",
    async () => (await stateOf(program)).connection.state === "live",
  );
}

/** Connects and starts, as a script would. */
export async function play(kit: Kit, title = "Friday") {
  await connect(kit);
  await command(kit.program, { type: "newSession", title });
}

let lastCombo = 0;
/** A combo that has ended, of Roses worth 5 points each. */
export function roses(from: Sender, count: number) {
  const group = String(++lastCombo);
  return gift(from, ROSE, { count, end: true, group });
}

/** Ten points a rose pair for Som, five for Mey; both have said something. */
export function crowd(room: Room) {
  room.send([
    roses(SOM, 2),
    roses(MEY, 1),
    chat(SOM, "ร้องเพลงหน่อย"),
    chat(MEY, "สวัสดีค่ะ"),
  ]);
}

/** Waits until the panel shows a phase of the game. */
export const phase = (page: Page, name: Phase) =>
  page.locator(`.panel[data-phase="${name}"]`).waitFor();

/** Names on the board, in order. */
export const names = (page: Page) =>
  page.locator(".row .who > bdi").allInnerTexts();

/** Waits until the board has these names, in this order. */
export async function board(page: Page, ...expected: (string | undefined)[]) {
  await until(
    `the board is ${expected.join()}`,
    async () => (await names(page)).join() === expected.join(),
  );
}

/** Waits for what is inside an element to be this, and nothing else. */
export async function reads(target: Locator, text: string) {
  await until(
    `it reads ${text}`,
    async () =>
      (await target.innerText()).replaceAll(/\s+/g, " ").trim() === text,
  );
}
