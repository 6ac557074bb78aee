/**
 * A whole evening on the hosted panel, as a host sees it: the built project in
 * a folder that cannot be written, with leave for the network, reading and the
 * environment alone; the game in a process elsewhere, which hears TikTok's
 * stand-in; a Redis between them; and a real browser, which signs in with an
 * account. Half-way the hosted process is killed, and another one takes its
 * place at the same address.
 */
import { deepStrictEqual as equal, match, ok, strictEqual } from "node:assert";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { type Language, type Texts, textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { readOnlyCopy } from "@/testing/deployed.ts";
import { CLIENT, startOAuth } from "@/testing/oauth_server.ts";
import {
  type Environment,
  type Program,
  startProgram,
  until,
} from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";
import { chat, gift, ROSE, type Sender } from "@/testing/tiktok_messages.ts";
import type { Room } from "@/testing/tiktok_room.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";

const CHANNEL = "studio";
const SOM: Sender = { id: "11", handle: "som", nickname: "ส้ม 🍊" };
const MEY: Sender = { id: "12", handle: "mey", nickname: "น้องเมย์" };

/** What a browser complains of; a process that is away is no surprise. */
function listen(page: Page, said: string[]) {
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => said.push(error.message));
  page.on("console", (message) => {
    const text = `${message.text()} (${message.location().url})`;
    const isExpected =
      /net::ERR_|status of (401|404|503)|403 .*\/oauth\/other\/callback/
        .test(text);
    if (/Content.Security.Policy/i.test(text)) said.push(text);
    else if (message.type() === "error" && !isExpected) said.push(text);
  });
}

/** Text of a file that a link downloads. */
async function download(page: Page, link: Locator): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    link.click(),
  ]);
  return await Deno.readTextFile((await file.path())!);
}

Deno.test({
  name: "a hosted evening in the browser, with its process killed half-way",
  // The browser outlives a step of its own closing.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () => hosted((place) => evening(place, "th")),
});

/** Where the evening is. */
interface Hosted {
  /** Where the panel is, whichever process serves it. */
  url: string;
  context(language: Language): Promise<BrowserContext>;
  tiktok: Awaited<ReturnType<typeof startTikTok>>;
  provider: ReturnType<typeof startOAuth>;
  /** SIGKILL for the hosted process, and another in its place. */
  replace(): Promise<void>;
  /** All that was printed by anybody. */
  printed(): string;
}

async function hosted(work: (place: Hosted) => Promise<void>) {
  const [redis, data, deployed, tiktok, browser] = await Promise.all([
    startRedis(),
    Deno.makeTempDir(),
    readOnlyCopy(),
    startTikTok(),
    openChromium(),
  ]);
  const provider = startOAuth();
  const running: Program[] = [];
  const start = async (settings: Environment, root?: string) => {
    const program = await startProgram(
      { REDIS_URL: redis.url, LOCAL_TRUST: "0", ...settings },
      root,
    );
    running.push(program);
    return program;
  };
  const web = {
    ROLE: "web",
    HOSTS: "other:ann",
    OAUTH_OTHER_ID: CLIENT.id,
    OAUTH_OTHER_SECRET: CLIENT.secret,
    OAUTH_OTHER_URL: provider.url,
  };
  try {
    await start({
      ROLE: "ingest",
      DATA_DIR: data,
      TIKTOK_WEB_URL: tiktok.url,
      TIKTOK_SIGN_URL: tiktok.url,
    });
    let serving = await start(web, deployed);
    const { url } = serving;
    await until("the game is there", async () => {
      const ready = await fetch(`${url}/readyz`);
      await ready.body?.cancel();
      return ready.ok;
    });
    await work({
      url,
      tiktok,
      provider,
      context: (language) =>
        browser.newContext({
          viewport: { width: 1440, height: 900 },
          locale: language === "th" ? "th-TH" : "en-US",
          reducedMotion: "reduce",
          acceptDownloads: true,
        }),
      async replace() {
        await serving.end("SIGKILL");
        serving = await start({ ...web, PORT: new URL(url).port }, deployed);
        strictEqual(serving.url, url);
      },
      printed: () => running.map(({ printed }) => printed()).join("\n"),
    });
  } finally {
    await browser.close();
    await Promise.all(running.map((program) => program.end()));
    await tiktok.close();
    await provider.stop();
    await redis.stop();
    await Deno.remove(data, { recursive: true });
    await Deno.remove(deployed, { recursive: true });
  }
}

