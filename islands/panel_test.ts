/**
 * The panel in a real Chromium, on the real program, with a stand-in for
 * TikTok: an evening as a host plays it, on a dock in Thai and on a desktop in
 * English.
 */
import { deepStrictEqual as equal, match, strictEqual } from "node:assert";
import { textsOf } from "@/locales/mod.ts";
import {
  CHANNEL,
  check,
  countdownOf,
  crowd,
  DESKTOP,
  DOCK,
  EVIL,
  faults,
  names,
  play,
} from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";
import { gift, ROSE } from "@/testing/tiktok_messages.ts";

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
