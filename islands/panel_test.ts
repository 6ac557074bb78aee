/**
 * The panel in a real Chromium, on the real program, with a stand-in for
 * TikTok: an evening as a host plays it, on a dock in Thai and on a desktop in
 * English.
 */
import { deepStrictEqual as equal, match, ok, strictEqual } from "node:assert";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { type Language, type Texts, textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { type Program, startProgram, until } from "@/testing/program.ts";
import { chat, gift, ROSE, type Sender } from "@/testing/tiktok_messages.ts";
import type { Room } from "@/testing/tiktok_room.ts";
import { startTikTok, type TikTokServer } from "@/testing/tiktok_server.ts";

const CHANNEL = "studio";
const SOM: Sender = { id: "11", handle: "som", nickname: "ส้ม 🍊" };
const MEY: Sender = { id: "12", handle: "mey", nickname: "น้องเมย์" };
/** A name that would be an element if it were ever taken for HTML. */
const EVIL: Sender = {
  id: "13",
  handle: "evil",
  nickname: "<img src=x onerror=document.title='stolen'>",
};

/** Where and how the host works. */
interface Place {
  language: Language;
  width: number;
  height: number;
}
const DOCK: Place = { language: "th", width: 300, height: 800 };
const DESKTOP: Place = { language: "en", width: 1440, height: 900 };

/** What a test has. */
interface Kit {
  page: Page;
  texts: Texts;
  room: Room;
  program: Restartable;
  /** A button by what it says. */
  button(name: string): Locator;
  /** Shows a part that a narrow screen keeps behind a tab. */
  show(tab: keyof Texts["panel"] & ("board" | "more" | "stage")): Promise<void>;
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
function check(
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
        async show(tab) {
          if (place.width >= 1180 && tab !== "more") return;
          const opener = place.width < 720
            ? page.locator(`.tab[data-tab="${tab}"]`)
            : page.locator(".top .square");
          await opener.click();
        },
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
    const isExpected = message.text().includes("net::ERR_");
    if (message.type() === "error" && !isExpected) said.push(message.text());
  });
  await page.goto(`${program.url}/admin`);
  await page.locator('.panel[data-ready="true"]').waitFor();
  return { context, page, said };
}

