/**
 * Selecting the winner in every way there is, and taking it back.
 */
import { ok, strictEqual } from "node:assert";
import type { Locator } from "playwright-core";
import {
  board,
  crowd,
  flow,
  flowAlone,
  type Kit,
  MEY,
  phase,
  play,
  reads,
  roses,
  setUp,
  SOM,
  stateOf,
} from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";
import { chat, like } from "@/testing/tiktok_messages.ts";

const FON = { id: "14", handle: "fon", nickname: "ฝน ☔" };

/** Som leads with two comments, Mey has one, Fon has said nothing. */
async function three(kit: Kit) {
  const { page, room, program } = kit;
  await setUp(program, { freezeSeconds: 0 });
  await play(kit);
  crowd(room);
  room.send([chat(SOM, "ขออีกเพลง"), roses(SOM, 1), roses(FON, 2)]);
  await board(page, SOM.nickname, FON.nickname, MEY.nickname);
}

/** What stands on screen, once it is about a viewer. */
async function onAir({ page, show }: Kit, nickname: string): Promise<Locator> {
  await show("stage");
  const card = page.locator(".on-air");
  await card.getByText(nickname).waitFor();
  return card;
}

/** Presses the large button of the dialog once it names a viewer. */
async function confirm({ page, press }: Kit, nickname: string) {
  await page.locator("#confirm-winner", { hasText: nickname }).waitFor();
  await press(page.locator("#confirm-winner"));
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

flow("the first wins with the latest comment; undo and redo", async (kit) => {
  const { page, texts, button, press, show } = kit;
  await three(kit);
  await press(button(texts.winner.select));
  await page.getByRole("dialog").getByText(texts.winner.freezesFirst)
    .waitFor();
  await page.locator("#confirm-winner:focus").waitFor();
  await confirm(kit, SOM.nickname!);
  await phase(page, "frozen");
  await board(page, FON.nickname, MEY.nickname);
  const card = await onAir(kit, SOM.nickname!);
  await reads(card.locator(".on-air-text"), "ขออีกเพลง");
  await card.getByText(`15 ${texts.board.points}`).waitFor();

  const step = texts.steps.winnerSelected(SOM.nickname!);
  await press(button(texts.game.undo(step)));
  await page.locator(".on-air.empty").waitFor();
  await show("board");
  await board(page, SOM.nickname, FON.nickname, MEY.nickname);
  await press(button(texts.game.redo(step)));
  await board(page, FON.nickname, MEY.nickname);
});

flow("a winner by rank, without a comment, taken back later", async (kit) => {
  const { page, texts, button, press, show } = kit;
  const { winners } = texts;
  await three(kit);
  await press(button(texts.winner.select));
  await page.getByLabel(winners.byRank).fill("9");
  await press(button(winners.choose));
  await page.getByText(winners.nobody(9)).waitFor();
  await page.getByLabel(winners.byRank).fill("2");
  await press(button(winners.choose));
  await page.locator(".candidate-who", { hasText: FON.nickname }).waitFor();
  await page.getByText(texts.winner.noComments).waitFor();
  await confirm(kit, FON.nickname!);
  const card = await onAir(kit, FON.nickname!);
  await reads(card.locator(".on-air-text"), texts.stage.noComment);

  await press(page.locator(".past-winners summary"));
  const line = page.locator(".past-winners li", { hasText: FON.nickname });
  await press(line.getByRole("button", { name: winners.undo }));
  await press(line.getByRole("button").last());
  await line.getByText(winners.undone).waitFor();
  await show("board");
  await board(page, SOM.nickname, FON.nickname, MEY.nickname);
});

flow("a winner by tap, with a chosen comment or a random one", async (kit) => {
  const { page, texts, button, press, show, room } = kit;
  await three(kit);
  room.send(chat(MEY, "ขอบคุณค่ะ"));
  await press(page.locator(`.row[data-viewer="${MEY.id}"]`));
  const viewer = page.locator(".part.viewer");
  await viewer.getByText("ขอบคุณค่ะ").waitFor();
  await press(viewer.getByRole("button", { name: texts.viewer.chooseWinner }));
  await page.locator(".candidate-who", { hasText: MEY.nickname }).waitFor();
  await press(page.locator(".choice-line", { hasText: "สวัสดีค่ะ" }));
  await confirm(kit, MEY.nickname!);
  let card = await onAir(kit, MEY.nickname!);
  await reads(card.locator(".on-air-text"), "สวัสดีค่ะ");
  await show("comments");
  const used = page.locator(".comments .comment.used");
  await used.getByText("สวัสดีค่ะ").waitFor();
  strictEqual(await used.count(), 1);

  await press(button(texts.winner.select));
  await press(page.getByRole("dialog").getByText(texts.winner.random));
  await confirm(kit, SOM.nickname!);
  card = await onAir(kit, SOM.nickname!);
  const said = await card.locator(".on-air-text").innerText();
  ok(["ร้องเพลงหน่อย", "ขออีกเพลง"].includes(said), said);
});

flow("winners sit out where the host wants it so", async (kit) => {
  const { page, texts, program, room, button, press, show } = kit;
  await three(kit);
  await setUp(program, { winnersSitOut: true });
  await press(button(texts.winner.select));
  const dialog = page.getByRole("dialog");
  await dialog.getByText(texts.winner.sitsOut).waitFor();
  await press(dialog.getByText(texts.winner.none, { exact: true }));
  await confirm(kit, SOM.nickname!);
  await show("stage");
  await reads(page.locator(".on-air-text"), texts.stage.noComment);
  await press(button(texts.game.open));
  await phase(page, "open");
  await page.locator(".on-air.empty").waitFor();
  room.send([roses(SOM, 50), roses(MEY, 50)]);
  await show("board");
  await board(page, MEY.nickname, FON.nickname);
  await show("stage");
  await press(page.locator(".past-winners summary"));
  await press(page.locator(".past-winners .comment-body").first());
  const viewer = page.locator(".part.viewer");
  await viewer.getByText(texts.viewer.isOut, { exact: true }).first().waitFor();
  await press(viewer.locator(".receipts summary"));
  await until(
    "the gift earned nothing",
    async () =>
      await viewer.locator(".receipt .pill", { hasText: texts.idle.satOut })
        .count() === 1,
  );
});

flowAlone(
  "likes without a name are said before a close winner is picked",
  async (kit) => {
    const { page, texts, button, press, program, room } = kit;
    await three(kit);
    await press(button(texts.winner.select));
    await page.locator("#confirm-winner").waitFor();
    strictEqual(await page.locator(".coverage").count(), 0);
    await page.keyboard.press("Escape");
    room.send([like(MEY, 2, { total: 1_000 }), like(MEY, 2, { total: 1_300 })]);
    const counts = async () => (await stateOf(program)).health.counts;
    await until(
      "the total has grown",
      async () => (await counts())?.roomLikes === 300,
    );
    await press(button(texts.winner.select));
    await page.getByText(texts.winner.unnamed(296, 29)).waitFor();
  },
);
