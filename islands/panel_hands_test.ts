/**
 * What a hand does without meaning it, or just as something changes: a wheel
 * that turns, a name typed into no field, a tap while lists move.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Locator, Page } from "playwright-core";
import {
  board,
  check,
  command,
  crowd,
  DESKTOP,
  faults,
  flow,
  type Kit,
  MEY,
  names,
  phase,
  play,
  reads,
  roses,
  SOM,
  stateOf,
} from "@/testing/panel_kit.ts";
import { PHONE } from "@/testing/panel_places.ts";
import { api, type Program, until } from "@/testing/program.ts";
import { chat } from "@/testing/tiktok_messages.ts";

/** Waits until the server has heard a comment. */
const heard = (program: Program, words: string) =>
  until(`${words} was heard`, async () => {
    const { body } = await api(program, "comments");
    const { items } = body as unknown as { items: { text: string }[] };
    return items.some(({ text }) => text === words);
  });

/** A finger that comes down on the middle of a thing; call it to lift it. */
async function touch(
  page: Page,
  target: Locator,
): Promise<() => Promise<void>> {
  const { x, y, width, height } = (await target.boundingBox())!;
  const browser = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchEnd", touchPoints: object[]) =>
    browser.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: touchPoints as never,
    });
  await send("touchStart", [{ x: x + width / 2, y: y + height / 2 }]);
  return async () => {
    await send("touchEnd", []);
    await browser.detach();
  };
}

check("a tap airs the comment it came down on", PHONE, async (kit) => {
  const { page, room, program, texts, show } = kit;
  await play(kit);
  room.send([chat(SOM, "อันนี้"), chat(MEY, "this one")]);
  await show("comments");
  const line = page.locator(".feed .comment", { hasText: "อันนี้" });
  const button = line.getByRole("button", { name: texts.comments.show });
  await button.waitFor();

  // What is new reaches the panel between down and up.
  let bring = () => {};
  const down = new Promise<void>((resolve) => bring = resolve);
  await page.route("**/api/comments?*", async (route) => {
    const response = await route.fetch();
    await down;
    await route.fulfill({ response });
  });
  const brought = page.waitForResponse("**/api/comments?*");
  room.send([chat(MEY, "new 1"), chat(MEY, "new 2"), chat(SOM, "new 3")]);
  await heard(program, "new 3");
  const lift = await touch(page, button);
  bring();
  await brought;
  await page.evaluate(() =>
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  );
  await lift();
  await until(
    "a comment is on screen",
    async () => (await stateOf(program)).frame.stage !== null,
  );
  strictEqual((await stateOf(program)).frame.stage?.comment, "อันนี้");
  await page.locator(".feed .comment", { hasText: "new 3" }).waitFor();
});

check("nobody overtakes under the pointer", DESKTOP, async (kit) => {
  const { page, room } = kit;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  await page.locator(".row").nth(1).hover();
  await page.mouse.down();
  room.send(roses(MEY, 9));
  const row = page.locator(`.row[data-viewer="${MEY.id}"]`);
  await row.locator(".points", { hasText: "50" }).waitFor();
  equal(await names(page), [SOM.nickname, MEY.nickname]);
  await page.mouse.up();
  await page.locator(".viewer h2", { hasText: MEY.nickname }).waitFor();
  await page.mouse.move(5, 5);
  await board(page, MEY.nickname, SOM.nickname);
});

flow("the latest comment is the one that was read", async (kit) => {
  const { page, room, program, texts, press, button } = kit;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  await press(button(texts.winner.select));
  const lines = page.locator(".choice-line");
  await reads(lines.first(), "ร้องเพลงหน่อย");
  room.send(chat(SOM, "คำที่ยังไม่มีใครอ่าน"));
  const fresh = page.locator(".candidate .fresh");
  await fresh.getByText(texts.comments.fresh(1)).waitFor();
  strictEqual(await lines.count(), 1);
  await press(page.locator("#confirm-winner"));
  await phase(page, "frozen");
  const { stage } = (await stateOf(program)).frame;
  strictEqual(stage?.comment, "ร้องเพลงหน่อย");

  await command(program, { type: "undo" });
  await board(page, SOM.nickname, MEY.nickname);
  await press(button(texts.winner.select));
  await reads(lines.first(), "คำที่ยังไม่มีใครอ่าน");
  room.send(chat(SOM, "ใหม่กว่า"));
  await press(fresh.getByText(texts.comments.fresh(1)));
  await reads(lines.first(), "ใหม่กว่า");
  await press(page.locator("#confirm-winner"));
  await until(
    "the newer one is on screen",
    async () => (await stateOf(program)).frame.stage?.comment === "ใหม่กว่า",
  );
});

flow("a wheel over a number turns the page, not the number", async (kit) => {
  const { page, program, texts, show } = kit;
  await show("more");
  for (
    const label of [texts.settings.freezeSeconds, texts.settings.streamDelay]
  ) {
    const field = page.getByLabel(label);
    const was = await field.inputValue();
    await field.focus();
    await field.hover();
    for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -120);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    strictEqual(await field.inputValue(), was);
    await field.blur();
  }
  const { settings } = await stateOf(program);
  equal([settings.freezeSeconds, settings.streamDelay], [5, 0]);
});

