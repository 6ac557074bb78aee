/**
 * Names, comments and pictures that were made to do harm: in every list, card
 * and export they are text, and nothing else.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import { check, DESKTOP, DOCK, faults, play } from "@/testing/panel_kit.ts";
import { api } from "@/testing/program.ts";
import { chat, gift, question, ROSE } from "@/testing/tiktok_messages.ts";

/** What would run if it were ever taken for more than text. */
const STRIKE = "globalThis.struck=1";
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
  "W".repeat(200),
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
    const group = String(900 + i);
    return [
      gift(viewer, ROSE, { count: 100 - i, end: true, group }),
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
      "main script, main svg[onload], img[onerror], main iframe:not([src='/overlay']), " +
      "main title:not(svg title), a[href^=javascript]";
    for (const element of document.querySelectorAll(made)) {
      found.push(element.outerHTML.slice(0, 120));
    }
    return found;
  });
}

for (const place of [DOCK, DESKTOP]) {
  check(
    `hostile names and comments are only text (${place.width} px)`,
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

      const { session } = (await api(program, "state")).body as {
        session: { id: string };
      };
      const url = `/api/sessions/${session.id}`;
      await fetch(program.url + url, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ title: TEXTS[1] }),
      });
      for (const path of ["/sessions", `/sessions/${session.id}`]) {
        await page.goto(program.url + path);
        await page.getByText(TEXTS[1]!).first().waitFor();
        await clean(path);
      }
      strictEqual(
        asked.filter((each) => each.includes("evil.example")).length,
        0,
      );

      const csv = await (await fetch(`${program.url}${url}/export.csv`)).text();
      for (const cell of csv.matchAll(/(?:^|,)"((?:[^"]|"")*)"/gm)) {
        ok(!/^[=+\-@\t\r|]/.test(cell[1]!), `a formula: ${cell[1]}`);
      }
      const saved = await fetch(`${program.url}${url}/export.jsonl`);
      for (const line of (await saved.text()).trim().split("\n")) {
        JSON.parse(line);
      }
      strictEqual(
        saved.headers.get("content-disposition")?.startsWith("attachment"),
        true,
      );
    },
  );
}
