/**
 * A game from its start to its end, and on another day; the freeze, and what
 * comes too late for it.
 */
import { deepStrictEqual as equal, strictEqual } from "node:assert";
import { confirm } from "@/testing/confirm.ts";
import {
  board,
  command,
  connect,
  countdownOf,
  crowd,
  flow,
  type Kit,
  MEY,
  phase,
  play,
  reads,
  roses,
  SOM,
  stateOf,
} from "@/testing/panel_kit.ts";
import { api } from "@/testing/program.ts";

const tileOf = ({ page }: Kit) => page.locator(".tile").nth(1);

flow(
  "a game is started, followed by another, ended, continued",
  async (kit) => {
    const { page, texts, room, program, button, press } = kit;
    const { game } = texts;
    const tile = tileOf(kit);
    await connect(kit);
    const name = `Friday <b>${crypto.randomUUID()}</b>`;
    await page.getByLabel(game.titleField).fill(name);
    await press(button(game.start));
    await page.locator(".tile.tone-open", { hasText: name }).waitFor();
    crowd(room);
    await board(page, SOM.nickname, MEY.nickname);
    const { items } = (await api(program, "comments?q=ร้อง")).body as {
      items: { id: string; viewerId: string }[];
    };
    await command(program, {
      type: "markComment",
      viewerId: SOM.id,
      commentId: items[0]!.id,
      used: true,
    });

    await press(tile);
    await page.getByLabel(game.titleField).fill("Saturday");
    await press(button(game.newGame));
    strictEqual(
      await tile.innerText().then((text) => text.includes(name)),
      true,
    );
    await confirm(button(game.newGame), button(game.newConfirm), press);
    await page.locator(".tile.tone-open", { hasText: "Saturday" }).waitFor();
    await page.getByText(texts.board.empty).waitFor();

    await press(tile);
    await press(button(game.end));
    strictEqual((await stateOf(program)).frame.phase, "open");
    await confirm(button(game.end), button(game.endConfirm), press);
    await phase(page, "ended");
    await press(page.locator(".more-games summary"));
    const line = page.locator(".more-games .line", { hasText: name });
    await press(line.getByRole("button", { name: game.continueThis }));
    await page.locator(".tile", { hasText: name }).waitFor();
    await board(page, SOM.nickname, MEY.nickname);
    const again = (await api(program, "comments?q=ร้อง")).body as {
      items: { used: boolean }[];
    };
    equal(again.items.map(({ used }) => used), [true]);
    room.send(roses(MEY, 9));
    const isOpen = (await stateOf(program)).frame.phase === "open";
    if (!isOpen) await press(button(game.open));
    room.send(roses(MEY, 9));
    await board(page, MEY.nickname, SOM.nickname);
  },
);

flow("a freeze is called off, done, and what is late is kept", async (kit) => {
  const { page, texts, room, program, button, press } = kit;
  const { game } = texts;
  const tile = tileOf(kit);
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  await countdownOf(30, program);
  await press(button(game.freeze(30)));
  await page.locator(".tile.tone-closing .tile-numbers")
    .getByText(/^(30|2\d)$/).waitFor();
  await press(button(game.cancelFreeze));
  await phase(page, "open");
  await page.locator(".toast").getByText(texts.done.freezeCancelled).waitFor();

  await countdownOf(1, program);
  await press(button(game.freeze(1)));
  await phase(page, "frozen");
  await tile.getByText(game.phases.frozen).waitFor();
  room.send([roses(MEY, 9)]);
  await press(page.locator(`.row[data-viewer="${MEY.id}"]`));
  const viewer = page.locator(".part.viewer");
  await press(viewer.locator(".receipts summary"));
  await viewer.locator(".receipt .pill", { hasText: texts.idle.late })
    .waitFor();
  await reads(viewer.locator(".big"), "5");
  equal(await viewer.locator(".receipt .gain").allInnerTexts(), [
    "0",
    "0",
    "+5",
  ]);
  await page.keyboard.press("Escape");

  await press(button(game.open));
  await phase(page, "open");
  room.send(roses(MEY, 2));
  await board(page, MEY.nickname, SOM.nickname);
  await press(button(game.undo(texts.steps.opened(null))));
  await phase(page, "frozen");
  await press(button(game.redo(texts.steps.opened(null))));
  await phase(page, "open");
  strictEqual(
    await tile.innerText().then((text) => text.includes("Friday")),
    true,
  );
});