flow("a name typed into no field blocks nobody", async (kit) => {
  const { page, room, program, texts, press, show } = kit;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  await press(page.locator(`.row[data-viewer="${MEY.id}"]`));
  await page.locator(".viewer .big").waitFor();
  const isBlocked = page.locator(".viewer .pill", {
    hasText: texts.viewer.isBlocked,
  });
  for (const name of ["bob ", "bubble", "box b"]) {
    await page.keyboard.type(name, { delay: 40 });
    strictEqual(await page.locator("#viewer-block.armed").count(), 0, name);
    await new Promise((resolve) => setTimeout(resolve, 700)); // a new word
  }
  strictEqual(await isBlocked.count(), 0);
  const { body } = await api(program, `viewers/${MEY.id}`);
  strictEqual(body.blocked, false);

  // Another key forgets the first press, however long it takes.
  await page.keyboard.press("b");
  await page.locator("#viewer-block.armed:focus").waitFor();
  await new Promise((resolve) => setTimeout(resolve, 700));
  await page.keyboard.press("n");
  await page.locator("#viewer-block.armed").waitFor({
    state: "detached",
    timeout: 2_000, // by itself it would take longer
  });
  await show("board");
});

for (const width of [300, 560]) {
  const place = { ...DESKTOP, width, height: 480 };
  check(`the tabs of a low dock of ${width} px can be clicked`, place, async (
    kit,
  ) => {
    const { page, room } = kit;
    await play(kit);
    room.send(Array.from({ length: 30 }, (_, i) => {
      const viewer = { id: `8${i}`, handle: `w${i}`, nickname: `W ${i}` };
      return roses(viewer, 30 - i);
    }));
    await page.locator(".row").nth(12).waitFor();
    for (const tab of ["comments", "stage", "more", "board"]) {
      await page.evaluate(() => scrollTo(0, 500));
      // Where it is: Playwright would scroll on until nothing covers it.
      const { x, y, width, height } = (await page.locator(
        `.tab[data-tab="${tab}"]`,
      ).boundingBox())!;
      await page.mouse.click(x + width / 2, y + height / 2);
      await page.locator(`.panel[data-tab="${tab}"]`).waitFor();
      equal(await faults(page), []);
    }
  });
}

flow("a toast takes back the step it tells of, and no other", async (kit) => {
  const { page, room, program, texts, press, show } = kit;
  await play(kit);
  crowd(room);
  await show("comments");
  const line = page.locator(".comments .comment", { hasText: "ร้องเพลง" });
  await press(line.getByRole("button", { name: texts.comments.show }));
  const toast = page.locator(".toast", { hasText: texts.done.shown });
  await toast.waitFor();
  // Somebody else does something, and the same.
  const adjust = { type: "adjustPoints", viewerId: MEY.id, reason: "x" };
  await command(program, { ...adjust, points: 3 });
  await page.locator(".undo .cut", {
    hasText: texts.steps.pointsAdjusted(MEY.nickname!),
  }).waitFor();
  await press(toast.getByRole("button", { name: texts.panel.undo }));
  await page.getByText(texts.done.undone(texts.steps.commentShown(null)))
    .waitFor();
  const { body } = await api(program, `viewers/${MEY.id}`);
  strictEqual(body.points, 8);
  strictEqual((await stateOf(program)).frame.stage, null);
});

flow("a toast says what came after a step that stays", async (kit) => {
  const { page, room, program, texts, press, show } = kit;
  await play(kit);
  crowd(room);
  await show("comments");
  const line = page.locator(".comments .comment", { hasText: "ร้องเพลง" });
  await press(line.getByRole("button", { name: texts.comments.show }));
  const toast = page.locator(".toast", { hasText: texts.done.shown });
  await toast.waitFor();
  await command(program, { type: "clearStage" });
  await press(toast.getByRole("button", { name: texts.panel.undo }));
  await page.getByText(texts.tooLate(texts.steps.stageCleared(null)))
    .waitFor();
});

flow("opening again clears the card, and undo brings it back", async (kit) => {
  const { page, room, program, texts, press, button, open } = kit;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  const overlay = await open("/overlay");
  await command(program, { type: "selectWinner" });
  const card = overlay.getByText("ร้องเพลงหน่อย").first();
  await card.waitFor();
  await press(button(texts.game.open));
  await phase(page, "open");
  await card.waitFor({ state: "detached" });
  await press(button(texts.game.undo(texts.steps.opened(null))));
  await phase(page, "frozen");
  await card.waitFor();
});

flow("a game that runs cannot be removed", async (kit: Kit) => {
  const { page, program, texts } = kit;
  await play(kit);
  const { id } = (await stateOf(program)).session!;
  await page.goto(`${program.url}/sessions/${id}`);
  await page.getByText(texts.games.removeLater).waitFor();
  const remove = page.getByRole("button", { name: texts.games.remove });
  strictEqual(await remove.count(), 0);
  await command(program, { type: "endSession" });
  await page.reload();
  await remove.waitFor();
  ok(await remove.isEnabled());
});
