/**
 * How a host sets a game up and hands its prizes out: teams, goals, a round of
 * their own, a boost, what came late, who has won.
 */
import { deepStrictEqual as equal, strictEqual } from "node:assert";
import {
  command,
  connect,
  crowd,
  faults,
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
import { until } from "@/testing/program.ts";
import { ROSE } from "@/testing/tiktok_messages.ts";

/** Opens a sheet of the game's card. */
async function sheet({ page, press, button }: Kit, title: string) {
  await press(button(title));
  const dialog = page.locator("dialog[open]");
  await dialog.locator("form, .form").first().waitFor();
  return dialog;
}

const SHOTS = Deno.env.get("SHOTS");
async function look({ page, place }: Kit, name: string) {
  if (!SHOTS) return;
  const path = `${SHOTS}/${name}-${place.width}-${place.language}.png`;
  await page.screenshot({ path });
}

flow("teams and goals are set, and a viewer is moved", async (kit) => {
  const { page, texts, room, program, press, show } = kit;
  const { rounds } = texts;
  await play(kit);
  crowd(room);
  await press(page.locator(".tile").nth(1));
  await look(kit, "card");

  let dialog = await sheet(kit, rounds.teams);
  const word = dialog.locator(".word-new input");
  await word.nth(0).fill("บวก");
  await word.nth(0).press("Enter");
  await press(
    dialog.getByRole("button", { name: rounds.addTeam, exact: true }),
  );
  const save = dialog.getByRole("button", { name: rounds.save, exact: true });
  strictEqual(await save.isDisabled(), true); // without a name
  await dialog.getByRole("alert").waitFor();
  await dialog.locator(".team-name input").nth(4).fill("Green");
  await word.nth(2).fill("บวก");
  await word.nth(2).press("Enter");
  await reads(dialog.getByRole("alert"), rounds.wordTwice);
  await press(
    dialog.locator(".team-fields").nth(2).getByRole("button", {
      name: rounds.removeWord("บวก"),
      exact: true,
    }),
  );
  const joins = (n: number) =>
    dialog.locator(".team-fields").nth(n).locator("select");
  await joins(0).selectOption(ROSE.id);
  await joins(1).selectOption(ROSE.id);
  await reads(dialog.getByRole("alert"), rounds.giftTwice);
  await press(
    dialog.locator(".team-fields").nth(1).getByRole("button", {
      name: rounds.removeGift("Rose"),
      exact: true,
    }),
  );
  await joins(1).selectOption({ label: rounds.otherGift });
  await dialog.getByLabel(rounds.giftId, { exact: true }).fill("77");
  equal(await faults(page), []);
  await look(kit, "teams");
  await press(save);
  await dialog.waitFor({ state: "detached" });
  const { setUp } = await stateOf(program);
  equal(setUp.teams.map(({ words }) => words), [
    ["1", "red", "แดง", "บวก"],
    ["2", "blue", "น้ำเงิน"],
    ["3"],
  ]);
  equal(setUp.teams.map(({ giftIds }) => giftIds), [[ROSE.id], ["77"], []]);

  dialog = await sheet(kit, rounds.goals);
  await press(
    dialog.getByRole("button", { name: rounds.addGoal, exact: true }),
  );
  const fields = dialog.locator(".team-fields");
  const kind = fields.locator("select").first();
  await kind.selectOption("gift");
  await reads(dialog.getByRole("alert"), rounds.giftMissing);
  const which = fields.locator("select").nth(1);
  await which.selectOption(ROSE.id);
  await dialog.getByRole("alert").waitFor({ state: "detached" });
  await which.selectOption({ label: rounds.otherGift });
  await reads(dialog.getByRole("alert"), rounds.giftMissing);
  await fields.getByLabel(rounds.giftId, { exact: true }).fill("77");
  await dialog.getByRole("alert").waitFor({ state: "detached" });
  await kind.selectOption("points");
  await fields.locator("input").nth(1).fill("30, 20");
  await reads(dialog.getByRole("alert"), rounds.stepsBad);
  await fields.locator("input").nth(1).fill("20, 40");
  equal(await faults(page), []);
  await look(kit, "goals");
  await press(dialog.getByRole("button", { name: rounds.save, exact: true }));
  await dialog.waitFor({ state: "detached" });
  await until("the goal counts", async () => {
    const { goals } = (await stateOf(program)).frame;
    return goals[0]?.of === "points" && goals[0].to === 20;
  });
  await page.getByRole("progressbar", { name: rounds.of.points }).waitFor();

  dialog = await sheet(kit, rounds.teams);
  const none = dialog.locator("details").last();
  await press(none.locator("summary"));
  await press(none.locator("button", { hasText: SOM.nickname }));
  await dialog.waitFor({ state: "detached" });
  const green = page.locator(".viewer .chip", { hasText: "Green" });
  await press(green);
  await until("she plays for them", async () => {
    const { frame } = await stateOf(program);
    return frame.teams[2]?.members === 1;
  });
  await page.locator(".viewer .chip[aria-pressed=true]", { hasText: "Green" })
    .waitFor();
  await look(kit, "viewer");
  equal(await faults(page), []);
  await press(page.locator(".viewer-head button").first());
  await show("board");
  await press(page.locator(".tile").nth(1));

  dialog = await sheet(kit, rounds.goals);
  await press(
    dialog.getByRole("button", { name: rounds.removeGoal(1), exact: true }),
  );
  await press(dialog.getByRole("button", { name: rounds.save, exact: true }));
  await until(
    "it is off",
    async () => (await stateOf(program)).frame.goals.length === 0,
  );
});

flow("an own round, a boost, late points and a prize", async (kit) => {
  const { page, texts, room, program, press } = kit;
  const { round, rounds } = texts;
  const part = page.locator(".round-part");
  const tile = page.locator(".tile").nth(1);
  await connect(kit);
  await play(kit);
  await press(tile);
  let dialog = await sheet(kit, rounds.own);
  const begin = dialog.getByRole("button", { name: rounds.begin, exact: true });
  const numbers = dialog.locator("input[type=number]");
  await dialog.locator("select").first().selectOption("team");
  await reads(dialog.getByRole("alert"), rounds.needsTeams);
  await dialog.locator("select").first().selectOption("viewer");
  await numbers.nth(0).fill("5");
  await reads(dialog.getByRole("alert").last(), rounds.secondsHelp);
  await numbers.nth(0).fill("600");
  await numbers.nth(1).fill("70");
  await dialog.locator("select").nth(1).selectOption("5");
  await press(dialog.getByRole("switch").nth(1));
  equal(await faults(page), []);
  await look(kit, "own");
  await press(begin);
  await dialog.waitFor({ state: "detached" });
  equal((await stateOf(program)).setUp.round, {
    ...{ seconds: 600, target: 70, by: "viewer", bestOf: 5, fromZero: true },
    overtime: { within: 10, margin: 0, add: 15, times: 3 },
  });

  await press(tile);
  await part.locator(".boost-choice select").nth(0).selectOption("3");
  await part.locator(".boost-choice select").nth(1).selectOption("120");
  await part.locator(".boost-choice select").nth(2).selectOption("gifts");
  await press(
    part.getByRole("button", { name: rounds.boostStart(3, 120), exact: true }),
  );
  await part.locator(".ring-left").waitFor();
  await look(kit, "boost");
  equal(await faults(page), []);
  const { frame, setUp } = await stateOf(program);
  equal([frame.boost?.times, frame.boost?.of], [3, "gifts"]);
  equal(setUp.boost, { seconds: 120 });

  room.send([roses(MEY, 1)]);
  await until(
    "she has points",
    async () => (await stateOf(program)).frame.viewers === 1,
  );
  await command(program, { type: "pause" });
  room.send([roses(SOM, 1)]);
  const count = part.getByRole("button", { name: rounds.count, exact: true });
  await count.waitFor();
  await reads(
    part.locator(".late-line span"),
    rounds.lateOf(SOM.nickname!, "15"),
  );
  await look(kit, "late");
  // As many as who leads has: no reason to hurry. More would change who is first.
  room.send([roses(SOM, 1)]);
  const loud = page.locator(".banners .late-line");
  await reads(
    loud.locator("span"),
    `${rounds.lateOf(SOM.nickname!, "30")} · ${rounds.lateMatters}`,
  );
  await count.waitFor({ state: "detached" });
  equal(await faults(page), []);
  await look(kit, "late-loud");
  await press(
    loud.getByRole("button", { name: rounds.count, exact: true }),
  );
  await loud.waitFor({ state: "detached" });
  equal((await stateOf(program)).late.points, 0);

  await command(program, { type: "resume" });
  await command(program, { type: "freeze", seconds: 0 });
  await command(program, { type: "selectWinner", comment: "none" });
  await phase(page, "frozen");
  await press(part.locator("button", { hasText: rounds.list }));
  dialog = page.locator("dialog[open]");
  const tick = dialog.getByRole("checkbox");
  strictEqual(await tick.isChecked(), false);
  await reads(dialog.locator(".pill").first(), `${SOM.nickname} ★`);
  await look(kit, "list");
  await press(tick);
  await dialog.locator("input:checked").waitFor();
  equal(await faults(page), []);
  const [line] = (await stateOf(program)).rounds;
  equal([line?.number, line?.win?.delivered], [1, true]);
  await page.keyboard.press("Escape");

  const { session } = await stateOf(program);
  await page.goto(new URL(`/sessions/${session!.id}`, program.url).href);
  const win = page.locator(".wins li");
  await win.locator("small", { hasText: rounds.delivered }).waitFor();
  await win.locator("small", { hasText: round.number(1) }).waitFor();
  await look(kit, "session");
  equal(await faults(page), []);
});
