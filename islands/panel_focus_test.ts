import { strictEqual } from "node:assert";
import { check, command, crowd, flow, play } from "@/testing/panel_kit.ts";
import { DESKTOP, PHONE } from "@/testing/panel_places.ts";
import { until } from "@/testing/program.ts";
import type { Page } from "playwright-core";

/** The focus rests on what this selector finds. */
function focusOn(page: Page, selector: string): Promise<void> {
  return until(`the focus is on ${selector}`, () =>
    page.evaluate(
      (selector) => document.activeElement?.matches(selector) ?? false,
      selector,
    ));
}

flow("the focus comes back from what was opened", async (kit) => {
  const { page, place, show } = kit;
  await play(kit);
  crowd(kit.room);
  await page.locator(".row").nth(1).waitFor();
  await page.locator('.row[data-viewer="12"]').focus();
  await page.keyboard.press("Enter");
  await focusOn(page, ".viewer h2");
  await page.keyboard.press("a");
  await focusOn(page, '.adjust input[name="points"]');
  await page.keyboard.press("Escape");
  await focusOn(page, ".adjust > summary");
  await page.keyboard.press("Escape");
  await focusOn(page, '.row[data-viewer="12"]');
  await page.locator(".tile").nth(1).focus();
  await page.keyboard.press("g");
  await focusOn(page, '#card input[name="title"]');
  await page.keyboard.press("Escape");
  await focusOn(page, ".tile:nth-child(2)");
  if (place.width < 1180) return;
  await show("more");
  await focusOn(page, ".more h2");
  await page.keyboard.press("Escape");
  await focusOn(page, ".top .square");
});

check(
  "a comment is lined up, aired, marked and hidden by keys",
  DESKTOP,
  async (kit) => {
    const { page, texts } = kit;
    await play(kit);
    crowd(kit.room);
    await page.locator(".feed .comment").nth(1).waitFor();
    const lines = page.locator(".feed .comment-body");
    await lines.first().focus();
    await page.keyboard.press("ArrowDown");
    const said = await page.evaluate(() =>
      document.activeElement?.querySelector(".comment-text")?.textContent
    );
    strictEqual(said, await lines.nth(1).locator(".comment-text").innerText());
    await page.keyboard.press("q");
    await page.locator(".queue .comment", { hasText: said! }).waitFor();
    await page.keyboard.press("s");
    await page.locator(".on-air-text", { hasText: said! }).waitFor();
    await page.locator(".feed .comment.used", { hasText: said! }).waitFor();
    await page.keyboard.press("m"); // used by being aired, and so not used again
    await page.getByText(texts.done.unmarked).waitFor();
    await page.keyboard.press("h");
    await page.locator(".toast", { hasText: texts.kept.hidden }).waitFor();
    await page.keyboard.press("?");
    const sheet = page.locator(".dialog");
    await sheet.getByText(texts.keys.hide).waitFor();
  },
);

check(
  "a screen reader hears of the connection and of a search that fails",
  PHONE,
  async (kit) => {
    const { page, texts, program } = kit;
    const heard = (words: string) =>
      page.locator('[aria-live="polite"].unseen-text', { hasText: words })
        .waitFor({ state: "attached" });
    await heard(texts.connection.sentences.off(""));
    await play(kit);
    await heard(texts.connection.sentences.live("@studio"));
    await page.route(/api.board.*q=/, (route) => route.abort());
    await page.locator("#board-search").fill("som");
    await page.locator('.board [role="alert"]', {
      hasText: texts.errors.network,
    })
      .waitFor();
    await command(program, { type: "disconnect" });
    await heard(texts.connection.sentences.off(""));
  },
);
