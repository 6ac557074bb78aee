/**
 * One viewer: where every point comes from, what was said and given, and what
 * the host can do about it.
 */
import { deepStrictEqual as equal, match, strictEqual } from "node:assert";
import { confirm } from "@/testing/confirm.ts";
import {
  board,
  CHANNEL,
  command,
  crowd,
  faults,
  flow,
  type Kit,
  MEY,
  phase,
  play,
  reads,
  ready,
  roses,
  SOM,
  stateOf,
} from "@/testing/panel_kit.ts";
import { api } from "@/testing/program.ts";
import { chat, like } from "@/testing/tiktok_messages.ts";

const KAI = {
  ...SOM,
  id: "15",
  handle: "kai",
  nickname: "ไก่ 🐔",
  follower: true,
};

async function openViewer({ page, press }: Kit, id: string) {
  await press(page.locator(`.row[data-viewer="${id}"]`));
  const viewer = page.locator(".part.viewer");
  await viewer.locator(".big").waitFor();
  return viewer;
}

const numbers = (texts: string[]) =>
  texts.map((text) => Number(text.replace(/[−–]/, "-").replaceAll(",", "")));

flow("receipts add up to the points, late ones stand by", async (kit) => {
  const { page, texts, room, program, press, button } = kit;
  await play(kit);
  room.send([like(KAI, 25), roses(KAI, 300), chat(KAI, "ขอเพลงเร็ว")]);
  room.send([chat(KAI, "สู้ๆ"), chat(KAI, "ขอเพลงเร็ว"), like(KAI, 20)]);
  await page.locator(".row", { hasText: "1,504" }).waitFor();
  await command(program, { type: "freeze", seconds: 0 });
  await phase(page, "frozen");
  room.send([like(KAI, 40), roses(KAI, 7)]);

  const viewer = await openViewer(kit, KAI.id);
  await press(viewer.locator(".receipts summary"));
  const late = viewer.locator(".receipt .pill", { hasText: texts.idle.late });
  await late.nth(1).waitFor();
  const gains = numbers(await viewer.locator(".receipt .gain").allInnerTexts());
  const sums = numbers(await viewer.locator(".receipt .sum").allInnerTexts());
  strictEqual(gains.reduce((sum, gain) => sum + gain, 0), 1504);
  equal(
    sums.toReversed(),
    gains.toReversed().reduce<number[]>(
      (so, gain) => [...so, (so.at(-1) ?? 0) + gain],
      [],
    ),
  );
  await reads(viewer.locator(".big"), "1,504");
  await press(button(texts.order.oldest));
  await viewer.locator(".receipt").last().getByText(texts.idle.late).waitFor();

  await viewer.getByText(texts.viewer.likes(45)).first().waitFor();
  await viewer.getByText(texts.viewer.carried(15, 30)).waitFor();
  await viewer.getByText(texts.viewer.giftLine(307, "Rose", 1)).or(
    viewer.getByText(texts.viewer.giftLine(300, "Rose", 1)),
  ).first().waitFor();
  match(await viewer.locator("header").innerText(), /@kai/);
  match(await viewer.locator("header").innerText(), /ติดตาม|Follower/);
});

flow("comments of a viewer: distinct, how often, used or not", async (kit) => {
  const { page, texts, room, press } = kit;
  await play(kit);
  crowd(room);
  room.send([
    chat(SOM, "สู้ๆ"),
    chat(SOM, "ร้องเพลงหน่อย"),
    chat(SOM, "สู้ๆ"),
    chat(SOM, "สู้ๆ", { at: Date.now() + 1 }), // last, for certain
  ]);
  await board(page, SOM.nickname, MEY.nickname);
  const viewer = await openViewer(kit, SOM.id);
  const comments = viewer.locator(".comment");
  await comments.nth(1).waitFor();
  const line = viewer.locator(".comment", { hasText: "สู้ๆ" });
  await line.getByText(texts.comments.times(3)).waitFor();
  await comments.filter({ hasText: "ร้องเพลง" })
    .getByText(texts.comments.times(2)).waitFor();
  match(await comments.first().innerText(), /สู้ๆ/);

  await press(line.getByRole("button", { name: texts.app.more }));
  await press(line.getByRole("button", { name: texts.comments.markUsed }));
  await viewer.locator(".comment.used", { hasText: "สู้ๆ" })
    .getByText(texts.comments.used).waitFor();
  await press(line.getByRole("button", { name: texts.app.more }));
  await press(line.getByRole("button", { name: texts.comments.markUnused }));
  await viewer.locator(".comment.used").waitFor({ state: "detached" });
});

