/**
 * What surrounds the evening, in a real Chromium: the queue, what is kept off
 * the screen, saved rates, long boards, past games, a moderator's panel.
 */
import { Buffer } from "node:buffer";
import { deepStrictEqual as equal, match, ok, strictEqual } from "node:assert";
import { textsOf } from "@/locales/mod.ts";
import {
  check,
  crowd,
  DESKTOP,
  DOCK,
  faults,
  MEY,
  names,
  play,
  SOM,
} from "@/testing/panel_kit.ts";
import { api, until } from "@/testing/program.ts";
import { chat, gift, question, ROSE } from "@/testing/tiktok_messages.ts";

for (const place of [DOCK, DESKTOP]) {
  const where = `${place.width} px, ${place.language}`;

  check(
    `a comment is lined up and put on screen (${where})`,
    place,
    async (kit) => {
      const { page, texts, room, button, show } = kit;
      await play(kit);
      crowd(room);
      await show("comments");
      const line = page.locator(".comments .comment", { hasText: "ร้องเพลง" });
      await line.getByRole("button", { name: texts.app.more }).click();
      const add = line.getByRole("button", { name: texts.queue.add });
      await add.last().click();
      await show("stage");
      await page.locator(".queue .comment.next", { hasText: "ร้องเพลง" })
        .waitFor();
      equal(await faults(page), []);
      await button(texts.queue.airNext).click();
      await page.locator(".on-air-text", { hasText: "ร้องเพลง" }).waitFor();
      await page.getByText(texts.queue.empty).waitFor();
      await page.keyboard.press("c");
      await page.locator(".on-air.empty").waitFor();
    },
  );

  check(
    `hidden and blocked comments leave the feed (${where})`,
    place,
    async (kit) => {
      const { page, texts, room, show } = kit;
      await play(kit);
      crowd(room);
      await show("comments");
      const line = page.locator(".comments .comment", { hasText: "สวัสดี" });
      await line.getByRole("button", { name: texts.app.more }).click();
      await line.getByRole("button", { name: texts.kept.hide }).click();
      await line.waitFor({ state: "detached" });
      await page.getByRole("button", { name: texts.kept.filter, exact: true })
        .click();
      await line.getByRole("button", { name: texts.app.more }).click();
      await line.getByRole("button", { name: texts.kept.show }).click();
      await page.getByRole("button", { name: texts.comments.all, exact: true })
        .click();
      await line.waitFor();

      await show("more");
      await page.locator(".words summary").click();
      await page.getByLabel(texts.words.field, { exact: true }).fill("มย์");
      await page.getByLabel(texts.words.part).click();
      await page.getByRole("button", { name: texts.words.add, exact: true })
        .click();
      await page.getByRole("button", { name: texts.words.remove("มย์") })
        .waitFor();
      equal(await faults(page), []);
      await page.keyboard.press("Escape");
      await show("board");
      await until(
        "the name is masked",
        async () => (await names(page)).join() === "ส้ม 🍊,•••",
      );
      room.send(chat(SOM, "ม\u200bย์ มาแล้ว"));
      room.send(chat(SOM, "จบแล้ว"));
      await show("comments");
      await page.locator(".comments .comment", { hasText: "จบแล้ว" }).waitFor();
      strictEqual(await page.getByText("มาแล้ว").count(), 0);
    },
  );

  check(
    `a game is renamed, removed, restored, taken out and in (${where})`,
    place,
    async (kit) => {
      const { page, texts, room, program } = kit;
      const { games } = texts;
      await play(kit);
      crowd(room);
      await page.locator(".row").nth(1).waitFor();
      const { body } = await api(program, "state");
      const { id } = body.session as { id: string };
      const ledger = await (await fetch(
        `${program.url}/api/sessions/${id}/export.jsonl`,
      )).text();
      await page.goto(`${program.url}/sessions/${id}`);
      await page.locator(".timeline svg").waitFor();
      match(
        await page.locator(".timeline svg").getAttribute("aria-label") ?? "",
        /15/,
      );
      await page.getByLabel(games.name).fill("<b>Saturday</b>");
      await page.getByRole("button", { name: games.rename }).click();
      await page.getByRole("heading", { name: "<b>Saturday</b>" }).waitFor();
      equal(await faults(page), []);
      const remove = page.getByRole("button", { name: games.remove });
      await remove.click();
      await page.getByRole("button", { name: games.removeConfirm }).click();
      await page.waitForURL("**/sessions");
      await page.locator("summary", { hasText: games.removedTitle }).click();
      equal(await faults(page), []);
      await page.getByRole("button", { name: games.restore }).click();
      await page.locator(".games a", { hasText: "<b>Saturday</b>" }).waitFor();

      const input = page.locator('input[type="file"]');
      await input.setInputFiles({
        name: "bad.jsonl",
        mimeType: "application/jsonl",
        buffer: Buffer.from("{}\n"),
      });
      await page.getByText(games.importBad("").slice(0, 12)).waitFor();
      await input.setInputFiles({
        name: "game.jsonl",
        mimeType: "application/jsonl",
        buffer: Buffer.from(ledger),
      });
      await page.locator(".games li").nth(1).waitFor();
    },
  );
}