async function command(program: Program, body: Record<string, unknown>) {
  const response = await fetch(`${program.url}/api/commands`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  ok(response.ok, await response.text());
}

/** A short countdown, so that nobody waits. */
async function countdownOf(seconds: number, program: Program) {
  const response = await fetch(`${program.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ freezeSeconds: seconds }),
  });
  ok(response.ok, await response.text());
}

/** Connects and starts, as a script would. */
async function play({ program, room }: Kit) {
  await command(program, { type: "connect", channel: CHANNEL });
  await room.entered();
  await command(program, { type: "newSession", title: "Friday" });
}

/** Ten points a rose pair for Som, five for Mey; both have said something. */
function crowd(room: Room) {
  room.send([
    gift(SOM, ROSE, { count: 2, end: true, group: "1" }),
    gift(MEY, ROSE, { count: 1, end: true, group: "2" }),
    chat(SOM, "ร้องเพลงหน่อย"),
    chat(MEY, "สวัสดีค่ะ"),
  ]);
}

const names = (page: Page) => page.locator(".row .who > bdi").allInnerTexts();

for (const place of [DOCK, DESKTOP]) {
  const where = `${place.width} px, ${place.language}`;

  check(
    `an evening: connect, start, freeze, winner, undo (${where})`,
    place,
    async (kit) => {
      const { page, texts, room, program, button, show } = kit;
      await countdownOf(1, program);

      await page.getByLabel(texts.connection.field).fill(`@${CHANNEL}`);
      await button(texts.connection.connect).click();
      await page.getByText(texts.connection.states.live).waitFor();
      await page.getByLabel(texts.game.titleField).fill("Friday <b>night</b>");
      await button(texts.game.start).click();
      await page.locator(".tile.tone-open", { hasText: "Friday <b>night</b>" })
        .waitFor();

      await show("board");
      crowd(room);
      await page.locator(".row").nth(1).waitFor();
      equal(await names(page), ["ส้ม 🍊", "น้องเมย์"]);

      await button(texts.game.freeze(1)).click();
      await page.locator(".tile.tone-closing", { hasText: "1" }).waitFor();
      await page.locator(".tile.tone-frozen").waitFor();

      await button(texts.winner.select).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("ร้องเพลงหน่อย").waitFor();
      await page.locator("#confirm-winner:focus").waitFor();
      await page.keyboard.press("Enter");
      const undo = texts.game.undo(texts.steps.winnerSelected("ส้ม 🍊"));
      await button(undo).waitFor();
      await until(
        "Som leaves the board",
        async () => (await names(page)).join() === "น้องเมย์",
      );
      await show("stage");
      match(await page.locator(".on-air").innerText(), /ส้ม[^]*ร้องเพลงหน่อย/);

      await button(undo).click();
      await show("board");
      await until("Som is back", async () => (await names(page)).length === 2);
      await button(texts.game.redo(texts.steps.winnerSelected("ส้ม 🍊")))
        .waitFor();
      await button(texts.game.open).click();
      await page.locator(".tile.tone-open").nth(1).waitFor();
    },
  );

  check(
    `a viewer's points, receipts and comments (${where})`,
    place,
    async (kit) => {
      const { page, texts, room, button } = kit;
      await play(kit);
      crowd(room);
      await page.locator(".row").nth(1).click();
      const viewer = page.locator(".part.viewer");
      await viewer.getByRole("heading", { name: "น้องเมย์" }).waitFor();
      strictEqual(await viewer.locator(".big").innerText(), "5");

      await viewer.locator(".adjust summary").click();
      await viewer.getByLabel(texts.viewer.adjustField).fill("−2");
      await viewer.getByLabel(texts.viewer.adjustReason).fill("ตอบผิด");
      await viewer.locator(".adjust button").click();
      await until(
        "the points follow",
        async () => await viewer.locator(".big").innerText() === "3",
      );
      await viewer.locator(".receipts summary").click();
      await viewer.locator(".receipt", { hasText: "ตอบผิด" }).waitFor();
      const gains = await viewer.locator(".receipt .gain").allInnerTexts();
      equal(gains, ["-2", "0", "+5"]);

      await viewer.getByRole("button", { name: texts.comments.show }).click();
      await button(texts.game.undo(texts.steps.commentShown("น้องเมย์")))
        .waitFor();
      await button(texts.viewer.block).click();
      strictEqual(await viewer.locator(".pill.bad").count(), 0);
      await button(texts.viewer.blockConfirm).click();
      await viewer.locator(".pill.bad", { hasText: texts.viewer.isBlocked })
        .waitFor();
    },
  );

  check(`the language changes in place (${where})`, place, async (kit) => {
    const { page, show } = kit;
    const other = place.language === "th" ? "en" : "th";
    const switches = place.width < 720 ? ".more" : ".top";
    if (place.width < 720) await show("more");
    await page.locator(`${switches} .languages [lang="${other}"]`).click();
    const words = textsOf(other);
    await page.locator("button", { hasText: words.connection.connect })
      .first().waitFor();
    strictEqual(await page.locator("html").getAttribute("lang"), other);
    await page.reload();
    strictEqual(await page.locator("html").getAttribute("lang"), other);
  });

  check(`nothing is too small or too wide (${where})`, place, async (kit) => {
    const { page, room, show, texts } = kit;
    await play(kit);
    crowd(room);
    room.send(gift(EVIL, ROSE, { count: 9, end: true, group: "3" }));
    await page.locator(".row").nth(2).waitFor();
    equal(await faults(page), []);
    await page.locator(".row").first().click();
    await page.locator(".viewer .big").waitFor();
    match(await page.locator(".viewer h2").innerText(), /^<img src=x/);
    equal(await faults(page), []);
    await show("stage");
    equal(await faults(page), []);
    await show("more");
    await page.locator(".rates summary").click();
    equal(await faults(page), []);
    strictEqual(await page.title(), `${texts.app.panel} · ${texts.app.name}`);
  });
}

check("keys do what they say, but not while typing", DESKTOP, async (kit) => {
  const { page, texts, room } = kit;
  await play(kit);
  crowd(room);
  await page.locator(".row").nth(1).waitFor();

  await page.keyboard.press("/");
  await page.keyboard.type("foo");
  strictEqual(await page.locator("#board-search").inputValue(), "foo");
  await page.getByText(texts.board.noMatch("foo")).waitFor();
  await page.locator("#board-search").fill("เมย์");
  await until(
    "one row is left",
    async () => (await names(page)).join() === "น้องเมย์",
  );
  await page.locator("#board-search").fill("");
  await page.locator("#board-search").blur();

  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText(texts.keys.freeze).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("f");
  await page.locator(".tile.tone-closing").waitFor();
  await page.keyboard.press("f");
  await page.locator(".tile.tone-open").nth(1).waitFor();
  await page.keyboard.press("u");
  await page.locator(".tile.tone-closing").waitFor();
});

check("a lost program is said, and so is its return", DOCK, async (kit) => {
  const { page, texts, program } = kit;
  await play(kit);
  await page.locator(".tile.tone-open").nth(1).waitFor();
  await page.route("**/api/commands", (route) => route.abort());
  await page.locator(".actions button").first().click();
  await page.getByText(texts.errors.network).waitFor();
  await page.unroute("**/api/commands");
  strictEqual((await fetch(`${program.url}/healthz`)).status, 200);

  await program.stop();
  await page.getByText(texts.panel.lost).waitFor();
  strictEqual(await page.locator(".panel").getAttribute("data-lost"), "true");
  await program.again();
  await page.getByText(texts.panel.back).waitFor({ timeout: 30_000 });
  await page.getByText(texts.panel.lost).waitFor({ state: "detached" });
});

/** Targets below 48 px, and whether the page scrolls sideways. */
function faults(page: Page): Promise<string[]> {
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
