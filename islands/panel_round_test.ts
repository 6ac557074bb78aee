/**
 * A round from the panel: begun with one press, given time, paused, boosted,
 * followed by the next one.
 */
import { strictEqual } from "node:assert";
import { confirm } from "@/testing/confirm.ts";
import {
  command,
  crowd,
  flow,
  MEY,
  phase,
  play,
  roses,
  stateOf,
} from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";
import type { Locator, Page } from "playwright-core";

flow(
  "a round is begun, given time, paused, boosted and followed",
  async (kit) => {
    const { page, texts, room, program, button, press } = kit;
    const { round } = texts;
    const part = page.locator(".round-part");
    const tile = page.locator(".tile").nth(1);
    const summary = part.locator("summary");
    await play(kit);
    crowd(room);
    await press(tile);
    await press(summary);
    await press(button(round.presets.teams));
    await phase(page, "open");
    await until("a round runs", async () => {
      const { frame } = await stateOf(program);
      return frame.round?.by === "team" && frame.teams.length === 2;
    });

    await press(tile);
    const left = () =>
      part.getByRole("timer").innerText().then((text) => {
        const [minutes, seconds] = text.split(":").map(Number);
        return minutes! * 60 + seconds!;
      });
    const before = await left();
    const more = part.getByRole("button", {
      name: round.addTime(15),
      exact: true,
    });
    await press(more);
    await press(more);
    await until(
      "two presses are thirty",
      async () => await left() > before + 20,
    );

    await press(button(texts.rounds.boostStart(2, 60)));
    await until(
      "it is boosted",
      async () => (await stateOf(program)).frame.boost?.times === 2,
    );
    await part.locator("button", { hasText: "×2" }).waitFor();
    await confirm(
      part.locator("button", { hasText: "×2" }),
      button(round.endBoost),
      press,
    );
    await until(
      "it is over",
      async () => (await stateOf(program)).frame.boost === null,
    );

    await press(part.getByRole("button", { name: round.pause, exact: true }));
    await phase(page, "paused");
    const held = await left();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    strictEqual(await left(), held);
    await press(
      page.locator(".actions").getByRole("button", {
        name: round.resume,
        exact: true,
      }),
    );
    await phase(page, "open");

    await command(program, { type: "freeze", seconds: 0 });
    await phase(page, "frozen");
    await press(part.getByRole("button", { name: round.next, exact: true }));
    await until("the second round runs", async () => {
      const { frame } = await stateOf(program);
      return frame.round?.number === 2 && frame.phase === "open";
    });
  },
);

/** Presses Tab until something has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < 150; i++) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not come to ${target}`);
}

flow("a whole round by the keyboard alone", async (kit) => {
  const { page, texts, room, program, button } = kit;
  const { round, rounds } = texts;
  const part = page.locator(".round-part");
  const tile = page.locator(".tile").nth(1);
  const named = (name: string) =>
    part.getByRole("button", { name, exact: true });
  const enter = async (target: Locator) => {
    await tabTo(page, target);
    await page.keyboard.press("Enter");
  };
  await play(kit);
  crowd(room);
  await enter(tile);
  await enter(part.locator("summary"));
  await enter(named(round.presets.minutes));
  await phase(page, "open");
  await until(
    "a round runs",
    async () => (await stateOf(program)).frame.round?.number === 1,
  );

  await enter(tile);
  await tabTo(page, part.getByRole("combobox", { name: rounds.boostOf }));
  await page.keyboard.press("ArrowDown");
  await enter(named(rounds.boostStart(2, 60)));
  await until("likes are boosted", async () => {
    const { boost } = (await stateOf(program)).frame;
    return boost?.times === 2 && boost.of === "likes";
  });
  await enter(named(round.addTime(15)));
  await enter(named(round.pause));
  await phase(page, "paused");

  room.send([roses(MEY, 1)]);
  const loud = page.locator(".banners .late-line button");
  await enter(loud);
  await loud.waitFor({ state: "detached" });

  await page.keyboard.press("o");
  await phase(page, "open");
  await page.keyboard.press("f");
  await phase(page, "closing");
  await phase(page, "frozen");
  await page.keyboard.press("w");
  await page.locator("#confirm-winner:focus").waitFor();
  await page.keyboard.press("Enter");
  await until(
    "she has won",
    async () => (await stateOf(program)).rounds[0]?.win !== null,
  );
  await enter(button(round.next));
  await until(
    "the second round runs",
    async () => (await stateOf(program)).frame.round?.number === 2,
  );
});