check("questions from TikTok stand beside the comments", DOCK, async (kit) => {
  const { page, room, show } = kit;
  await play(kit);
  room.send(question(MEY, "กินข้าวหรือยัง"));
  crowd(room);
  await show("comments");
  await page.locator(".asked summary").click();
  await page.locator(".asked .comment", { hasText: "กินข้าว" }).waitFor();
});

check("rates are saved under a name and tried again", DESKTOP, async (kit) => {
  const { page, texts, show } = kit;
  const { presets, settings } = texts;
  await play(kit);
  await show("more");
  await page.locator(".rates summary").click();
  await page.getByLabel(settings.follow).fill("7");
  await page.getByLabel(presets.name).fill("Weekend");
  await page.getByRole("button", { name: presets.save, exact: true }).click();
  const use = page.getByRole("button", { name: presets.use("Weekend") });
  await use.waitFor();
  await page.getByLabel(settings.follow).fill("1");
  await use.click();
  strictEqual(await page.getByLabel(settings.follow).inputValue(), "7");
});

check(
  "the winner can be chosen by rank, and taken back",
  DESKTOP,
  async (kit) => {
    const { page, texts, room, button } = kit;
    await play(kit);
    crowd(room);
    await page.locator(".row").nth(1).waitFor();
    await page.keyboard.press("w");
    await page.getByLabel(texts.winners.byRank).fill("2");
    await button(texts.winners.choose).click();
    await page.locator(".candidate-who", { hasText: "น้องเมย์" }).waitFor();
    await page.locator("#confirm-winner").click();
    await page.locator(".past-winners summary").click();
    const line = page.locator(".past-winners li", { hasText: "น้องเมย์" });
    await line.getByRole("button", { name: texts.winners.undo }).click();
    await line.getByRole("button").last().click();
    await line.getByText(texts.winners.undone).waitFor();
  },
);

check(
  "a long board scrolls, searches and keeps few rows",
  DESKTOP,
  async (kit) => {
    const { page, room, texts } = kit;
    await play(kit);
    const many = 1_200;
    for (let from = 0; from < many; from += 100) {
      room.send(Array.from({ length: 100 }, (_, i) => {
        const n = String(from + i);
        const viewer = {
          id: `9${n}`,
          handle: `v${n}`,
          nickname: `Viewer ${n}`,
        };
        return gift(viewer, ROSE, {
          count: many - from - i,
          end: true,
          group: `5${n}`,
        });
      }));
    }
    await page.getByText(texts.board.viewers(many)).waitFor();
    const rows = page.locator(".rows");
    await rows.evaluate((list) => list.scrollTop = list.scrollHeight);
    await page.locator('.row[data-viewer="91199"]').waitFor();
    ok(await page.locator(".row").count() < 60);
    await rows.evaluate((list) => list.scrollTop = list.scrollHeight / 2);
    await until("the middle is there", async () => {
      const ranks = await page.locator(".row .rank").allInnerTexts();
      return ranks.some((rank) => /^6\d\d$/.test(rank));
    });
    await page.locator("#board-search").fill("viewer 777");
    await page.locator('.row[data-viewer="9777"]').waitFor();
    strictEqual(await page.locator(".row").count(), 1);
    strictEqual(await page.locator(".row .rank").innerText(), "778");
    await page.locator("#board-search").fill("");
    await page.locator(".row.first").waitFor();
    await page.locator(".row.first").focus();
    await page.keyboard.press("ArrowDown");
    strictEqual(
      await page.evaluate(() =>
        document.activeElement?.getAttribute("data-viewer")
      ),
      "91",
    );
  },
);

check(
  "a moderator helps with comments and changes nothing else",
  DESKTOP,
  async (kit) => {
    const { room, texts, button, page } = kit;
    await play(kit);
    crowd(room);
    await page.locator(".row").nth(1).waitFor();
    const helper = await kit.asModerator();
    const theirs = (name: string) =>
      helper.getByRole("button", { name, exact: true });
    ok(await theirs(texts.game.freeze(5)).isDisabled());
    ok(await theirs(texts.winner.select).isDisabled());
    await helper.keyboard.press("f");
    const line = helper.locator(".comments .comment", { hasText: "ร้องเพลง" });
    await line.getByRole("button", { name: texts.queue.add }).first().click();
    strictEqual(
      await line.getByRole("button", { name: texts.comments.show }).count(),
      0,
    );
    await helper.locator(".queue .comment.next").waitFor();
    await page.locator(".queue .comment.next").waitFor();
    await button(texts.queue.airNext).click();
    await helper.locator(".on-air-text", { hasText: "ร้องเพลง" }).waitFor();
    await helper.locator(".top .square").click();
    await helper.locator(".more .health").waitFor();
    strictEqual(await helper.locator(".settings").count(), 0);
    strictEqual(await page.locator(".tile.tone-open").count(), 2);
  },
);

Deno.test("both languages have a key for every action", () => {
  for (const language of ["th", "en"] as const) {
    const { keys } = textsOf(language);
    for (const words of Object.values(keys)) ok(words.length > 0);
  }
});