/** What both pages of an evening need. */
interface Evening extends Hosted {
  texts: Texts;
  room: Room;
  /** The panel, and the overlay in another browser. */
  page: Page;
  obs: Page;
  button(name: string): Locator;
  /** Waits until the panel's board, or the overlay's, has these, in order. */
  panelShows(...viewers: Sender[]): Promise<void>;
  overlayShows(...viewers: Sender[]): Promise<void>;
}

async function evening(place: Hosted, language: Language) {
  const said: string[] = [];
  const open = async () => {
    const page = await (await place.context(language)).newPage();
    listen(page, said);
    return page;
  };
  const [page, obs] = [await open(), await open()];
  const shows = (read: () => Promise<string[]>) => (...viewers: Sender[]) => {
    const names = viewers.map(({ nickname }) => nickname).join();
    return until(names, async () => (await read()).join() === names);
  };
  const kit: Evening = {
    ...place,
    texts: textsOf(language),
    room: place.tiktok.room(CHANNEL),
    page,
    obs,
    button: (name) => page.getByRole("button", { name, exact: true }),
    panelShows: shows(() => page.locator(".row .who > bdi").allInnerTexts()),
    overlayShows: shows(() => namesOn(obs)),
  };
  await signIn(kit);
  await begin(kit);
  const key = await openOverlay(kit);
  await survive(kit);
  await selectWinner(kit);
  await goOn(kit);
  await lookBack(kit);
  await visitTheRest(kit);
  const token = await leave(kit);
  equal(said, []);
  for (const secret of [key, token, CLIENT.secret]) {
    ok(!place.printed().includes(secret), "a secret is in a log");
  }
}

/** Names by their places: an overlay's rows move, and stay in the document. */
function namesOn(overlay: Page): Promise<string[]> {
  return overlay.locator(".row:not([data-away])").evaluateAll((rows) =>
    rows.sort((a, b) =>
      Number(a.getAttribute("data-place")) -
      Number(b.getAttribute("data-place"))
    ).map((row) => row.querySelector(".name")!.textContent ?? "")
  );
}

/** A stranger gets no panel, an account on no list none, Ann hers. */
async function signIn({ page, texts, url, provider }: Evening) {
  const { access, errors } = texts;
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  await page.goto(`${url}/admin`);
  await page.getByText(errors.signIn).waitFor();
  provider.name = "eve";
  await page.goto(`${url}/signin`);
  await link(access.with("OpenID")).click();
  await page.getByText(access.problems.notListed("other:eve")).waitFor();
  provider.name = "ann";
  await link(access.signIn).click();
  await link(access.with("OpenID")).click();
  await page.waitForURL(`${url}/admin`);
  await page.locator('.panel[data-ready="true"]').waitFor();
}

/** Connects the channel and starts a game. */
async function begin({ page, texts, button }: Evening) {
  await page.getByLabel(texts.connection.field).fill(`@${CHANNEL}`);
  await button(texts.connection.connect).click();
  await page.getByText(texts.connection.states.live).waitFor();
  await page.getByLabel(texts.game.titleField).fill("Friday");
  await button(texts.game.start).click();
  await page.locator(".tile.tone-open", { hasText: "Friday" }).waitFor();
}

/** Makes a key in the panel and opens the overlay with it; the key. */
async function openOverlay(kit: Evening): Promise<string> {
  const { page, obs, texts: { access }, button, url, room } = kit;
  await page.locator(".top .square").click();
  const keys = page.getByRole("region", { name: access.keys, exact: true });
  await keys.getByLabel(access.keyLabel).fill("OBS");
  await button(access.keyMake).click();
  const link = await keys.getByLabel(access.keyOverlay).inputValue();
  match(link, new RegExp(`^${url}/overlay\\?key=[\\w-]{32}$`));
  await page.keyboard.press("Escape");
  await obs.goto(link);
  room.send([
    gift(SOM, ROSE, { count: 2, end: true, group: "1" }),
    gift(MEY, ROSE, { count: 1, end: true, group: "2" }),
    chat(SOM, "ร้องเพลงหน่อย"),
  ]);
  await kit.panelShows(SOM, MEY);
  await kit.overlayShows(SOM, MEY);
  return new URL(link).searchParams.get("key")!;
}

/** The hosted process dies and another one comes; nobody touches a page. */
async function survive(kit: Evening) {
  const { page, texts, room } = kit;
  const replaced = kit.replace();
  room.send([gift(MEY, ROSE, { count: 3, end: true, group: "3" })]);
  await page.getByText(texts.panel.lost).waitFor();
  await replaced;
  await page.getByText(texts.panel.lost).waitFor({ state: "detached" });
  await kit.panelShows(MEY, SOM);
  await kit.overlayShows(MEY, SOM);
}

