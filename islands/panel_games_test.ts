/**
 * Past games: found, looked at, renamed, removed and restored, taken out as
 * files and in again.
 */
import { Buffer } from "node:buffer";
import { deepStrictEqual as equal, match, ok, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import { openDesk } from "@/ingest/desk/desk.ts";
import { confirm } from "@/testing/confirm.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { faults } from "@/testing/panel_faults.ts";
import {
  board,
  command,
  crowd,
  flow,
  flowAlone,
  type Kit,
  MEY,
  play,
  SOM,
  stateOf,
} from "@/testing/panel_kit.ts";
import { until } from "@/testing/program.ts";

/** A game with a winner that has ended; its id and its title. */
async function past(kit: Kit) {
  const { page, program, room } = kit;
  const title = `Game ${crypto.randomUUID().slice(0, 8)}`;
  await play(kit, title);
  crowd(room);
  await board(page, SOM.nickname, MEY.nickname);
  await command(program, { type: "selectWinner", comment: "latest" });
  await command(program, { type: "endSession" });
  const id = (await stateOf(program)).session!.id;
  return { id, title };
}

async function saved(page: Page, start: () => Promise<void>) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    start(),
  ]);
  return {
    name: download.suggestedFilename(),
    text: await Deno.readTextFile(await download.path()),
  };
}

flow("a past game is found and told in full", async (kit) => {
  const { page, program, texts, press } = kit;
  const { sessions } = texts;
  const { id, title } = await past(kit);
  await page.goto(`${program.url}/sessions`);
  const search = page.getByLabel(sessions.search);
  await search.fill("nothing like it");
  await press(page.getByRole("button", { name: sessions.searchButton }));
  await page.getByText(sessions.noMatch("nothing like it")).waitFor();
  await search.fill(title.slice(5));
  await press(page.getByRole("button", { name: sessions.searchButton }));
  await page.locator(".games a", { hasText: title }).waitFor();
  strictEqual(await page.locator(".games li").count(), 1);
  await press(page.locator(".games a"));
  await page.waitForURL(`**/sessions/${id}`);

  await page.getByRole("heading", { name: title }).waitFor();
  const totals = page.locator(".card", { hasText: sessions.totals }).first();
  const numbers = await totals.locator("dd").allInnerTexts();
  equal(numbers, ["2", "5", "0", "3", "2", "1", "0"]);
  match(
    await page.locator(".timeline svg").getAttribute("aria-label") ?? "",
    /15/,
  );
  await page.locator(".timeline-mark.winner").waitFor({ state: "attached" });
  const heading = page.getByRole("heading", { name: sessions.winners });
  const wins = page.locator(".card").filter({ has: heading });
  await wins.getByText("ร้องเพลงหน่อย").waitFor();
  await page.getByText(sessions.noGaps).waitFor();
  await press(page.locator(".timeline summary"));
  await page.locator(".timeline tbody tr").first().waitFor();
  equal(await faults(page), []);
});

flow("a game is renamed, removed with two taps, restored", async (kit) => {
  const { page, program, texts, press } = kit;
  const { games } = texts;
  const { id } = await past(kit);
  // Typed before the page is alive: its scripts are still on their way.
  const typed = Promise.withResolvers<void>();
  await page.route(/\.js$/, async (route) => {
    await typed.promise;
    await route.continue();
  });
  await page.goto(`${program.url}/sessions/${id}`, { waitUntil: "commit" });
  const renamed = `<b>${crypto.randomUUID().slice(0, 8)}</b>`;
  await page.getByLabel(games.name).fill(renamed);
  typed.resolve();
  await press(page.getByRole("button", { name: games.rename }));
  await page.getByRole("heading", { name: renamed }).waitFor();
  const remove = page.getByRole("button", { name: games.remove, exact: true });
  await press(remove);
  strictEqual((await fetch(`${program.url}/sessions/${id}`)).status, 200);
  await confirm(
    remove,
    page.getByRole("button", { name: games.removeConfirm }),
    press,
  );
  await page.waitForURL("**/sessions");
  strictEqual(await page.locator(".games a", { hasText: renamed }).count(), 0);
  strictEqual((await fetch(`${program.url}/sessions/${id}`)).status, 404);
  await press(page.locator("summary", { hasText: games.removedTitle }));
  equal(await faults(page), []);
  const line = page.locator(".line", { hasText: renamed });
  await press(line.getByRole("button", { name: games.restore }));
  await page.locator(".games a", { hasText: renamed }).waitFor();
});

