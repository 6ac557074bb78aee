/**
 * The feed: found, filtered, lined up by a moderator and aired by the host,
 * kept off the screen, taken away by TikTok.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import { faults } from "@/testing/panel_faults.ts";
import {
  board,
  check,
  command,
  crowd,
  DESKTOP,
  flow,
  MEY,
  phase,
  play,
  SOM,
} from "@/testing/panel_kit.ts";
import { api, until } from "@/testing/program.ts";
import {
  chat,
  imDelete,
  nextMessageId,
  question,
} from "@/testing/tiktok_messages.ts";

const FAN = { id: "16", handle: "fan", nickname: "แฟนคลับ", follower: true };

/** Waits until the feed has these comments, newest first. */
async function feed(page: Page, ...expected: string[]) {
  const texts = page.locator(".comments .feed .comment-text");
  await until(
    `the feed is ${expected.join(" | ")}`,
    async () => (await texts.allInnerTexts()).join() === expected.join(),
  );
}

flow("comments are searched and filtered", async (kit) => {
  const { page, texts, room, program, press, show } = kit;
  const { comments: words, kept } = texts;
  await play(kit);
  room.send([
    chat(SOM, "สวัสดีค่ะ"),
    chat(MEY, "กี่โมงแล้ว?"),
    chat(FAN, "มาแล้วววว"),
    question(MEY, "กินข้าวหรือยัง"),
  ]);
  await show("comments");
  await feed(page, "มาแล้วววว", "กี่โมงแล้ว?", "สวัสดีค่ะ");
  const { items } = (await api(program, "comments?q=สวัสดี")).body as {
    items: { id: string }[];
  };
  const of = { viewerId: SOM.id, commentId: items[0]!.id };
  await command(program, { type: "markComment", ...of, used: true });

  const chip = (name: string) =>
    press(page.locator(".comments .chip", { hasText: name }).first());
  await chip(words.questions);
  await feed(page, "กี่โมงแล้ว?");
  await chip(words.followers);
  await feed(page, "มาแล้วววว");
  await chip(words.unused);
  await feed(page, "มาแล้วววว", "กี่โมงแล้ว?");
  await chip(kept.filter);
  await feed(page);
  await chip(words.all);
  const search = page.locator("#comment-search");
  await search.fill("สวัส");
  await feed(page, "สวัสดีค่ะ");
  await search.fill("zzz");
  await page.getByText(words.noMatch, { exact: true }).waitFor();
  await search.fill("");
  await feed(page, "มาแล้วววว", "กี่โมงแล้ว?", "สวัสดีค่ะ");

  await press(page.locator(".asked summary"));
  await page.locator(".asked .comment", { hasText: "กินข้าว" }).waitFor();
  await press(page.locator(".asked .comment-body").first());
  await page.locator(".viewer").getByText(`@${MEY.handle}`).waitFor();
});

flow("a moderator lines comments up, the host airs them", async (kit) => {
  const { page, texts, room, button, press, show } = kit;
  await play(kit);
  crowd(room);
  await board(page, "ส้ม 🍊", "น้องเมย์");
  const helper = await kit.asModerator();
  const theirs = (name: string) =>
    helper.getByRole("button", { name, exact: true });
  ok(await theirs(texts.game.freeze(5)).isDisabled());
  ok(await theirs(texts.winner.select).isDisabled());
  await helper.keyboard.press("f");
  // Nobody is asked for what they may not do.
  const { stage, keys } = texts;
  await helper.keyboard.press("3");
  await helper.locator(".on-air", { hasText: stage.emptyHelper }).waitFor();
  strictEqual(await helper.getByText(stage.empty).count(), 0);
  await helper.keyboard.press("?");
  const sheet = helper.getByRole("dialog");
  await sheet.getByText(keys.mark, { exact: true }).waitFor();
  for (const words of [keys.winner, keys.undo, keys.show, keys.adjust]) {
    strictEqual(await sheet.getByText(words, { exact: true }).count(), 0);
  }
  await helper.keyboard.press("Escape");
  await helper.keyboard.press("2");
  for (const text of ["ร้องเพลง", "สวัสดี"]) {
    const line = helper.locator(".comments .comment", { hasText: text });
    const { comments, app, queue } = texts;
    const air = line.getByRole("button", { name: comments.show });
    strictEqual(await air.count(), 0);
    await press(line.getByRole("button", { name: app.more }));
    await press(line.getByRole("button", { name: queue.add }).last());
  }
  await show("stage");
  await page.locator(".queue .comment.next", { hasText: "ร้องเพลง" })
    .waitFor();
  await page.getByText(texts.queue.count(2)).waitFor();
  equal(await faults(page), []);
  await press(button(texts.queue.airNext));
  await page.locator(".on-air-text", { hasText: "ร้องเพลง" }).waitFor();
  await page.locator(".queue .comment.next", { hasText: "สวัสดี" }).waitFor();
  await helper.keyboard.press("3");
  await helper.locator(".on-air-text", { hasText: "ร้องเพลง" }).waitFor();
  await press(page.locator(".queue").getByLabel(texts.queue.remove));
  await page.getByText(texts.queue.empty).waitFor();

  await helper.keyboard.press("4");
  await helper.locator(".more .health").waitFor();
  strictEqual(await helper.locator(".settings").count(), 0);
  await phase(page, "open");
});

