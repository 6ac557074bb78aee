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
  DESKTOP,
  DOCK,
  MEY,
  type Place,
  play,
} from "@/testing/panel_kit.ts";
import { api } from "@/testing/program.ts";
import { question } from "@/testing/tiktok_messages.ts";

/** A phone and a tablet, so that each size and language is walked through. */
const PHONE: Place = { language: "en", width: 390, height: 844 };
const TABLET: Place = { language: "th", width: 820, height: 1180 };

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

for (const place of [DOCK, PHONE, TABLET, DESKTOP]) {
  const where = `${place.width} px, ${place.language}`;
  check(
    `axe finds nothing that shuts anybody out (${where})`,
    place,
    async (kit) => {
      const { page, texts, room, program, show } = kit;
      const clean = async (state: string) =>
        equal((await shutOut(page)).map((fault) => `${state}: ${fault}`), []);
      // Both schemes have their turn.
      const colorScheme = place.language === "th" ? "dark" : "light";
      await page.emulateMedia({ colorScheme });
      await clean("before a game");
      await countdownOf(30, program);
      await play(kit);
      room.send(question(MEY, "กี่โมงแล้ว"));
      crowd(room);
      await page.locator(".row").nth(1).waitFor();
      await clean("open");

      await page.locator(".row").first().click();
      await page.locator(".viewer .big").waitFor();
      await page.locator(".viewer .receipts summary").click();
      await page.locator(".receipt").first().waitFor();
      await page.locator(".viewer .adjust summary").click();
      await clean("viewer");
      await page.keyboard.press("Escape");

      await show("comments");
      await page.locator(".comments .comment-buttons [aria-expanded]").first()
        .click();
      await page.locator(".asked summary").click();
      await clean("comments");

      await page.keyboard.press("w");
      await page.locator("#confirm-winner:focus").waitFor();
      await clean("choosing");
      await page.keyboard.press("Enter");
      await page.getByText(texts.done.winner("ส้ม 🍊")).waitFor();
      await show("stage");
      await page.locator(".past-winners summary").click();
      await page.locator(".past-winners li").first().waitFor();
      await clean("winner");

      await page.keyboard.press("o");
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      await clean("keys");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.keyboard.press("f");
      await page.locator(".tile.tone-closing").waitFor();
      await clean("closing");

      await show("more");
      await page.locator(".rates summary").click();
      await page.locator(".words summary").click();
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
    },
  );
}

check("axe sees a button without a name", DESKTOP, async ({ page }) => {
  await page.evaluate(() =>
    document.querySelector("main")!.append(document.createElement("button"))
  );
  equal((await shutOut(page)).map((fault) => fault.split(":")[0]), [
    "button-name",
  ]);
});
