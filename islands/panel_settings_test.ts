/**
 * The settings, each with what it takes and what it refuses, and the report of
 * how well it all works.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import {
  crowd,
  flow,
  type Kit,
  play,
  reads,
  roses,
  SOM,
  stateOf,
} from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";
import { amend, asUser, like, roomUser } from "@/testing/tiktok_messages.ts";

const saved = (kit: Kit) => async () =>
  (await stateOf(kit.program)).settings as unknown as Record<string, unknown>;

flow("every number of the settings is taken or refused", async (kit) => {
  const { page, texts, press, show } = kit;
  const { access, settings: words } = texts;
  const settings = saved(kit);
  await show("more");
  const fields: [string, string, number, number][] = [
    [words.freezeSeconds, "freezeSeconds", 7, 61],
    [words.streamDelay, "streamDelay", 3, 31],
    [access.keepComments, "keepCommentsDays", 30, 3651],
    [access.keepAvatars, "keepAvatarsDays", 14, -1],
  ];
  for (const [label, name, good, bad] of fields) {
    const field = page.getByLabel(label);
    await field.fill(String(good));
    await field.press("Enter");
    await field.blur();
    await until(
      `${name} is ${good}`,
      async () => (await settings())[name] === good,
    );
    await field.fill(String(bad));
    await field.blur();
    ok(await field.evaluate((input) => input.matches(":invalid")), label);
    strictEqual((await settings())[name], good);
  }
  const sitOut = page.getByRole("switch", { name: words.winnersSitOut });
  await press(sitOut);
  await until(
    "winners sit out",
    async () => (await settings()).winnersSitOut === true,
  );
  await page.reload();
  await show("more");
  strictEqual(await page.getByLabel(words.streamDelay).inputValue(), "3");
  ok(await page.getByRole("switch", { name: words.winnersSitOut }).isChecked());

  // This program has no address to ask for newer versions: nobody may want it.
  const { health } = await stateOf(kit.program);
  ok(!("newer" in (health as object)));
  const updates = page.getByRole("switch", { name: words.checkUpdates });
  strictEqual(await updates.count(), 0);
});

flow("rates are tried, refused, used, saved under a name", async (kit) => {
  const { page, texts, room, press, show, button } = kit;
  const { presets, settings: words } = texts;
  await play(kit);
  await show("more");
  await press(page.locator(".rates summary"));
  const preview = page.locator(".preview");
  await preview.getByText(words.previewGift(10, "Rose", 50)).waitFor();
  const times = page.getByLabel(words.times).first();
  await times.fill("8");
  await preview.getByText(words.previewGift(10, "Rose", 80)).waitFor();
  await page.getByLabel(words.likesFollower).fill("5");
  await preview.getByText(words.previewLikes(150, true, 30)).waitFor();

  const use = button(words.applyRates);
  const upTo = page.getByLabel(words.upTo);
  await upTo.nth(1).fill("3");
  await page.getByText(words.ratesBad).waitFor();
  ok(await use.isDisabled());
  await upTo.nth(1).fill("9");
  await page.getByText(words.ratesBad).waitFor({ state: "detached" });
  await page.getByLabel(words.likesOther).fill("0");
  await page.getByText(words.ratesBad).waitFor();
  ok(await use.isDisabled());
  await page.getByLabel(words.likesOther).fill("15");

  await page.getByLabel(presets.name).fill("สุดสัปดาห์");
  await press(button(presets.save));
  await button(presets.use("สุดสัปดาห์")).waitFor();
  await times.fill("1");
  await preview.getByText(words.previewGift(10, "Rose", 10)).waitFor();
  await press(button(presets.use("สุดสัปดาห์")));
  await preview.getByText(words.previewGift(10, "Rose", 80)).waitFor();
  await press(use);
  await page.locator(".toast", { hasText: texts.done.rates }).waitFor();
  const remove = button(presets.remove("สุดสัปดาห์"));
  await press(remove);
  await press(page.locator(".presets .armed"));
  await remove.waitFor({ state: "detached" });
  room.send(roses(SOM, 10));
  await page.keyboard.press("Escape");
  await show("board");
  await reads(
    page.locator(".row.first .points"),
    `80 ${texts.board.points}`,
  );
});

flow("gifts for guests count, or only those for the host", async (kit) => {
  const { page, texts, room, press, show, button } = kit;
  const { settings: words } = texts;
  const guest = asUser({ id: "77", handle: "guest_one", nickname: "Guest" });
  const rosesFor = (count: number) =>
    room.send(amend(roses(SOM, count), { toUser: guest }));
  await play(kit);
  rosesFor(1);
  await show("more");
  await press(page.locator(".rates summary"));
  const count = page.getByRole("switch", { name: words.giftsToGuests });
  ok(await count.isChecked());
  await press(count);
  await press(button(words.applyRates));
  await page.locator(".toast", { hasText: texts.done.rates }).waitFor();
  ok(!await count.isChecked(), "and does not go back to before meanwhile");
  rosesFor(3);
  await page.keyboard.press("Escape");
  await show("board");
  await press(page.locator(`.row[data-viewer="${SOM.id}"]`));
  await press(page.locator(".receipts summary"));
  const receipts = page.locator(".receipt");
  await receipts.filter({ hasText: texts.idle.toGuest }).waitFor();
  equal(
    await receipts.filter({ hasText: texts.receiptTo("Guest") }).count(),
    2,
  );
  await reads(page.locator(".viewer .big"), "5");
});

flow("blocked words: twice is once, and they can go again", async (kit) => {
  const { page, texts, press, show, button } = kit;
  const { words } = texts;
  await show("more");
  await press(page.locator(".words summary"));
  await page.getByText(words.none).waitFor();
  const field = page.getByLabel(words.field, { exact: true });
  ok(await button(words.add).isDisabled());
  await field.fill("คำหยาบ");
  await press(button(words.add));
  await button(words.remove("คำหยาบ")).waitFor();
  await field.fill(" คำหยาบ ");
  await page.getByText(words.already).waitFor();
  ok(await button(words.add).isDisabled());
  await press(button(words.remove("คำหยาบ")));
  await page.getByText(words.none).waitFor();
  equal((await saved(kit)()).blockedWords, []);
});

/** The room's own count, which only grows. */
let hearts = 0;

