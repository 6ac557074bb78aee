/**
 * OBS in the panel: set up in a dock, on the real program, with a stand-in for
 * OBS.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Browser, Page } from "playwright-core";
import { LIMITS } from "@/core/limits.ts";
import { type Texts, textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { confirm } from "@/testing/confirm.ts";
import { type ObsServer, startObs } from "@/testing/obs_server.ts";
import { type Program, startProgram, until } from "@/testing/program.ts";

const PASSWORD = "a secret of OBS";
let browser: Browser | null = null;

Deno.test.beforeAll(async () => void (browser = await openChromium()));
Deno.test.afterAll(async () => await browser?.close());

for (const language of ["th", "en"] as const) {
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test(
    `OBS is set up in a dock of 300 px (${language})`,
    options,
    async () => {
      const server = startObs({ password: PASSWORD });
      const folder = await Deno.makeTempDir();
      const program = await startProgram({
        DATA_DIR: folder,
        ROOM: "simulated",
        CHANNEL: "demo",
      });
      const context = await browser!.newContext({
        viewport: { width: 300, height: 800 },
        locale: language === "th" ? "th-TH" : "en-US",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const said: string[] = [];
      page.on("pageerror", (error) => said.push(error.message));
      try {
        await page.goto(`${program.url}/admin?dock`);
        await page.locator('.panel[data-ready="true"]').waitFor();
        await evening(page, server, program, textsOf(language));
        ok(!(await page.content()).includes(PASSWORD));
        equal(said, []);
      } finally {
        await context.close();
        await program.end();
        server.hangUp(1000);
        await server.close();
        await Deno.remove(folder, { recursive: true });
      }
    },
  );
}

async function evening(
  page: Page,
  server: ObsServer,
  program: Program,
  { access, obs: texts, settings }: Texts,
) {
  const button = (name: string) =>
    page.getByRole("button", { name, exact: true });
  const tab = (name: string) => page.locator(`.tab[data-tab="${name}"]`);
  const part = page.locator(".obs-part");
  const say = (words: string) =>
    part.getByText(words, { exact: true }).waitFor();

  // Two wrong steps, each said in words, and the right one.
  await tab("more").click();
  await say(texts.sentences.off);
  await part.getByLabel(texts.address).fill("127.0.0.1:1");
  await button(texts.save).click();
  await say(texts.sentences.refused);
  await part.getByLabel(texts.address).fill(server.address);
  await button(texts.save).click();
  await say(texts.needsPassword);
  await part.getByLabel(texts.password, { exact: true }).fill(PASSWORD);
  await button(texts.save).click();
  await say(texts.states.connected);
  strictEqual(
    await part.getByLabel(texts.password, { exact: true }).inputValue(),
    "",
  );
  await button(texts.test).click();
  await page.getByText(texts.tested).waitFor();

  // A rule, and what came of it.
  const rule = part.getByLabel(texts.moments.frozen, { exact: true });
  await rule.selectOption("Host");
  await say(texts.never);
  const delay = part.getByLabel(texts.delayOf(texts.moments.frozen));
  for (const bad of ["", "60.5", "-1"]) {
    await delay.fill(bad);
    await delay.press("Tab");
    const { min, max } = LIMITS.ruleDelay;
    await part.locator(".note.bad", { hasText: settings.between(min, max) })
      .waitFor();
    strictEqual(await delay.getAttribute("aria-invalid"), "true");
  }
  for (const good of ["2.5", "0"]) {
    await delay.fill(good);
    await delay.press("Tab");
    await until("it is saved", async () => {
      const { rules } = await (await fetch(`${program.url}/api/obs`)).json();
      return String(rules.frozen.delay) === good;
    });
  }
  await fetch(`${program.url}/api/commands`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "freeze", seconds: 0 }),
  }).then((response) => response.body?.cancel());
  await part.getByText(new RegExp(`Host: ${texts.results.done}`)).waitFor();
  strictEqual(server.current, "Host");

  // Scenes as buttons, the one on air marked; only those that are allowed.
  // A box shows what the server says, which may come a moment after the click.
  await part.getByLabel(texts.all).click();
  await part.getByLabel("Winner", { exact: true }).click();
  await tab("stage").click();
  await page.locator('.scene[aria-pressed="true"]', { hasText: "Host" })
    .waitFor();
  await until(
    "two scenes are left",
    async () => await page.locator(".scene").count() === 2,
  );
  await button("Game").click();
  await page.locator('.scene[aria-pressed="true"]', { hasText: "Game" })
    .waitFor();
  strictEqual(server.current, "Game");

  // OBS quits, and is missed where it is looked for.
  const port = Number(new URL(server.address).port);
  server.hangUp(1001);
  await server.close();
  await page.locator(".controls").getByText(texts.sentences.quit).waitFor();
  ok(await page.locator(".scene").first().isDisabled());
  const again = startObs({ port, password: PASSWORD });
  await page.locator(".obs-scenes").getByText(texts.states.connected)
    .waitFor();
  Object.assign(server, again);

  // A key for a Stream Deck: one list of keys, masked, shown once, taken away.
  await tab("more").click();
  await part.getByRole("link", { name: texts.toKeys }).click();
  const keys = page.getByRole("region", { name: access.keys, exact: true });
  await until("the keys come into sight", async () => {
    const top = await keys.evaluate((all) => all.getBoundingClientRect().top);
    return top >= 0 && top < 700;
  });
  await keys.getByLabel(access.keyLabel).fill("Stream Deck");
  await keys.getByLabel(access.keyRole).selectOption("button");
  await button(access.keyMake).click();
  const shown = keys.getByLabel(access.keyOnce, { exact: true });
  const key = await shown.inputValue();
  const masking = () =>
    shown.evaluate((field) =>
      getComputedStyle(field).getPropertyValue("-webkit-text-security")
    );
  strictEqual(await masking(), "disc");
  await button(access.show).click();
  strictEqual(await masking(), "none");
  const press = async (key: string) => {
    const response = await fetch(`${program.url}/api/buttons/state`, {
      headers: { authorization: `Bearer ${key}` },
    });
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await press(key), 200);
  const line = keys.getByRole("listitem").filter({ hasText: "Stream Deck" });
  await line.getByText(access.usedAt(Date.now()).split(/\d/)[0]!).waitFor();
  await confirm(
    line.getByRole("button", { name: access.keyReplace }),
    line.getByRole("button", { name: access.keyReplaceSure }),
  );
  await until(
    "another key is shown",
    async () => await shown.inputValue() !== key,
  );
  strictEqual(await masking(), "disc", "a new key is masked again");
  const second = await shown.inputValue();
  strictEqual(await press(key), 401);
  strictEqual(await press(second), 200);
  await confirm(
    line.getByRole("button", { name: access.keyRevoke }),
    line.getByRole("button", { name: access.keyRevokeSure }),
  );
  await page.getByText(access.keyRevoked).waitFor();
  strictEqual(await press(second), 401);
  await shown.waitFor({ state: "detached" }); // gone, and so not shown on

  const wide = await page.evaluate(() =>
    document.documentElement.scrollWidth > innerWidth
  );
  ok(!wide, "nothing is wider than the dock");
}