flow("a game leaves as table and ledger, and comes in again", async (kit) => {
  const { page, program, texts, press } = kit;
  const { games, sessions } = texts;
  const { id, title } = await past(kit);
  await page.goto(`${program.url}/sessions/${id}`);
  const csv = await saved(
    page,
    () => press(page.getByRole("link", { name: sessions.csv })),
  );
  match(csv.name, /\.csv$/);
  const lines = csv.text.replace(/^\ufeff/, "").trim().split(/\r?\n/);
  strictEqual(lines.length, 2);
  ok(lines.some((line) => line.includes("น้องเมย์") && line.includes("5")));
  const ledger = await saved(
    page,
    () => press(page.getByRole("link", { name: sessions.jsonl })),
  );
  match(ledger.name, /\.jsonl$/);
  const { hash } = JSON.parse(ledger.text.trimEnd().split("\n").at(-1)!);
  strictEqual(
    await page.locator(".closing").textContent(),
    hash.slice(0, 12),
  );
  const entries = ledger.text.trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  strictEqual(entries[0].format, "tiktok-live-support/1");
  strictEqual(entries.at(-1).type, "end");

  await page.goto(`${program.url}/sessions?q=${encodeURIComponent(title)}`);
  const take = (text: string) =>
    page.locator('input[type="file"]').setInputFiles({
      name: "game.jsonl",
      mimeType: "application/jsonl",
      buffer: Buffer.from(text),
    });
  const refused = page.getByText(games.importBad("").trim());
  await take("{}\n");
  await refused.waitFor();
  await take(ledger.text.replace('"points":', '"points":1'));
  await until("it is refused", async () => await refused.count() > 0);
  strictEqual(await page.locator(".games li").count(), 1);
  await take(ledger.text);
  await page.locator(".games li").nth(1).waitFor();
  const hrefs = await page.locator(".games a").evaluateAll((links) =>
    links.map((link) => link.getAttribute("href") ?? "")
  );
  const imported = hrefs.find((href) => !href.endsWith(id))!;
  const again = await fetch(`${program.url}/api${imported}/export.jsonl`);
  strictEqual(
    JSON.parse((await again.text()).trim().split("\n").at(-1)!).board,
    entries.at(-1).board,
  );
});

/** The export of a rehearsal, made elsewhere. */
async function rehearsed(title: string): Promise<string> {
  const store = memoryStore();
  const desk = await openDesk({
    store,
    connect: () => {
      throw new Error("Nobody connects here");
    },
    rehearsal: true,
    version: "test",
  });
  await desk.submit({ type: "newSession", title });
  const view = await desk.view("current");
  const lines = await Array.fromAsync(view!.exportJsonl());
  await desk.close();
  return lines.join("");
}

flowAlone(
  "a rehearsal from elsewhere is marked everywhere, and not offered to go on with",
  async (kit) => {
    const { page, program, texts, press } = kit;
    const { title: real } = await past(kit);
    await play(kit);
    const title = `Practice ${crypto.randomUUID().slice(0, 8)}`;
    const imported = await fetch(`${program.url}/api/sessions/import`, {
      method: "POST",
      headers: { "content-type": "application/jsonl" },
      body: await rehearsed(title),
    });
    strictEqual(imported.status, 201);
    const { id } = await imported.json();
    await page.goto(`${program.url}/sessions`);
    match(
      await page.locator(".games li", { hasText: title }).innerText(),
      new RegExp(texts.app.rehearsed),
    );
    await page.goto(`${program.url}/sessions/${id}`);
    match(
      await page.locator(".lead").innerText(),
      new RegExp(texts.app.rehearsed),
    );
    await page.goto(`${program.url}/admin`);
    await press(page.locator(".tile").nth(1));
    await press(page.locator(".more-games summary"));
    const lines = page.locator(".more-games .line");
    await lines.filter({ hasText: real }).waitFor();
    strictEqual(await lines.filter({ hasText: title }).count(), 0);
  },
);