flow("health tells what comes in and what is written", async (kit) => {
  const { page, texts, room, program, show, open } = kit;
  const { health: words } = texts;
  await play(kit);
  const value = (name: string) =>
    page.locator(".health .numbers > div").filter({
      has: page.locator("dt", { hasText: name }),
    }).locator("dd");
  await show("more");
  crowd(room);
  hearts += 10_000;
  const before = (await stateOf(program)).health.counts!;
  room.send([roomUser(41), like(SOM, 1, { total: hearts })]);
  await page.locator(".tile", { hasText: texts.connection.watching(41) })
    .waitFor();
  let counts = before;
  await until("the first like is counted", async () => {
    counts = (await stateOf(program)).health.counts!;
    return counts.namedLikes > before.namedLikes;
  });
  const { namedLikes, roomLikes } = counts;
  room.send(like(SOM, 30, { total: hearts + 4_000 }));
  await reads(
    value(words.named),
    words.namedOf(namedLikes + 30, roomLikes + 4_000),
  );
  await page.locator(".health").getByText(words.namedHelp).waitFor();
  await until(
    "events are counted",
    async () => /[1-9]/.test(await value(words.eventsLabel).innerText()),
  );
  ok(!(await value(words.lastEvent).innerText()).includes(words.never));
  strictEqual(await value(words.storage).innerText(), words.storageOk);
  strictEqual(await value(words.reconnects).innerText(), "0");
  ok(/^\d+\.\d+\.\d+/.test(await value(words.version).innerText()));
  await open("/overlay");
  await reads(value(words.overlays), "1");
});
