/**
 * The page that checks certificates: on the real program, saved, and opened
 * from the disk without a network.
 *
 * @module
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { verifyTextsOf } from "@/locales/verify.ts";
import {
  check,
  command,
  crowd,
  faults,
  type Kit,
  play,
} from "@/testing/panel_kit.ts";
import { DESKTOP, DOCK, PHONE } from "@/testing/panel_places.ts";

/** Gives the page a file of this text. */
async function give(page: Page, text: string, name = "evening.jsonl") {
  const file = { name, mimeType: "text/plain", buffer: Buffer.from(text) };
  await page.locator("input[type=file]").setInputFiles(file);
}

/** An evening with a draw, over; its export and a viewer's file. */
async function evening(kit: Kit) {
  const { page, program } = kit;
  await play(kit);
  crowd(kit.room);
  await page.locator(".row").nth(1).waitFor();
  await command(program, { type: "freeze", seconds: 0 });
  await command(program, { type: "selectWinner", comment: "random" });
  await command(program, { type: "endSession" });
  const path = `${program.url}/api/sessions/current`;
  const get = async (rest: string) => await (await fetch(path + rest)).text();
  return {
    ledger: await get("/export.jsonl"),
    receipts: await get("/viewers/11/proof"),
  };
}

for (const place of [DESKTOP, PHONE, DOCK]) {
  const where = `${place.width} px, ${place.language}`;

  check(
    `a saved page checks an evening without a network (${where})`,
    place,
    async (kit) => {
      const { ledger, receipts } = await evening(kit);
      const texts = verifyTextsOf(place.language);
      const online = await kit.open("/verify");
      const saving = online.waitForEvent("download");
      await kit.press(online.getByRole("link", { name: texts.save }));
      const saved = `${await (await saving).path()}.html`;
      await (await saving).saveAs(saved);
      equal(
        await readFile(saved, "utf8"),
        await (await fetch(`${kit.program.url}/verify`)).text(),
      );

      const page = await kit.open(`file://${saved}`);
      await page.context().setOffline(true);
      for (const each of [online, page]) {
        await looks(each, place.language, ledger);
      }

      await give(page, receipts, "receipts.json");
      await page.getByText(texts.belongs).waitFor();
      const { hash } = JSON.parse(ledger.trimEnd().split("\n").at(-1)!);
      strictEqual(await page.locator(".hash code").textContent(), hash);
      const { points, ...file } = JSON.parse(receipts);
      await give(
        page,
        JSON.stringify({ ...file, points: points + 1 }),
        "a.json",
      );
      await page.getByText(texts.wrongSum).waitFor();

      const other = place.language === "th" ? "en" : "th";
      const name = other === "th" ? "ไทย" : "English";
      await kit.press(page.getByRole("button", { name }));
      await page.getByText(verifyTextsOf(other).wrongSum).waitFor();
      equal(await faults(page), []);
    },
  );
}

/** The page knows a true file, and names the line of a changed one. */
async function looks(page: Page, language: "th" | "en", ledger: string) {
  const texts = verifyTextsOf(language);
  await give(page, ledger);
  await page.getByText(texts.isTrue).waitFor();
  await page.getByText("ร้องเพลงหน่อย").waitFor();
  const lines = ledger.trimEnd().split("\n");
  const { hash } = JSON.parse(lines.at(-1)!);
  strictEqual(await page.locator(".hash b").textContent(), hash.slice(0, 12));
  equal(await faults(page), []);

  const liked = lines.findIndex((line) => line.includes('"gifted"'));
  ok(liked > 0);
  const changed = lines.with(liked, lines[liked]!.replace("Rose", "Rosé"));
  await give(page, changed.join("\n"));
  await page.getByText(texts.why.chain).waitFor();
  await page.getByText(texts.line(liked + 1), { exact: true }).waitFor();
  await give(page, lines.toSpliced(liked, 1).join("\n"));
  await page.getByText(texts.why.order).first().waitFor();
  equal(await faults(page), []);
}