flow("points are adjusted with a reason; nonsense is refused", async (kit) => {
  const { page, texts, room, program, press, button } = kit;
  const { viewer: words } = texts;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  const viewer = await openViewer(kit, MEY.id);
  await press(viewer.locator(".adjust summary"));
  const form = viewer.locator(".adjust");
  const { seq } = (await stateOf(program)).frame;
  const tries = [["1.5", "ok"], ["abc", "ok"], ["0", "ok"], ["", "ok"], [
    "5",
    " ",
  ]];
  for (const [points, reason] of tries) {
    await form.getByLabel(words.adjustField).fill(points!);
    await form.getByLabel(words.adjustReason).fill(reason!);
    await press(form.getByRole("button", { name: words.adjustSend }));
    await form.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  }
  strictEqual((await stateOf(program)).frame.seq, seq);

  await form.getByLabel(words.adjustField).fill("−2");
  await form.getByLabel(words.adjustReason).fill("ตอบผิด");
  await press(form.getByRole("button", { name: words.adjustSend }));
  await reads(viewer.locator(".big"), "3");
  await press(viewer.locator(".receipts summary"));
  await viewer.locator(".receipt", { hasText: "ตอบผิด" }).waitFor();
  equal(
    numbers(await viewer.locator(".receipt .gain").allInnerTexts()),
    [-2, 0, 5],
  );
  await form.getByLabel(words.adjustField).fill("-4");
  await form.getByLabel(words.adjustReason).fill("มากไป");
  await press(form.getByRole("button", { name: words.adjustSend }));
  await page.getByText(texts.refusals.not_enough_points).first().waitFor();
  await press(
    button(texts.game.undo(texts.steps.pointsAdjusted(MEY.nickname!))),
  );
  await reads(viewer.locator(".big"), "5");
});

flow("sit out and back in, block and unblock", async (kit) => {
  const { page, texts, room, press } = kit;
  const { viewer: words } = texts;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  const viewer = await openViewer(kit, MEY.id);
  const named = (name: string) =>
    viewer.getByRole("button", { name, exact: true });
  const tap = (name: string) => press(named(name));
  const pill = (text: string) => viewer.locator(".pill", { hasText: text });

  await tap(words.sitOut);
  await pill(words.isOut).first().waitFor();
  await pill(words.notOnBoard).waitFor();
  room.send(roses(MEY, 9));
  await tap(words.comeBack);
  await pill(words.isOut).first().waitFor({ state: "detached" });
  await reads(viewer.locator(".big"), "5");
  room.send(roses(MEY, 2));
  await reads(viewer.locator(".big"), "15");

  await tap(words.block);
  strictEqual(await pill(words.isBlocked).count(), 0);
  await confirm(named(words.block), named(words.blockConfirm), press);
  await pill(words.isBlocked).first().waitFor();
  room.send([roses(MEY, 9), roses(SOM, 9)]);
  await tap(words.unblock);
  await pill(words.isBlocked).first().waitFor({ state: "detached" });
  room.send(roses(MEY, 1));
  await viewer.locator(".big").getByText("20", { exact: true }).waitFor();
});

flow(
  "the channel's own people are asked about once, and marked",
  async (kit) => {
    const { page, texts, room, program, press, button } = kit;
    const { viewer: words } = texts;
    await play(kit);
    crowd(room);
    const own = page.locator(".banners .late-line");
    const me = { id: "77", handle: CHANNEL, nickname: "Studio" };
    room.send([roses(me, 9)]);
    await reads(own.locator("span"), words.ownPlays.host("Studio"));
    equal(await faults(page), []);
    await press(button(words.leaveIn));
    await own.waitFor({ state: "detached" });
    await page.reload();
    await ready(page);
    await page.locator('.row[data-viewer="77"]').waitFor();
    strictEqual(await own.count(), 0);

    const mod = { id: "78", handle: "mod", nickname: "Mod", moderator: true };
    await command(program, { type: "sitOut", viewerId: "77" });
    room.send([roses(mod, 7)]);
    await reads(own.locator("span"), words.ownPlays.moderator("Mod"));
    await press(own.getByRole("button", { name: words.sitOut, exact: true }));
    await own.waitFor({ state: "detached" });
    const { body } = await api(program, "viewers/78");
    equal([body.satOut, body.own], [true, "moderator"]);
  },
);
