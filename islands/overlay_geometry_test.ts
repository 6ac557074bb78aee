/**
 * Where the overlay stands and how large it is, measured in a real browser:
 * nothing that can be read leaves the picture, at any size.
 */
import { deepStrictEqual, ok } from "node:assert";
import type { Browser, Page } from "playwright-core";
import { DEFAULT_LOOK } from "@/core/look.ts";
import type { Look } from "@/core/shapes/look.ts";
import { openChromium } from "@/testing/chromium.ts";
import {
  frameOf,
  openOverlayStage,
  type OverlayStage,
} from "@/testing/overlay_stage.ts";

const SHAPES = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  small: { width: 800, height: 600 }, // what a new source of OBS is
};
const SCALES = [0.5, 1.17, 1.5, 2.5];
const ROWS = [1, 5, 30];
/** Where the board stands in each shape; the other layouts are like these. */
const LAYOUTS: Record<keyof typeof SHAPES, Look["layout"][]> = {
  portrait: ["auto", "fill"],
  landscape: ["auto", "right"],
  small: ["auto", "fill"],
};
const NAME = "น้องเมย์ผู้มีชื่อยาวมากกว่าใคร WWW";
const CARD = {
  viewerId: "viewer0",
  handle: "ann",
  nickname: NAME,
  avatarUrl: null,
  points: 12_480_000,
  comment: "พี่ร้องเพลงโปรดให้ฟังหน่อยได้ไหมคะ ".repeat(5),
};
/** Everything that is there to be read, and the faces. */
const READ = ".board-title, .head-clock, .rank, .row .avatar, .name, " +
  ".points, .gain, .new, .ticker-line, .card-label, .card-avatar, " +
  ".card-name, .card-points, .card-comment, .countdown-text, .hint, " +
  ".team-name, .team-points, .team-words, .goal-title, .goal-value, " +
  ".goal-step, .head-rules";
/** Rows that are on the screen at a time, at most. */
const PAGE = 10;

let browser: Browser;
let stage: OverlayStage;
Deno.test.beforeAll(async () => {
  [browser, stage] = await Promise.all([openChromium(), openOverlayStage()]);
});
Deno.test.afterAll(async () => {
  await browser.close();
  await stage.close();
});

/** A page on which everything is at its place at once. */
async function openStill(query: string, shape: keyof typeof SHAPES) {
  const page = await browser.newPage();
  await page.setViewportSize(SHAPES[shape]);
  await page.goto(stage.pageUrl(`${query}&motion=reduced`));
  await page.addStyleTag({
    content: "*, ::before, ::after { transition: none !important; " +
      "animation: none !important; }",
  });
  return page;
}

const many = (rows: number) =>
  Object.fromEntries(
    Array.from({ length: rows }, (_, i) => [`viewer${i}`, 9_876_543 - i]),
  );
const names = Object.fromEntries(
  Array.from({ length: 30 }, (_, i) => [`viewer${i}`, NAME]),
);

/** Waits for an element. Chromium 103 cannot say which are visible. */
const see = (page: Page, selector: string) =>
  page.waitForFunction((it) => document.querySelector(it) !== null, selector);

async function show(page: Page, look: Look, frame = {}) {
  stage.look(look);
  stage.send(frameOf(many(look.rows), { names, phase: "frozen", ...frame }));
  await page.waitForFunction(
    ({ rows, scale, layout }) => {
      const overlay = document.querySelector<HTMLElement>(".overlay");
      return overlay?.dataset.layout === layout &&
        overlay.style.getPropertyValue("--scale") === String(scale) &&
        document.querySelectorAll(".row").length === rows; // also none that leaves
    },
    { ...look, rows: Math.min(look.rows, PAGE) },
  );
}

/** What can be read and lies outside the picture. */
function outside(page: Page): Promise<string[]> {
  return page.$$eval(READ, (all) =>
    all.flatMap((each) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      if (getComputedStyle(each).visibility === "hidden") return [];
      const isIn = left >= -0.5 && top >= -0.5 &&
        right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5;
      const edges = [left, top, right, bottom].map(Math.round);
      return isIn ? [] : [`.${each.className} ${edges}`];
    }));
}

