/**
 * Who cannot see or hold a mouse: axe finds no serious fault on any page and in
 * any state, and every action can be had from the keyboard.
 */
import { deepStrictEqual as equal } from "node:assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import {
  check,
  countdownOf,
  crowd,
  flowAlone,
  MEY,
  phase,
  play,
} from "@/testing/panel_kit.ts";
import { DESKTOP } from "@/testing/panel_places.ts";
import { api } from "@/testing/program.ts";
import { question } from "@/testing/tiktok_messages.ts";

/** The faults that shut somebody out, each with the first place it is at. */
async function shutOut(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as never as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, {
      resultTypes: ["violations"],
      // A frame is a page of its own, with tests of its own.
      iframes: false,
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
}

const SCHEMES = ["dark", "light"] as const;

flowAlone("axe finds nothing that shuts anybody out", async (kit) => {
  const { page, texts, room, program, press, show } = kit;
  const clean = async (state: string) => {
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const found = await shutOut(page);
      const seen = found.map((fault) => `${state}, ${colorScheme}: ${fault}`);
      equal(seen, []);
    }
  };
  await clean("before a game");
  await countdownOf(30, program);
  await play(kit);
  room.send(question(MEY, "กี่โมงแล้ว"));
  crowd(room);
  await page.locator(".row").nth(1).waitFor();
  await clean("open");

  await press(page.locator(".row").first());
  await page.locator(".viewer .big").waitFor();
  await press(page.locator(".viewer .receipts summary"));
  await page.locator(".receipt").first().waitFor();
  await press(page.locator(".viewer .adjust summary"));
  await press(page.locator(".viewer .forget summary"));
  await clean("viewer");
  await page.keyboard.press("Escape");

  await show("comments");
  await page.locator(".comments .comment-buttons [aria-expanded]").first()
    .click();
  await press(page.locator(".asked summary"));
  await clean("comments");

  await page.keyboard.press("w");
  await page.locator("#confirm-winner:focus").waitFor();
  await clean("choosing");
  await page.keyboard.press("Enter");
  await page.getByText(texts.done.winner("ส้ม 🍊")).waitFor();
  await show("stage");
  await press(page.locator(".past-winners summary"));
  await page.locator(".past-winners li").first().waitFor();
  await clean("winner");

  await page.keyboard.press("o");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await clean("keys");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("f");
  await phase(page, "closing");
  await clean("closing");

  await show("more");
  await press(page.locator(".rates summary"));
  await press(page.locator(".words summary"));
  await page.locator(".presets").waitFor();
  await clean("settings");

  const { body } = await api(program, "state");
  const { id } = body.session as { id: string };
  for (const path of ["/", "/sessions", `/sessions/${id}`, "/nothing"]) {
    await page.goto(program.url + path);
    for (const summary of await page.locator("main summary").all()) {
      await summary.click();
    }
    await clean(path);
  }
});

check("axe sees a button without a name", DESKTOP, async ({ page }) => {
  await page.evaluate(() =>
    document.querySelector("main")!.append(document.createElement("button"))
  );
  equal((await shutOut(page)).map((fault) => fault.split(":")[0]), [
    "button-name",
  ]);
});
