/** The overlay as it moves, counts down and celebrates. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import {
  BOARD,
  check,
  idsOf,
  miss,
  pointsOf,
  see,
  SETTLED_MS,
  topsOf,
  wait,
  WINNER,
} from "@/testing/overlay_kit.ts";
import { frameOf } from "@/testing/overlay_stage.ts";

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