/** How large it is drawn, of what scale 1 is, and the room that is left to grow. */
function drawn(page: Page) {
  return page.$eval(".zone-board", (zone) => {
    const px = (name: string) => {
      const probe = document.createElement("i");
      probe.style.cssText = `position:absolute;width:calc(1000 * var(${name}))`;
      zone.append(probe);
      const { width } = probe.getBoundingClientRect();
      probe.remove();
      return width / 1000;
    };
    const { width } = zone.getBoundingClientRect();
    const lowest = document.querySelector(".ticker")!.getBoundingClientRect();
    // Margins of 10 beside the board and its gains.
    const beside = innerWidth - width - 140 * px("--u") - 20 * px("--one");
    const below = px("--floor") - lowest.bottom;
    return {
      scale: px("--u") / px("--one"),
      room: Math.min(beside, below),
    };
  });
}

for (const shape of Object.keys(SHAPES) as (keyof typeof SHAPES)[]) {
  Deno.test({
    name: `Overlay keeps inside a ${shape} picture, as large as fits`,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const page = await openStill("", shape);
      const wrong: string[] = [];
      for (const layout of LAYOUTS[shape]) {
        for (const rows of ROWS) {
          for (const scale of SCALES) {
            const what = `${layout} ${rows} rows at ${scale}`;
            const title = rows === 5 ? "ชิงรางวัล ".repeat(6).trim() : "";
            const look = { ...DEFAULT_LOOK, layout, rows, scale, title };
            await show(page, look);
            wrong.push(...(await outside(page)).map((it) => `${what}: ${it}`));
            const { scale: is, room } = await drawn(page);
            const asked = Math.abs(is - scale) < 0.005;
            if (!asked && (is > scale || room > 1)) {
              wrong.push(`${what}: ${is} with ${room} px of room`);
            }
          }
        }
      }
      await page.close();
      deepStrictEqual(wrong, []);
    },
  });

  Deno.test({
    name: `Overlay keeps cards and seconds inside a ${shape} picture`,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const page = await openStill("lang=th", shape);
      const wrong: string[] = [];
      for (const layout of LAYOUTS[shape]) {
        for (const scale of [0.5, 1, 2.5]) {
          const look = { ...DEFAULT_LOOK, layout, scale };
          for (const kind of ["winner", "comment"] as const) {
            await show(page, look, { stage: { ...CARD, kind } });
            await see(page, `.card[data-kind=${kind}]`);
            wrong.push(
              ...(await outside(page)).map((it) =>
                `${layout} ${kind} at ${scale}: ${it}`
              ),
            );
          }
          await show(page, look, {
            phase: "closing",
            countdownTo: Date.now() + 60_000,
          });
          await see(page, ".countdown:not([data-leaving])");
          wrong.push(
            ...(await outside(page)).map((it) =>
              `${layout} countdown at ${scale}: ${it}`
            ),
          );
        }
      }
      await page.close();
      deepStrictEqual(wrong, []);
    },
  });
}

/** A round with all that can stand above the board. */
function roundOf(sides: number) {
  const row = {
    ...{ rank: 1, viewerId: "viewer0", handle: "v", nickname: NAME },
    ...{ avatarUrl: null, points: 9_876_543, follower: true },
    ...{ team: "t0", wins: 3 },
  };
  return {
    phase: "open",
    round: {
      ...{ number: 12, by: "team", endsAt: Date.now() + 7_199_000 },
      ...{ left: null, overtime: 3, target: 99_999_999 },
    },
    series: { bestOf: 7, champion: null },
    teams: Array.from({ length: sides }, (_, i) => ({
      ...{ id: `t${i}`, name: NAME, colour: "#dc2626", join: "น้ำเงิน" },
      ...{ points: 9_876_543 * i, members: 99, wins: i * 2, best: row },
    })),
    goals: ["a", "b", "c"].map((id, i) => ({
      ...{ id, title: NAME, of: "roomLikes", value: 9_876_543 * i },
      ...{ from: 0, to: 12_345_678, step: i, steps: 2 },
    })),
    boost: { times: 10, of: "all", until: Date.now() + 600_000 },
  };
}

