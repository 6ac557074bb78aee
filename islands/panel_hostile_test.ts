/**
 * Names, comments and pictures that were made to do harm: in every list, card
 * and export they are text, and nothing else.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import { faults } from "@/testing/panel_faults.ts";
import { check, command, type Kit, play, roses } from "@/testing/panel_kit.ts";
import { DESKTOP, DOCK, placeName, placesOf } from "@/testing/panel_places.ts";
import { api } from "@/testing/program.ts";
import { chat, question } from "@/testing/tiktok_messages.ts";

/** What would run if it were ever taken for more than text. */
const STRIKE = "globalThis.struck=1";
const WIDEST = "W".repeat(500);
const TEXTS = [
  `<script>${STRIKE}</script>`,
  `<img src=x onerror=${STRIKE}>`,
  `"><svg onload=${STRIKE}>`,
  `'-${STRIKE}-'`,
  `\`\${${STRIKE}}\``,
  `</title></textarea></style><iframe srcdoc="<script>${STRIKE}">`,
  `javascript:${STRIKE}//`,
  `{{constructor.constructor('${STRIKE}')()}}`,
  `<!--<b>`,
  "&lt;b&gt;&#60;script&#62;",
  `=HYPERLINK("http://evil.example","click")`,
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "+1-2",
  "\u202eevil\u202c \u2066x",
  "Z\u0351\u036b\u0343\u036aa\u0351\u036b\u0343\u036al".repeat(8),
  "\u0e19\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49\u0e49",
  "\ufdfd".repeat(30),
  WIDEST,
  "ก็".repeat(250),
  "\u202e" + "abc ".repeat(120),
  "\u2028x\u2029y\u0085z",
  "\t=1+1",
  "\r=1+1",
  `"=1+1`,
  `',"=1+1`,
  "👩‍👩‍👧‍👦".repeat(20),
  "__proto__",
  "\ud800 half",
  "a\nb\tc\u0000d",
];
const PICTURES = [
  `javascript:${STRIKE}`,
  `data:text/html,<script>${STRIKE}</script>`,
  `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${STRIKE}"/>`,
  `x" onerror="${STRIKE}`,
  "https://evil.example/track.png",
];

/** Everyone of the corpus, with points, a comment and a question. */
function hostileCrowd() {
  return TEXTS.flatMap((text, i) => {
    const viewer = {
      id: `66${i}`,
      handle: i % 2 ? text.slice(0, 60) : `evil${i}`,
      nickname: text,
      avatarUrls: [PICTURES[i % PICTURES.length]!],
    };
    return [
      roses(viewer, 100 - i),
      chat(viewer, text),
      question(viewer, text),
    ];
  });
}

/** Whether anything of it ran, or became an element of the page. */
async function harm(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    if ("struck" in globalThis) found.push("it ran");
    for (const { name } of performance.getEntriesByType("resource")) {
      if (name.includes("evil.example")) found.push(`asked for ${name}`);
    }
    const made =
      "main script, main svg[onload], img[onerror], main iframe:not([src='/overlay?motion=reduced']), " +
      "main title:not(svg title), a[href^=javascript]";
    for (const element of document.querySelectorAll(made)) {
      found.push(element.outerHTML.slice(0, 120));
    }
    return found;
  });
}

/** A dock and a desktop; the full matrix goes everywhere. */
const places = Deno.env.get("PLACES") ? placesOf(0) : [DOCK, DESKTOP];

