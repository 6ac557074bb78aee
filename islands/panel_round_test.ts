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
  phase,
  play,
  stateOf,
} from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";

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