for (const shape of Object.keys(SHAPES) as (keyof typeof SHAPES)[]) {
  Deno.test({
    name: `Overlay keeps clock, teams and goals inside a ${shape} picture`,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const page = await openStill("lang=th", shape);
      const wrong: string[] = [];
      for (const layout of LAYOUTS[shape]) {
        for (const sides of [2, 4]) {
          for (const [rows, scale] of [[5, 0.5], [30, 1], [5, 2.5]] as const) {
            const what = `${layout} ${sides} teams ${rows} rows at ${scale}`;
            stage.look({ ...DEFAULT_LOOK, layout, rows, scale });
            const teams = roundOf(sides);
            stage.send(frameOf(many(rows), { names, ...teams } as never));
            await page.waitForFunction(
              ({ sides, scale, layout }) => {
                const overlay = document.querySelector<HTMLElement>(".overlay");
                return overlay?.dataset.layout === layout &&
                  overlay.style.getPropertyValue("--scale") ===
                    String(scale) &&
                  document.querySelectorAll(".team-name").length === sides;
              },
              { sides, scale, layout },
            );
            await see(page, ".head-clock");
            wrong.push(...(await outside(page)).map((it) => `${what}: ${it}`));
          }
        }
      }
      await page.close();
      deepStrictEqual(wrong, []);
    },
  });
}

Deno.test({
  name: "What a link asks for alone is shown alone",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const parts = {
      clock: ".head-clock",
      teams: ".head-tug",
      goal: ".head-goal",
    };
    for (const [part, selector] of Object.entries(parts)) {
      const page = await openStill(`show=${part}`, "portrait");
      stage.look(DEFAULT_LOOK);
      stage.send(frameOf(many(5), { names, ...roundOf(2) } as never));
      await see(page, selector);
      const others = Object.values(parts).filter((each) => each !== selector);
      for (const other of [...others, ".row", ".card"]) {
        deepStrictEqual(await page.locator(other).count(), 0);
      }
      await page.close();
    }
  },
});

Deno.test({
  name: "The winner's face flies from the size it has in its row, and grows",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    stage.look(DEFAULT_LOOK);
    stage.send(frameOf(many(5), { phase: "frozen" }));
    const page = await browser.newPage();
    await page.setViewportSize(SHAPES.portrait);
    await page.goto(stage.pageUrl());
    await see(page, '.row[data-viewer="viewer0"]:not([data-away])');
    await see(page, ".board:not([data-still])");
    await see(page, ".head-clock"); // parts that come later are there
    await page.waitForFunction(() => document.getAnimations().length === 0);
    const row = await page.$eval(
      '.row[data-viewer="viewer0"] .avatar',
      (avatar) => avatar.getBoundingClientRect().width,
    );
    // As slow as can be: a machine in a hurry does not miss the beginning.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Animation.enable");
    await devtools.send("Animation.setPlaybackRate", { playbackRate: 0.001 });
    stage.send(frameOf(many(5), {
      phase: "frozen",
      stage: { ...CARD, kind: "winner" },
    }));
    await see(page, ".card-avatar");
    // Frame by frame, however slow this machine is.
    const widths = await page.$eval(".card-avatar", (face) => {
      const running = document.querySelector(".card")!
        .getAnimations({ subtree: true });
      const at: number[] = [];
      for (let ms = 0; ms <= 1500; ms += 16) {
        for (const each of running) {
          each.pause();
          each.currentTime = ms;
        }
        at.push(face.getBoundingClientRect().width);
      }
      return at;
    });
    await page.close();
    const [first = 0] = widths;
    const last = widths.at(-1)!;
    ok(Math.abs(first - row) < 3, `it begins at ${first} px, not at ${row}`);
    ok(last > 1.8 * row, `it ends at ${last} px`);
    const steps = widths.slice(1).map((width, i) => width - widths[i]!);
    ok(Math.min(...steps) > -0.01, "it shrinks on its way");
    const largest = Math.max(...steps);
    ok(largest < (last - first) / 8, `it grows ${largest} px in one frame`);
  },
});

Deno.test({
  name: "A team that has won covers neither the word for it nor a name",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const page = await openStill("lang=th", "portrait");
    stage.look(DEFAULT_LOOK);
    stage.send(frameOf(many(5), {
      ...{ names, ...roundOf(2), phase: "frozen" },
      stage: { ...CARD, kind: "team", team: "t0" },
    } as never));
    await see(page, ".card-team");
    const [label, team, name] = await Promise.all(
      [".card-label", ".card-team", ".card-name"].map((it) =>
        page.$eval(it, (each) => each.getBoundingClientRect().toJSON())
      ),
    );
    ok(team.top >= label.bottom, `${team.top} is above ${label.bottom}`);
    // A line of Thai has room above its letters.
    ok(name.top + 20 >= team.bottom, `${team.bottom} is below ${name.top}`);
    deepStrictEqual(await outside(page), []);
    await page.close();
  },
});
