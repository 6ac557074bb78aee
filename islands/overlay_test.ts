import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import type { Browser, Page } from "playwright-core";
import { DEFAULT_LOOK } from "@/core/look.ts";
import { alphaOf } from "@/testing/alpha.ts";
import { openChromium } from "@/testing/chromium.ts";
import {
  frameOf,
  openOverlayStage,
  type OverlayStage,
} from "@/testing/overlay_stage.ts";

const PORTRAIT = { width: 1080, height: 1920 };
/** Longer than the longest climb, with its glow. */
const SETTLED_MS = 1_700;

const BOARD = { ann: 500, ben: 400, cat: 300, dan: 200, eve: 100 };
const WINNER = {
  kind: "winner",
  viewerId: "ann",
  handle: "ann",
  nickname: "น้องเมย์",
  avatarUrl: null,
  points: 12_480,
  comment: "พี่ร้องเพลงโปรดให้ฟังหน่อยได้ไหมคะ",
} as const;

/** What a test has: a stage, and pages of it. */
interface Kit {
  stage: OverlayStage;
  open(query?: string, viewport?: typeof PORTRAIT): Promise<Page>;
}

let browser: Browser | null = null;
let stage: OverlayStage | null = null;

Deno.test.beforeAll(async () => {
  [browser, stage] = await Promise.all([openChromium(), openOverlayStage()]);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** Runs on fresh pages, and expects a clean console. */
function check(name: string, body: (kit: Kit) => Promise<void>) {
  // The browser and the stage outlive each test.
  const options = { sanitizeOps: false, sanitizeResources: false };
  Deno.test({ name, ...options }, async () => {
    if (!browser || !stage) throw new Error("Cannot test: nothing is open");
    const context = await browser.newContext();
    const said: string[] = [];
    const running = stage;
    running.mend();
    running.asked.length = 0;
    try {
      await body({
        stage: running,
        async open(query, viewport = PORTRAIT) {
          const page = await context.newPage();
          await page.setViewportSize(viewport);
          page.on("pageerror", (error) => said.push(error.message));
          page.on("console", (message) => {
            const refused = /Failed to load resource|EventSource/;
            if (message.type() !== "error") return;
            if (!refused.test(message.text())) said.push(message.text());
          });
          const before = running.asked.length;
          await page.goto(running.pageUrl(query));
          if (!/demo/.test(query ?? "")) {
            while (running.asked.length === before) await wait(10);
          }
          return page;
        },
      });
      deepStrictEqual(said, []);
    } finally {
      await context.close();
    }
  });
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** Waits for elements to come. Chromium 103 cannot say which are visible. */
const see = (page: Page, selector: string) => until(page, selector, true);
/** Waits until the last one has gone. */
const miss = (page: Page, selector: string) => until(page, selector, false);

async function until(page: Page, selector: string, there: boolean) {
  const end = performance.now() + 60_000;
  while ((await page.$$(selector)).length > 0 !== there) {
    if (performance.now() > end) {
      throw new Error(`Cannot see ${there ? "" : "the end of "}${selector}`);
    }
    await wait(15);
  }
}

const idsOf = (page: Page) =>
  page.$$eval(
    ".row",
    (rows) => rows.map((row) => row.getAttribute("data-viewer")),
  );
const topsOf = (page: Page) =>
  page.$$eval(
    ".row",
    (rows) =>
      Object.fromEntries(rows.map((row) => [
        row.getAttribute("data-viewer") ?? "",
        Math.round(row.getBoundingClientRect().top),
      ])),
  );
const pointsOf = (page: Page, viewer: string) =>
  page.textContent(`[data-viewer="${viewer}"] .points`);

check("Overlay moves rows by transform and keeps their order", async (kit) => {
  kit.stage.send(frameOf(BOARD));
  const page = await kit.open();
  await see(page, '.row[data-viewer="eve"]');
  await wait(SETTLED_MS);
  const before = await topsOf(page);
  const order = await idsOf(page);
  ok(before.ann! < before.ben! && before.ben! < before.cat!);

  kit.stage.send(frameOf({ ...BOARD, eve: 450 }));
  await see(page, '.row[data-viewer="eve"][data-lifted]');
  match(await page.textContent('[data-viewer="eve"] .gain') ?? "", /\+350/);
  await wait(SETTLED_MS);
  const after = await topsOf(page);
  deepStrictEqual(await idsOf(page), order);
  strictEqual(after.eve, before.ben);
  strictEqual(after.ben, before.cat);
  strictEqual(await pointsOf(page, "eve"), "450");
  strictEqual(await page.locator("[data-lifted]").count(), 0);
});

check("Overlay never jumps when a move is interrupted", async (kit) => {
  kit.stage.send(frameOf(BOARD));
  const page = await kit.open();
  await see(page, '.row[data-viewer="eve"]');
  await wait(SETTLED_MS);
  await page.evaluate(`(() => {
    const last = new Map();
    globalThis.largest = 0;
    (function look() {
      for (const row of document.querySelectorAll(".row")) {
        const top = row.getBoundingClientRect().top;
        const at = performance.now();
        const before = last.get(row);
        // Pixels a millisecond: a slow machine draws fewer, longer steps.
        if (before) {
          const speed = Math.abs(top - before.top) / Math.max(16, at - before.at);
          globalThis.largest = Math.max(globalThis.largest, speed);
        }
        last.set(row, { top, at });
      }
      requestAnimationFrame(look);
    })();
  })()`);
  for (let step = 0; step < 40; step++) {
    const up = step % 4 < 2 ? 480 : 90;
    kit.stage.send(frameOf({ ...BOARD, eve: up, cat: 570 - up }));
    await wait(100);
  }
  const largest = Number(await page.evaluate("globalThis.largest"));
  ok(largest > 0.2, "nothing moved");
  ok(largest < 9, `a row moved ${largest} px in a millisecond`);
});

check("Overlay lets rows come from below and leave", async (kit) => {
  kit.stage.send(frameOf({ ann: 500, ben: 400 }));
  const page = await kit.open();
  await see(page, '.row[data-viewer="ben"]');
  await wait(SETTLED_MS);
  kit.stage.send(frameOf({ ann: 500, zoe: 450 }));
  await see(page, '.row[data-viewer="zoe"]');
  await see(page, '.row[data-viewer="ben"][data-away]');
  await miss(page, '.row[data-viewer="ben"]');
  deepStrictEqual(await idsOf(page), ["ann", "zoe"]);
});

check("Overlay paints nothing but its plates", async (kit) => {
  kit.stage.send(frameOf({}, { session: null, phase: "idle" }));
  const empty = await kit.open();
  await wait(300);
  deepStrictEqual(await alphaOf(empty, [[540, 700], [10, 10]]), [0, 0]);
  strictEqual(await empty.locator(".hint").count(), 0);

  kit.stage.send(frameOf(BOARD));
  const page = await kit.open();
  await see(page, '.row[data-viewer="eve"]');
  await wait(SETTLED_MS);
  const [plate, ...outside] = await alphaOf(page, [
    [480, 420],
    [10, 10],
    [1060, 500],
    [540, 150],
    [540, 1300],
    [540, 1900],
  ]);
  ok((plate ?? 0) >= 0.8 * 255, `a plate has alpha ${plate}`);
  deepStrictEqual(outside, [0, 0, 0, 0, 0]);
});

check("Overlay keeps inside the safe zone", async (kit) => {
  for (const rows of [5, 12, 30]) {
    const many = Object.fromEntries(
      Array.from({ length: rows }, (_, i) => [`viewer${i}`, 900 - i]),
    );
    kit.stage.send(frameOf(many));
    const page = await kit.open(`rows=${rows}&title=${"ชิงรางวัล ".repeat(9)}`);
    await see(page, `.row[data-viewer="viewer${rows - 1}"]`);
    await wait(SETTLED_MS);
    const boxes = await page.$$eval(
      ".row-plate, .board-title",
      (all) => all.map((each) => each.getBoundingClientRect().toJSON()),
    );
    for (const { left, right, top, bottom } of boxes) {
      ok(left >= 59.5 && right <= 930.5, `x ${left}–${right}`);
      ok(top >= 239.5 && bottom <= 1140.5, `y ${top}–${bottom}`);
    }
    await page.close();
  }
});

check(
  "Overlay counts down by the server's clock, also once that is set back",
  async (kit) => {
    const word = "หยุดรับแล้ว";
    let ahead = 3_600_000; // the server's clock is an hour ahead
    const frame = (more: Parameters<typeof frameOf>[1]) =>
      kit.stage.send(frameOf(BOARD, { now: Date.now() + ahead, ...more }));
    frame({});
    const page = await kit.open();
    await see(page, '.row[data-viewer="eve"]');
    ahead = -600_000;
    const countdownTo = Date.now() + ahead + 3000;
    frame({ phase: "closing", countdownTo, closesAt: countdownTo });
    await see(page, ".countdown");
    const seen: string[] = [];
    while (seen.at(-1) !== word) {
      const [text] = await page.$$eval(
        ".countdown",
        (all) =>
          all.map((each) =>
            each.textContent + (each.getAttribute("data-last") ?? "")
          ),
      );
      if (text !== undefined && seen.at(-1) !== text) seen.push(text);
      await wait(40);
    }
    deepStrictEqual(seen, ["3", "2", "1true", word]);
    frame({ phase: "frozen" });
    await miss(page, ".countdown");
    strictEqual(await page.locator(".board[data-frozen]").count(), 1);
  },
);

check(
  "Overlay that came during a countdown closes with it, though nothing follows",
  async (kit) => {
    const countdownTo = Date.now() + 3000;
    kit.stage.send(frameOf(BOARD, { phase: "closing", countdownTo }));
    const page = await kit.open();
    await see(page, '.countdown[data-kind="numeral"]');
    await see(page, '.countdown[data-kind="word"]');
    await see(page, ".board[data-frozen]");
    await miss(page, ".countdown");
    strictEqual(await page.locator(".board[data-frozen]").count(), 1);

    const late = await kit.open(); // it closed before: calm, without the word
    await see(late, ".board[data-frozen]");
    strictEqual(await late.locator(".countdown").count(), 0);
  },
);

check("Overlay takes a countdown back", async (kit) => {
  kit.stage.send(frameOf(BOARD));
  const page = await kit.open();
  await see(page, '.row[data-viewer="eve"]');
  const countdownTo = Date.now() + 30_000;
  kit.stage.send(frameOf(BOARD, { phase: "closing", countdownTo }));
  await see(page, ".countdown");
  kit.stage.send(frameOf(BOARD));
  await miss(page, ".countdown");
});

check("Overlay celebrates a winner once, and lets go", async (kit) => {
  kit.stage.send(frameOf(BOARD, { phase: "frozen" }));
  const page = await kit.open();
  await see(page, '.row[data-viewer="eve"]');
  await wait(SETTLED_MS);
  const { ann: _, ...rest } = BOARD;
  const shown = frameOf(rest, { phase: "frozen", stage: WINNER });
  kit.stage.send(shown);
  const card = page.locator('.card[data-kind="winner"]');
  await see(page, ".card");
  strictEqual(await page.locator(".confetti").count(), 1);
  match(await card.innerText(), /น้องเมย์[^]*12,480[^]*พี่ร้องเพลงโปรด/);
  strictEqual(await page.locator('.board[data-behind="winner"]').count(), 1);

  const late = await kit.open(); // was not there: calm, without ceremony
  await see(late, ".card[data-calm]");
  strictEqual(await late.locator(".confetti").count(), 0);

  kit.stage.send({ ...shown, stage: null });
  await see(page, ".card[data-leaving]");
  await miss(page, ".card");
});

check("Overlay names the team that has won on its best's card", async (kit) => {
  const team = {
    ...{ id: "red", name: "แดง", colour: "#dc2626", join: "1" },
    ...{ points: 900, members: 3, wins: 1, best: null },
  };
  const stage = { ...WINNER, kind: "team", team: "red" } as const;
  kit.stage.send(frameOf(BOARD, { phase: "frozen", teams: [team], stage }));
  const page = await kit.open();
  await see(page, ".card-team");
  strictEqual(await page.locator(".card-team").innerText(), "แดง");
});

check("Overlay renders strangers' text as text, in its place", async (kit) => {
  const names = {
    markup: `<img src=x onerror="document.title='owned'"><b>bold`,
    long: "W".repeat(400),
    arabic: "محمد ".repeat(40),
    override: "\u202Egnp.exe\u2066 \u2067 left",
    zalgo: "Z" + "\u0301\u0316\u0489".repeat(60) + "algo",
    family: "👨‍👩‍👧‍👦".repeat(30),
    lines: "one\ntwo\n\nthree",
    empty: "",
  };
  const points = Object.fromEntries(
    Object.keys(names).map((name, index) => [name, 900 - index]),
  );
  const stageOf = (name: keyof typeof names) => ({
    ...WINNER,
    nickname: names[name],
    comment: names[name].repeat(3),
  });
  kit.stage.send(frameOf(points, { names }));
  const page = await kit.open("rows=8");
  await see(page, '.row[data-viewer="empty"]');
  await wait(SETTLED_MS);
  strictEqual(await page.locator(".overlay img, .overlay b").count(), 0);
  const overlaps = await page.$$eval(".row", (rows) =>
    rows.filter((row) => {
      const name = row.querySelector(".name")?.getBoundingClientRect();
      const right = row.querySelector(".points")?.getBoundingClientRect();
      const plate = row.querySelector(".row-plate")?.getBoundingClientRect();
      if (!name || !right || !plate) return true;
      return name.right > right.left || right.right > plate.right ||
        name.height > plate.height + 4;
    }).map((row) => row.getAttribute("data-viewer")));
  deepStrictEqual(overlaps, []);
  strictEqual(await page.textContent('[data-viewer="empty"] .name'), "empty");

  for (const name of ["markup", "long", "zalgo", "family"] as const) {
    kit.stage.send(frameOf(points, { names, stage: stageOf(name) }));
    await see(page, ".card:not([data-leaving])");
    await wait(1000);
    const box = await page.$eval(
      ".card-plate",
      (plate) => plate.getBoundingClientRect().toJSON(),
    );
    ok(box.x >= 59 && box.x + box.width <= 931, `${name} is too wide`);
    ok(box.height <= 860, `${name} is ${box.height} high`);
    kit.stage.send(frameOf(points, { names }));
    await miss(page, ".card");
  }
  strictEqual(await page.title(), "Overlay");
});

check(
  "Overlay comes back after a refusal, to the newest state",
  async (kit) => {
    kit.stage.send(frameOf(BOARD));
    const page = await kit.open("key=secret");
    await see(page, '.row[data-viewer="eve"]');
    strictEqual(
      kit.stage.asked[0],
      "/api/frames?rows=30&overlays=1&key=secret",
    );
    kit.stage.break(503);
    await wait(2000);
    strictEqual(await page.locator(".row").count(), 5); // the last state stays
    ok(kit.stage.asked.length >= 2, "it does not try again");
    kit.stage.mend();
    kit.stage.send(frameOf({ ...BOARD, eve: 9000 }));
    await see(page, '.row[data-viewer="eve"][data-first]');
    const replayed = await page.$$(
      "[data-lifted], [data-dim], .gain[data-shown]",
    );
    strictEqual(replayed.length, 0);
    strictEqual(await pointsOf(page, "eve"), "9,000");
  },
);

check("Overlay does what its link says", async (kit) => {
  kit.stage.send(frameOf(BOARD));
  const page = await kit.open(
    "theme=neon&hiderank&hideavatar&minpoints=250&title=ชิงรางวัล&lang=en",
    { width: 1920, height: 1080 },
  );
  await see(page, '.row[data-viewer="cat"]');
  deepStrictEqual(await idsOf(page), ["ann", "ben", "cat"]);
  strictEqual(await page.locator(".rank, .avatar").count(), 0);
  strictEqual(await page.textContent(".board-title"), "ชิงรางวัล");
  strictEqual(await page.getAttribute("html", "lang"), "en");
  strictEqual(
    await page.$eval(
      ".row",
      (e) => getComputedStyle(e).fontFamily.split(",")[0],
    ),
    "Kanit",
  );
});

check(
  "Overlay follows the host's settings, and its link before them",
  async (kit) => {
    kit.stage.look(DEFAULT_LOOK);
    kit.stage.send(frameOf(BOARD));
    const page = await kit.open("hiderank=0");
    await see(page, '.row[data-viewer="eve"]');
    kit.stage.look({
      ...DEFAULT_LOOK,
      theme: "gold",
      rows: 3,
      title: "รอบชิง",
      hideRank: true,
    });
    await see(page, '.overlay[data-theme="gold"]');
    await miss(page, '.row[data-viewer="eve"]');
    strictEqual(await page.textContent(".board-title"), "รอบชิง");
    strictEqual(await page.locator(".rank").count(), 3);
    const plate = await page.$eval(
      ".overlay",
      (e) => getComputedStyle(e).getPropertyValue("--ink"),
    );
    strictEqual(plate.trim(), "#2b1f06");
    kit.stage.look(DEFAULT_LOOK);
  },
);

check(
  "Overlay lets seconds go before a card, which comes back",
  async (kit) => {
    const stage = { ...WINNER, kind: "comment" as const };
    kit.stage.send(frameOf(BOARD, { stage }));
    const page = await kit.open();
    await see(page, ".card");
    const countdownTo = Date.now() + 1600;
    kit.stage.send(frameOf(BOARD, { stage, phase: "closing", countdownTo }));
    await see(page, ".countdown");
    await miss(page, ".card");
    kit.stage.send(frameOf(BOARD, { stage, phase: "frozen" }));
    await see(page, ".card[data-calm]");
    await miss(page, ".countdown");
  },
);

check(
  "Overlay says in the preview alone what to look at in its link",
  async (kit) => {
    kit.stage.send(frameOf(BOARD));
    const link = "rows=99&hidernk&theme=neom";
    const page = await kit.open(`${link}&preview`);
    await see(page, '.row[data-viewer="eve"]');
    const said = await page.textContent(".hint-link bdi");
    strictEqual(said, "rows=99 → 30, hidernk → hiderank?, theme=neom → neon?");
    const onAir = await kit.open(link);
    await see(onAir, '.row[data-viewer="eve"]');
    strictEqual(await onAir.locator(".hint").count(), 0);
  },
);

check("Overlay shows hints and games of its own only if asked", async (kit) => {
  kit.stage.send(frameOf({}, { session: null, phase: "idle" }));
  const preview = await kit.open("preview");
  await see(preview, ".hint");
  const demo = await kit.open("demo");
  await see(demo, '.row[data-viewer^="demo-"]');
});