/** Freezes, selects Som, takes it back, and selects Som again. */
async function selectWinner(kit: Evening) {
  const { page, obs, texts, button, room } = kit;
  await button(texts.game.freeze(5)).click();
  await obs.locator(".countdown").waitFor();
  await page.locator(".tile.tone-frozen").waitFor();
  room.send([gift(SOM, ROSE, { count: 99, end: true, group: "4" })]); // late

  const select = async () => {
    await page.locator(".row", { hasText: SOM.nickname! }).click();
    await page.locator(".viewer .big").waitFor();
    await button(texts.winner.select).click();
    await page.locator("#confirm-winner:focus").waitFor();
    await page.keyboard.press("Enter");
  };
  const card = obs.locator('.card[data-kind="winner"]');
  await select();
  await card.getByText("ร้องเพลงหน่อย").waitFor();
  strictEqual(await card.locator(".card-name").innerText(), SOM.nickname);
  await kit.panelShows(MEY);
  await button(texts.game.undo(texts.steps.winnerSelected(SOM.nickname!)))
    .click();
  await card.waitFor({ state: "detached" });
  await kit.panelShows(MEY, SOM);
  await select();
  await card.locator(".card-name").waitFor();
  await kit.overlayShows(MEY);
}

/** Opens again; what comes now counts, what came late does not. */
async function goOn(kit: Evening) {
  const { page, texts, button, room } = kit;
  await button(texts.game.open).click();
  await page.locator(".tile.tone-open").nth(1).waitFor();
  room.send([gift(SOM, ROSE, { count: 1, end: true, group: "5" })]);
  await kit.panelShows(MEY, SOM);
  await page.locator(".row", { hasText: SOM.nickname! }).click();
  const viewer = page.locator(".part.viewer");
  await viewer.locator(".receipts summary").click();
  await viewer.locator(".receipt").nth(5).waitFor();
  const gains = await viewer.locator(".receipt .gain").allInnerTexts();
  strictEqual(gains.reduce((sum, gain) => sum + Number(gain), 0), 5);
  strictEqual(await viewer.locator(".big").innerText(), "5");
}

/** Ends the game, reads its page, and takes both exports. */
async function lookBack({ page, texts, button, url }: Evening) {
  await page.locator(".tile", { hasText: "Friday" }).click();
  await button(texts.game.end).click();
  await button(texts.game.endConfirm).click();
  await page.locator(".tile.tone-ended").waitFor();
  await page.goto(`${url}/sessions`);
  await page.locator(".games a", { hasText: "Friday" }).click();
  await page.getByRole("heading", { name: "Friday" }).waitFor();
  const wins = page.locator(".wins").first().locator("li");
  strictEqual(await wins.count(), 1, "the win that was undone is none");
  match(await wins.innerText(), /ส้ม[^]*ร้องเพลงหน่อย[^]*10/);

  const { csv, jsonl } = texts.sessions;
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  match(await download(page, link(csv)), /น้องเมย์/);
  const lines = (await download(page, link(jsonl))).trimEnd().split("\n");
  const [header, last] = [lines[0]!, lines.at(-1)!].map((line) =>
    JSON.parse(line)
  );
  strictEqual(header.format, "tiktok-live-support/1");
  strictEqual(last.type, "end");
  const board = `${MEY.id}\t20\n${SOM.id}\t5`;
  const bytes = new TextEncoder().encode(board);
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  strictEqual(last.board, new Uint8Array(hash).toHex());
}

/** Pages that an evening does not lead to; the console is to stay clean. */
async function visitTheRest({ page, url, texts }: Evening) {
  for (const path of ["/", "/buttons", "/pair?code=gone", "/nowhere"]) {
    await page.goto(url + path);
    await page.getByRole("link", { name: texts.app.source }).waitFor();
  }
}

/** Signs out: the panel is closed, also for a copy of the cookie. */
async function leave(kit: Evening): Promise<string> {
  const { page, texts: { access, errors }, button, url } = kit;
  await page.goto(`${url}/admin`);
  await page.locator('.panel[data-ready="true"]').waitFor();
  const cookies = await page.context().cookies(url);
  const cookie = cookies.find(({ name }) => name === "sign_in")!;
  ok(cookie.httpOnly);
  strictEqual(cookie.sameSite, "Strict");
  await page.locator(".top .square").click();
  await button(access.signOut).click();
  await button(access.signOutSure).click();
  await page.waitForURL(`${url}/signin`);
  await page.goto(`${url}/admin`);
  await page.getByText(errors.signIn).waitFor();
  const headers = { cookie: `sign_in=${cookie.value}` };
  const kept = await fetch(`${url}/api/state`, { headers });
  await kept.body?.cancel();
  strictEqual(kept.status, 401);
  return cookie.value;
}