for (const place of places) {
  check(
    `hostile names and comments are only text (${placeName(place)})`,
    place,
    async (kit) => {
      const { page, room, program, show } = kit;
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await play(kit);
      room.send(hostileCrowd());
      await page.locator(".row").nth(9).waitFor();
      const clean = async (state: string) => {
        const found = [...await harm(page), ...await faults(page)];
        equal(found.map((each) => `${state}: ${each}`), []);
      };
      await clean("board");
      const { session } = (await api(program, "state")).body as {
        session: { id: string };
      };
      const id = session.id;
      const ofSession = `${program.url}/api/sessions/${id}`;
      await tableIsText(ofSession);
      const { body } = await api(program, "board");
      for (const row of body.rows as { viewerId: string }[]) {
        const viewer = page.locator(`.row[data-viewer="${row.viewerId}"]`);
        if (await viewer.count() === 0) continue;
        await viewer.click();
        await page.locator(".viewer .big").waitFor();
        await clean(`viewer ${row.viewerId}`);
        await page.keyboard.press("Escape");
      }
      await show("comments");
      await page.locator(".asked summary").click();
      await page.locator(".comments .comment").nth(20).waitFor();
      await clean("comments");

      const { items } = (await api(program, "comments?limit=100")).body as {
        items: { viewerId: string; id: string }[];
      };
      strictEqual(items.length, TEXTS.length);
      for (const { viewerId, id: commentId } of items) {
        await api(program, "commands", {
          type: "queueComment",
          viewerId,
          commentId,
        });
      }
      await show("stage");
      await page.locator(".queue .comment").nth(TEXTS.length - 1).waitFor();
      await clean("queue");
      await page.locator(".air-preview summary").click();
      for (const { viewerId } of items.slice(0, 6)) {
        await api(program, "commands", { type: "selectWinner", viewerId });
      }
      await page.locator(".past-winners summary").click();
      await page.locator(".past-winners li").nth(5).waitFor();
      await clean("winners");

      await reasonsAndChannels(kit);
      const widest = `66${TEXTS.indexOf(WIDEST)}`;
      await command(program, { type: "selectWinner", viewerId: widest });
      const overlay = await kit.open("/overlay?preview");
      await overlay.getByText("W".repeat(40)).first().waitFor();
      equal(await harm(overlay), []);
      for (const title of TITLES) {
        await fetch(ofSession, {
          method: "PATCH",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ title }),
        });
        for (const path of ["/sessions", `/sessions/${id}`, "/admin"]) {
          await page.goto(program.url + path);
          await page.locator("main").waitFor();
          await clean(`${path} of ${title.slice(0, 20)}`);
        }
      }
      equal(asked.filter((each) => each.includes("evil.example")), []);
      await ledgerIsText(ofSession);
    },
  );
}

/** Titles of a game: they stand on pages and in names of files. */
const TITLES = [TEXTS[1]!, "W".repeat(200), `../"\r\nX: 1;=1+1.csv`];

/** What a host pastes without looking. */
async function reasonsAndChannels({ page, program }: Kit) {
  const { rows } = (await api(program, "board")).body as {
    rows: { viewerId: string }[];
  };
  const { viewerId } = rows[0]!;
  for (const reason of [TEXTS[1]!, "W".repeat(300)]) {
    await command(program, {
      type: "adjustPoints",
      viewerId,
      points: 1,
      reason,
    });
  }
  await page.keyboard.press("1");
  await page.locator(".rows").evaluate((list) => list.scrollTop = 0);
  await page.locator(`.row[data-viewer="${viewerId}"]`).click();
  await page.locator(".receipts summary").click();
  await page.locator(".receipt", { hasText: "W".repeat(300) }).waitFor();
  const found = [...await harm(page), ...await faults(page)];
  equal(found.map((each) => `reasons: ${each}`), []);
  await page.keyboard.press("Escape");
  for (const channel of [TEXTS[1]!, `javascript:${STRIKE}`, "=1+1"]) {
    const answer = await api(program, "commands", { type: "connect", channel });
    strictEqual(answer.status, 409, channel);
  }
}

/** No cell is a formula. */
async function tableIsText(url: string) {
  const csv = await (await fetch(`${url}/export.csv`)).text();
  const cells = cellsOf(csv);
  ok(cells.length > TEXTS.length);
  for (const cell of cells.flat()) {
    ok(!/^\s*[=+\-@|]/.test(cell), cell);
    ok(!/^[\t\r\n]/.test(cell), JSON.stringify(cell));
  }
  equal(new Set(cells.map((row) => row.length)).size, 1);
}

/** No line breaks where it should not, in the ledger or its name. */
async function ledgerIsText(url: string) {
  const saved = await fetch(`${url}/export.jsonl`);
  const text = await saved.text();
  ok(!/[\r\u2028\u2029\u0085]/.test(text));
  for (const line of text.trim().split("\n")) JSON.parse(line);
  const named = saved.headers.get("content-disposition") ?? "";
  ok(/^attachment; [\x20-\x7e]+$/.test(named), named);
  ok(!/[\\/]/.test(named), named);
}

/** A table as a program for tables reads it. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  for (const [whole, value, end] of csv.replace(/^\ufeff/, "").matchAll(cell)) {
    if (whole === "") break;
    const isQuoted = value!.startsWith('"');
    const plain = isQuoted ? value!.slice(1, -1).replaceAll('""', '"') : value!;
    rows.at(-1)!.push(plain);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