flow("two comments go into the queue while the way is slow", async (kit) => {
  const { page, texts, room, show } = kit;
  await play(kit);
  crowd(room);
  await show("comments");
  const lines = page.locator(".comments .feed .comment");
  await lines.nth(1).waitFor();
  // Answers come once both have been pressed, one of them twice.
  const pressed = Promise.withResolvers<void>();
  let asked = 0;
  await page.route("**/api/commands", async (route) => {
    asked += 1;
    await pressed.promise;
    await route.continue();
  });
  for (const line of [0, 1, 1]) {
    await lines.nth(line).locator(".comment-body").press("q");
  }
  pressed.resolve();
  await show("stage");
  await page.getByText(texts.queue.count(2)).waitFor();
  strictEqual(asked, 2);
});

flow("hidden comments leave the feed and come back", async (kit) => {
  const { page, texts, room, press, show } = kit;
  const { app, comments, kept } = texts;
  await play(kit);
  crowd(room);
  await show("comments");
  const line = page.locator(".comments .comment", { hasText: "สวัสดี" });
  const chip = (name: string) =>
    press(page.getByRole("button", { name, exact: true }));
  await press(line.getByRole("button", { name: app.more }));
  await press(line.getByRole("button", { name: kept.hide }));
  await line.waitFor({ state: "detached" });
  await chip(kept.filter);
  await press(line.getByRole("button", { name: app.more }));
  await press(line.getByRole("button", { name: kept.show }));
  await chip(comments.all);
  await line.waitFor();
});

flow("blocked words are masked, whatever they are dressed in", async (kit) => {
  const { page, texts, room, press, show, open } = kit;
  const { words } = texts;
  await play(kit);
  crowd(room);
  const overlay = await open("/overlay");
  await overlay.getByText(MEY.nickname!).first().waitFor();
  await show("more");
  await press(page.locator(".words summary"));
  const add = async (text: string) => {
    await page.getByLabel(words.field, { exact: true }).fill(text);
    await press(page.getByRole("button", { name: words.add, exact: true }));
    await page.getByRole("button", { name: words.remove(text) }).waitFor();
  };
  await add("spam");
  await press(page.getByLabel(words.part));
  await add("มย์");
  equal(await faults(page), []);
  await page.keyboard.press("Escape");
  await show("board");
  await board(page, "ส้ม 🍊", "•••");
  await overlay.getByText(MEY.nickname!).first()
    .waitFor({ state: "detached" });

  const tricks = ["ม\u200bย์ 1", "SPАM 2", "ｓｐａｍ 3", "s.p.a.m? spám 4"];
  room.send([
    ...tricks.map((text) => chat(SOM, text)),
    chat(SOM, "spamming 5"),
  ]);
  await show("comments");
  await feed(page, "spamming 5", "สวัสดีค่ะ", "ร้องเพลงหน่อย");
  await show("more");
  await press(page.getByRole("button", { name: words.remove("มย์") }));
  await page.keyboard.press("Escape");
  await show("board");
  await board(page, "ส้ม 🍊", "น้องเมย์");
});

/** A moderator of TikTok may have a reason to be quick. */
const AT_MOST_MS = 1_000;

flow(
  "what TikTok deletes leaves feed and overlay within a second",
  async (kit) => {
    const { page, texts, room, press, show, open } = kit;
    await play(kit);
    const ids = [nextMessageId(), nextMessageId(), nextMessageId()];
    room.send([
      chat(SOM, "อยู่ต่อ"),
      ...ids.map((msgId, i) => chat(MEY, `ลบ ${i}`, { msgId })),
    ]);
    const overlay = await open("/overlay");
    await show("comments");
    const took: number[] = [];
    for (const [i, msgId] of ids.entries()) {
      const text = `ลบ ${i}`;
      const line = page.locator(".comments .comment", { hasText: text });
      await press(line.getByRole("button", { name: texts.comments.show }));
      const onAir = overlay.getByText(text).first();
      await onAir.waitFor();
      const gone = { state: "detached" } as const;
      const sentAt = performance.now();
      room.send(imDelete([msgId]));
      await Promise.all([line.waitFor(gone), onAir.waitFor(gone)]);
      took.push(performance.now() - sentAt);
    }
    await feed(page, "อยู่ต่อ");
    // Of three, because this machine may be busy with something else.
    ok(Math.min(...took) < AT_MOST_MS, `gone after ${took} ms`);
  },
);

check(
  "what is new pushes the rest down without a jump",
  DESKTOP,
  async (kit) => {
    const { page, texts, room } = kit;
    await play(kit);
    room.send(Array.from({ length: 30 }, (_, i) => chat(SOM, `ก่อน ${i}`)));
    const list = page.locator(".comments .feed > .list");
    const say = async (words: string) => {
      room.send(chat(MEY, words));
      await list.locator(".comment").first().getByText(words, { exact: true })
        .waitFor();
      await until(
        "it is at its top",
        () => list.evaluate((element) => element.scrollTop === 0),
      );
    };
    await list.locator(".comment").nth(29).waitFor();
    await say("warm");
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((seen) => {
        for (const entry of seen.getEntries()) {
          shifts.push((entry as PerformanceEntry & { value: number }).value);
        }
      }).observe({ type: "layout-shift" });
    });
    for (const words of ["หนึ่ง", "two", "สาม", "four"]) await say(words);
    const shifts = await page.evaluate(() =>
      (globalThis as unknown as { shifts: number[] }).shifts
    );
    equal(shifts, []);

    // Whoever reads further down is left where they are.
    await list.hover();
    await page.mouse.wheel(0, 300);
    await until(
      "it has scrolled",
      () => list.evaluate((element) => element.scrollTop === 300),
    );
    room.send(chat(MEY, "ห้า"));
    await page.getByRole("button", { name: texts.comments.fresh(1) }).click();
    await list.getByText("ห้า", { exact: true }).waitFor();
  },
);
