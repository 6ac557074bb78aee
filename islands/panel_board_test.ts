/**
 * The board with more viewers than a screen, a page or a finger can hold.
 */
import { ok, strictEqual } from "node:assert";
import { flow, play, roses } from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";

flow(
  "a long board scrolls, searches and keeps few rows",
  async (kit) => {
    const { page, room, texts } = kit;
    await play(kit);
    const many = 1_200;
    for (let from = 0; from < many; from += 100) {
      room.send(Array.from({ length: 100 }, (_, i) => {
        const n = String(from + i);
        const viewer = {
          id: `9${n}`,
          handle: `v${n}`,
          nickname: `Viewer ${n}`,
        };
        return roses(viewer, many - from - i);
      }));
    }
    await page.getByText(texts.board.viewers(many)).waitFor();
    const rows = page.locator(".rows");
    await rows.evaluate((list) => list.scrollTop = list.scrollHeight);
    await page.locator('.row[data-viewer="91199"]').waitFor();
    ok(await page.locator(".row").count() < 60);
    await rows.evaluate((list) => list.scrollTop = list.scrollHeight / 2);
    await until("the middle is there", async () => {
      const ranks = await page.locator(".row .rank").allInnerTexts();
      return ranks.some((rank) => /^6\d\d$/.test(rank));
    });
    await page.locator("#board-search").fill("viewer 777");
    await page.locator('.row[data-viewer="9777"]').waitFor();
    strictEqual(await page.locator(".row").count(), 1);
    strictEqual(await page.locator(".row .rank").innerText(), "778");
    await page.locator("#board-search").fill("");
    await page.locator(".row.first").waitFor();
    await page.locator(".row.first").focus();
    await page.keyboard.press("ArrowDown");
    strictEqual(
      await page.evaluate(() =>
        document.activeElement?.getAttribute("data-viewer")
      ),
      "91",
    );
  },
);
