/**
 * Everything from the keyboard, in either language, in light and dark.
 */
import {
  deepStrictEqual as equal,
  match,
  notStrictEqual,
  strictEqual,
} from "node:assert";
import type { Page } from "playwright-core";
import { SHORTCUT_KEYS, WORD_MS } from "@/components/panel/shortcut.ts";
import { textsOf } from "@/locales/mod.ts";
import { faults } from "@/testing/panel_faults.ts";
import {
  board,
  crowd,
  EVIL,
  flow,
  MEY,
  phase,
  play,
  ready,
  roses,
  setUp,
  SOM,
} from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";

flow("the sheet names every key, and each does as it says", async (kit) => {
  const { page, texts, room, program, button, show } = kit;
  const { keyboard } = page;
  await setUp(program, { freezeSeconds: 30 });
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);

  await keyboard.press("?");
  const sheet = page.getByRole("dialog");
  for (const [shortcut, key] of SHORTCUT_KEYS) {
    const line = sheet.locator(".keys > div").filter({
      has: page.locator("kbd").getByText(key, { exact: true }),
    });
    await line.getByText(texts.keys[shortcut], { exact: true }).first()
      .waitFor();
  }
  await keyboard.press("f");
  await keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await phase(page, "open");

  await keyboard.press("f");
  await phase(page, "closing");
  await keyboard.press("f");
  await phase(page, "open");
  const kept = texts.steps.freezeCancelled(null);
  await button(texts.game.undo(kept)).waitFor();
  await keyboard.press("u");
  await phase(page, "closing");
  await button(texts.game.redo(kept)).waitFor();
  await keyboard.press("r");
  await phase(page, "open");
  await keyboard.press("w");
  await page.locator("#confirm-winner:focus").waitFor();
  await keyboard.press("Enter");
  await phase(page, "frozen");
  await board(page, MEY.nickname);
  await keyboard.press("3");
  await page.locator(".on-air.winner").waitFor();
  await keyboard.press("c");
  await page.locator(".on-air.empty").waitFor();
  await keyboard.press("o");
  await phase(page, "open");

  await keyboard.press("2");
  const line = page.locator(".comments .comment", { hasText: "สวัสดี" });
  await line.getByRole("button", { name: texts.app.more }).press("Enter");
  await line.getByRole("button", { name: texts.queue.add }).last()
    .press("Enter");
  await keyboard.press("3");
  await page.locator(".queue .comment.next").waitFor();
  await keyboard.press("n");
  await page.locator(".on-air-text", { hasText: "สวัสดี" }).waitFor();

  await keyboard.press("4");
  await page.locator(".more .health").waitFor();
  await keyboard.press("1");
  await page.locator(".row").first().waitFor();
  await keyboard.press("/");
  await page.locator("#board-search:focus").waitFor();
  await keyboard.type("foo");
  await page.getByText(texts.board.noMatch("foo")).waitFor();
  await page.locator("#board-search").fill("MEY");
  await board(page, MEY.nickname);
  await keyboard.press("Tab");
  await page.locator(".row").first().press("Enter");
  await page.locator(".viewer .big").waitFor();
  const { isOut, isBlocked } = texts.viewer;
  const pill = (words: string) =>
    page.locator(".viewer .pill", { hasText: words });
  await keyboard.press("p");
  await pill(isOut).waitFor();
  await keyboard.press("p");
  await pill(isOut).waitFor({ state: "detached" });
  await page.waitForTimeout(WORD_MS); // what comes sooner is part of a word
  await keyboard.press("b");
  await page.locator("#viewer-block.armed:focus").waitFor();
  strictEqual(await pill(isBlocked).count(), 0);
  await keyboard.press("b");
  await pill(isBlocked).waitFor();
  await keyboard.press("b");
  await pill(isBlocked).waitFor({ state: "detached" });
  await keyboard.press("Escape");
  await page.locator(".viewer .big").waitFor({ state: "detached" });
  await show("board");
});

flow("the language changes in place and stays", async (kit) => {
  const { page, texts, place, press, show } = kit;
  const other = place.language === "th" ? "en" : "th";
  const words = textsOf(other);
  const isNarrow = place.width < 720;
  if (isNarrow) await show("more");
  const switches = isNarrow ? ".more" : ".top";
  await press(page.locator(`${switches} .languages [lang="${other}"]`));
  await page.locator(".part.board h2", { hasText: words.board.title })
    .waitFor({ state: "attached" });
  const html = page.locator("html");
  strictEqual(await html.getAttribute("lang"), other);
  const left = await page.locator("button", {
    hasText: texts.winner.select,
  }).count();
  strictEqual(left, 0);
  await page.reload();
  await ready(page);
  strictEqual(await html.getAttribute("lang"), other);
  await page.locator("button", { hasText: words.winner.select }).waitFor();
});

/** The colour behind everything. */
const ground = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

flow("light or dark, nothing is too small or too wide", async (kit) => {
  const { page, texts, room, press, show } = kit;
  await play(kit);
  crowd(room);
  room.send(roses(EVIL, 9));
  await page.locator(".row").nth(2).waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await ground(page);
  await page.emulateMedia({ colorScheme: "light" });
  notStrictEqual(await ground(page), dark);
  equal(await faults(page), []);
  await press(page.locator(".row").first());
  await page.locator(".viewer .big").waitFor();
  match(await page.locator(".viewer h2").innerText(), /^<img src=x/);
  equal(await faults(page), []);
  await page.keyboard.press("Escape");
  for (const tab of ["comments", "stage", "more"] as const) {
    await show(tab);
    equal(await faults(page), []);
  }
  await press(page.locator(".rates summary"));
  await press(page.locator(".words summary"));
  await page.locator(".presets").waitFor();
  equal(await faults(page), []);
  await until(
    "the title is the program's",
    async () => await page.title() === `${texts.app.panel} · ${texts.app.name}`,
  );
});
