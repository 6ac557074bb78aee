/**
 * The way to a channel, and the ways it breaks: each is said in words, on every
 * screen, and each heals.
 */
import { deepStrictEqual as equal, strictEqual } from "node:assert";
import {
  board,
  CHANNEL,
  crowd,
  faults,
  flowAlone,
  MEY,
  play,
  reads,
  roses,
  SOM,
} from "@/testing/panel_kit.ts";
import { api, until } from "@/testing/program.ts";
import { roomUser } from "@/testing/tiktok_messages.ts";

flowAlone("a channel: refused, not live, live, over, left", async (kit) => {
  const { page, texts, room, tiktok, button, press } = kit;
  const { connection, refusals } = texts;
  const chip = page.locator(".tile").first();
  const join = async (name: string) => {
    await page.getByLabel(connection.field).fill(name);
    await press(button(connection.connect));
  };

  await press(button(connection.connect));
  await page.locator(".card").getByText(connection.empty).waitFor();
  await join("not a name!");
  const field = page.locator('input[name="channel"]:focus');
  await page.locator(".card").getByText(refusals.bad_channel).waitFor();
  strictEqual(await field.getAttribute("aria-invalid"), "true");
  strictEqual(await page.locator(".toast.problem").count(), 0);
  equal(await faults(page), []);

  tiktok.room("nobody").state = "unknown";
  await join("@nobody");
  await page.getByText(connection.reasons.not_found("@nobody")).waitFor();
  await chip.getByText(connection.states.failed).waitFor();

  const asleep = tiktok.room("asleep");
  asleep.state = "offline";
  await join("asleep");
  await page.getByText(connection.sentences.offline("@asleep")).first()
    .waitFor();
  await chip.getByText(connection.states.offline).waitFor();
  await press(chip);
  await press(button(connection.disconnect));
  await chip.getByText(connection.states.off).waitFor();

  await join(`https://www.tiktok.com/@${CHANNEL}/live`);
  await chip.getByText(connection.states.live).waitFor();
  await room.entered();
  room.send(roomUser(312));
  await chip.getByText(connection.watching(312)).waitFor();
  await chip.getByText(`@${CHANNEL}`).waitFor();

  room.end();
  await chip.getByText(connection.states.ended).waitFor();
  room.state = "live";
  await press(button(connection.connect));
  await chip.getByText(connection.states.live).waitFor();
  await press(chip);
  await press(button(connection.disconnect));
  await chip.getByText(connection.states.off).waitFor();
  await page.getByText(connection.sentences.off("")).first().waitFor();
  // The channel is still there, and one press leads back to it.
  strictEqual(await page.getByLabel(connection.field).inputValue(), CHANNEL);
  await press(button(connection.connect));
  await chip.getByText(connection.states.live).waitFor();
});

flowAlone(
  "an open game waits for the channel's next LIVE, and says so",
  async (kit) => {
    const { page, texts, room, press, button } = kit;
    const { connection } = texts;
    await play(kit);
    crowd(room);
    await board(page, SOM.nickname, MEY.nickname);
    room.end();
    room.state = "live"; // for those who come after
    const chip = page.locator(".tile").first();
    await chip.getByText(connection.states.offline).waitFor();
    strictEqual(await chip.getByText(connection.states.ended).count(), 0);
    const words = connection.reasons.ended(`@${CHANNEL}`);
    await page.locator(".trouble").getByText(words).waitFor();
    await press(chip);
    await button(connection.disconnect).waitFor();
    equal(await faults(page), []);
  },
);

flowAlone("a lost program is said, marked and over again", async (kit) => {
  const { page, texts, program, room, button, press } = kit;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  await page.route("**/api/commands", (route) => route.abort());
  await press(button(texts.game.freeze(5)));
  await page.getByText(texts.errors.network).waitFor();
  await page.unroute("**/api/commands");
  strictEqual((await fetch(`${program.url}/healthz`)).status, 200);

  const dimmed = () =>
    page.locator(".columns").evaluate((part) =>
      Number(getComputedStyle(part).opacity) < 1
    );
  strictEqual(await dimmed(), false);
  await program.stop();
  await page.getByText(texts.panel.lost).waitFor();
  strictEqual(await page.locator(".panel").getAttribute("data-lost"), "true");
  strictEqual(await dimmed(), true);
  equal(await faults(page), []);
  await board(page, SOM.nickname, MEY.nickname);

  await program.again();
  await page.getByText(texts.panel.back).waitFor({ timeout: 40_000 });
  await page.getByText(texts.panel.lost).waitFor({ state: "detached" });
  strictEqual(await dimmed(), false);
  await room.entered();
  room.send(roses(MEY, 5));
  await board(page, MEY.nickname, SOM.nickname);
  await reads(page.locator(".row.first .points"), "30 " + texts.board.points);
});

flowAlone("a broken connection is a gap of the game", async (kit) => {
  const { page, texts, program, room } = kit;
  await play(kit);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  room.drop();
  await page.locator(".trouble").waitFor();
  await page.locator(".tile", { hasText: texts.connection.states.live })
    .waitFor({ timeout: 40_000 });
  await room.entered();
  await page.locator(".trouble").waitFor({ state: "detached" });
  const { gaps } = texts.sessions;
  await until("the gap is on record", async () => {
    const { body } = await api(program, "sessions/current");
    return (body.totals as { gaps: unknown[] }).gaps.length === 1;
  });
  await page.goto(`${program.url}/sessions/current`);
  const card = page.locator(".card", { hasText: gaps }).last();
  strictEqual(await card.locator("li").count(), 1);
  await page.locator(".timeline-gap").waitFor({ state: "attached" });
});
