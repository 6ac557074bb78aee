/** What the overlay shows where: by its link, the host's settings, and whoever writes. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { SOUNDS } from "@/components/overlay/sounds.ts";
import { DEFAULT_LOOK } from "@/core/look.ts";
import { alphaOf } from "@/testing/alpha.ts";
import {
  BOARD,
  check,
  idsOf,
  miss,
  see,
  SETTLED_MS,
  wait,
  WINNER,
} from "@/testing/overlay_kit.ts";
import { frameOf } from "@/testing/overlay_stage.ts";

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

check(
  "Overlay lets a goal's step, added time and a team's win be heard, once each",
  async (kit) => {
    const game = (step: number, overtime: number, more = {}) => ({
      round: {
        ...{ number: 1, by: "team" as const, endsAt: Date.now() + 60_000 },
        ...{ left: null, overtime, target: null },
      },
      goals: [{
        ...{ id: "a", title: "", of: "points", value: 5, from: 0, to: 20 },
        ...{ step, steps: 3 },
      }],
      ...more,
    });
    kit.stage.send(frameOf(BOARD, game(1, 1)));
    const page = await kit.open("sounds=1");
    await see(page, ".head-goal");
    await page.evaluate(`(() => {
    globalThis.tones = 0;
    const { createOscillator } = AudioContext.prototype;
    AudioContext.prototype.createOscillator = function () {
      globalThis.tones++;
      return createOscillator.call(this);
    };
  })()`);
    const tones = () => page.evaluate<number>("globalThis.tones");
    const adds = async (more: number, frame: Parameters<typeof frameOf>[1]) => {
      const before = await tones();
      kit.stage.send(frameOf(BOARD, frame));
      kit.stage.send(frameOf(BOARD, { ...frame, seq: 2 })); // and not once more
      const end = performance.now() + 5_000;
      while (await tones() < before + more && performance.now() < end) {
        await wait(20);
      }
      await wait(300);
      strictEqual(await tones() - before, more);
    };
    await adds(SOUNDS.goal.length, game(2, 1));
    await adds(SOUNDS.bell.length, game(2, 2));
    const stage = { ...WINNER, kind: "team" as const, team: "t0" };
    await adds(SOUNDS.winner.length, game(2, 2, { phase: "frozen", stage }));
  },
);
