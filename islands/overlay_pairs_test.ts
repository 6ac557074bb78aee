/**
 * The overlay with its options two by two: every value of each beside every
 * value of every other. Nothing leaves the picture or its plate, nothing is too
 * small to be read on a phone, no gain lies on a name, and nothing lies under
 * TikTok's own buttons.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import type { Browser, Page } from "playwright-core";
import type { Frame } from "@/core/frame.ts";
import { DEFAULT_LOOK, THEMES } from "@/core/look.ts";
import { createSeeded } from "@/core/seeded.ts";
import { openChromium } from "@/testing/chromium.ts";
import {
  frameOf,
  openOverlayStage,
  type OverlayStage,
} from "@/testing/overlay_stage.ts";

const SIZES = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  small: { width: 800, height: 600 }, // what a new source of OBS is
};
const TITLE = "ชิงรางวัลใหญ่ประจำคืนนี้";
/** What is tried of each option. */
const VALUES = {
  size: Object.keys(SIZES) as (keyof typeof SIZES)[],
  theme: [...THEMES],
  layout: ["auto", "left", "right", "fill"] as const,
  scale: [0.5, 1, 1.5, 2.5],
  rows: [1, 3, 5, 10, 30],
  title: ["", TITLE],
  hideRank: [false, true],
  hideAvatar: [false, true],
  hidePoints: [false, true],
  sides: [0, 2, 4],
  moment: ["open", "closing", "frozen", "winner", "comment"] as const,
};
type Values = typeof VALUES;
type Case = { [K in keyof Values]: Values[K][number] };
const OPTIONS = Object.keys(VALUES) as (keyof Values)[];

/** As few cases as it takes, or nearly, the same on every run. */
function pairwise(): Case[] {
  const { pick } = createSeeded(18);
  const missing = new Set(
    OPTIONS.flatMap((a, i) =>
      OPTIONS.slice(i + 1).flatMap((b) =>
        VALUES[a].flatMap((x) => VALUES[b].map((y) => `${a}=${x} ${b}=${y}`))
      )
    ),
  );
  const draw = () =>
    Object.fromEntries(
      OPTIONS.map((name) => [name, pick([...VALUES[name]])]),
    ) as Case;
  const pairsOf = (one: Case) =>
    OPTIONS.flatMap((a, i) =>
      OPTIONS.slice(i + 1).map((b) => `${a}=${one[a]} ${b}=${one[b]}`)
    );
  const worth = (one: Case) =>
    pairsOf(one).filter((pair) => missing.has(pair)).length;
  const cases: Case[] = [];
  while (missing.size > 0) {
    const drawn = Array.from({ length: 60 }, draw);
    const best = drawn.reduce((a, b) => worth(b) > worth(a) ? b : a);
    if (worth(best) === 0) continue;
    pairsOf(best).forEach((pair) => missing.delete(pair));
    cases.push(best);
  }
  return cases;
}

/** As most hosts have it: each look at each moment, upright, at its own size. */
function plain(): Case[] {
  return VALUES.theme.flatMap((theme, i) =>
    VALUES.moment.map((moment, j): Case => ({
      ...{ size: "portrait", layout: "auto", scale: 1, theme, moment },
      ...{ rows: [5, 10, 30][(i + j) % 3]!, title: TITLE },
      ...{ hideRank: false, hideAvatar: false, hidePoints: false },
      sides: VALUES.sides[(i + 2 * j) % 3]!,
    }))
  );
}

const NAME = "น้องเมย์ผู้มีชื่อยาวมากกว่าใคร WWW";
const names = Object.fromEntries(
  Array.from({ length: 30 }, (_, i) => [`viewer${i}`, NAME]),
);
const many = (rows: number, more = 0) =>
  Object.fromEntries(
    Array.from(
      { length: rows },
      (_, i) => [`viewer${i}`, 9_876_543 - 100 * i + more],
    ),
  );

function roundOf(sides: number) {
  if (sides === 0) return {};
  const [row] = frameOf({ viewer0: 9_876_543 }, { names }).rows;
  return {
    round: {
      ...{ number: 12, by: "team" as const, endsAt: Date.now() + 7_199_000 },
      ...{ left: null, overtime: 0, target: null },
    },
    series: { bestOf: 7, champion: null },
    teams: Array.from({ length: sides }, (_, i) => ({
      ...{ id: `t${i}`, name: NAME, colour: "#dc2626", join: "น้ำเงิน" },
      ...{ points: 9_876_543 * i, members: 99, wins: i * 2, best: row! },
    })),
    goals: [{
      ...{ id: "a", title: NAME, of: "roomLikes", value: 9_876_543 },
      ...{ from: 0, to: 12_345_678, step: 1, steps: 2 },
    }],
    boost: { times: 10, of: "all" as const, until: Date.now() + 600_000 },
  };
}

function momentOf(moment: Case["moment"]): Partial<Frame> {
  const card = {
    ...{ viewerId: "viewer0", handle: "ann", nickname: NAME, avatarUrl: null },
    points: 12_480_000,
    comment: "พี่ร้องเพลงโปรดให้ฟังหน่อยได้ไหมคะ ".repeat(5),
  };
  switch (moment) {
    case "open":
      return { phase: "open" };
    case "closing":
      return { phase: "closing", countdownTo: Date.now() + 60_000 };
    case "frozen":
      return { phase: "frozen" };
    default:
      return { phase: "frozen", stage: { ...card, kind: moment } };
  }
}

let browser: Browser;
let stage: OverlayStage;
Deno.test.beforeAll(async () => {
  [browser, stage] = await Promise.all([openChromium(), openOverlayStage()]);
});
Deno.test.afterAll(async () => {
  await browser.close();
  await stage.close();
});

/** Points that grow from state to state, so that each has gains. */
let lead = 0;

/** Brings a page into a state, all of it at its place. */
async function show(page: Page, one: Case) {
  const { theme, layout, scale, rows, title, moment } = one;
  const { hideRank, hideAvatar, hidePoints } = one;
  await page.setViewportSize(SIZES[one.size]);
  stage.look({
    ...DEFAULT_LOOK,
    ...{ theme, layout, scale, rows, title, hideRank, hideAvatar, hidePoints },
  });
  const game = { names, ...roundOf(one.sides), ...momentOf(moment) };
  stage.send(frameOf(many(rows, lead), game));
  if (moment === "open") {
    await page.waitForSelector(".row:not([data-away])");
    stage.send(frameOf(many(rows, lead += 50), game)); // gains follow
  }
  await page.waitForFunction(
    ({ layout, scale, theme, hideRank, rows, sides, moment, gains }) => {
      const overlay = document.querySelector<HTMLElement>(".overlay");
      const count = (selector: string) =>
        document.querySelectorAll(selector).length;
      const card = moment === "winner" || moment === "comment" ? moment : "";
      return overlay?.dataset.layout === layout &&
        overlay.dataset.theme === theme &&
        (overlay.dataset.hideRank !== undefined) === hideRank &&
        overlay.style.getPropertyValue("--scale") === String(scale) &&
        count(".row") <= Math.min(rows, 10) && count(".row[data-away]") === 0 &&
        count(".row") > 0 &&
        (sides === 0 || count(".team-name") === sides) &&
        count(".card") === (card ? 1 : 0) &&
        (!card || count(`.card[data-kind=${card}]`) === 1) &&
        (!gains || count(".gain") > 0) &&
        (moment === "closing") ===
          (count(".countdown:not([data-leaving])") === 1);
    },
    {
      ...{ layout, scale, theme, hideRank, rows, sides: one.sides, moment },
      gains: moment === "open" && !hidePoints,
    },
    { polling: 20 },
  );
  await page.evaluate(() => document.fonts.ready);
}

/** What is wrong with the picture, in words. */
function faults(page: Page, one: Case): Promise<string[]> {
  return page.evaluate(({ size, layout, scale }) => {
    const READ = ".board-title, .head-clock, .rank, .row .avatar, .name, " +
      ".points, .gain, .new, .ticker-line, .card-label, .card-avatar, " +
      ".card-name, .card-points, .card-comment, .countdown-text, .hint, " +
      ".team-name, .team-points, .team-words, .goal-title, .goal-value, " +
      ".goal-step, .head-rules";
    /** Texts, and the plate that each is to stay on. */
    const PLATES = {
      ".row :is(.rank, .name, .points)": ".row-plate",
      ".head-tug :is(.team-name, .team-points)": ".tug-bar",
      ".head-team > *": ".head-team",
      ".head-goal > *": ".head-goal",
      ".card :is(.card-label, .card-name, .card-points)": ".card",
      ".card[data-kind=comment] .card-comment": ".card",
    };
    /** Left, top, right and bottom of TikTok's own, at 1080 by 1920. */
    const COVERED = [[0, 0, 1080, 230], [0, 1150, 780, 1700], [
      930,
      1300,
      1080,
      1700,
    ], [
      0,
      1700,
      1080,
      1920,
    ]];
    const seen = (selector: string) =>
      Array.from(document.querySelectorAll<HTMLElement>(selector)).filter(
        (each) => {
          const { visibility, opacity } = getComputedStyle(each);
          const { width, height } = each.getBoundingClientRect();
          return visibility !== "hidden" && opacity !== "0" && width > 0 &&
            height > 0;
        },
      );
    const at = (each: Element) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      return `.${each.className} ${
        [left, top, right, bottom].map(Math.round)
      } `;
    };
    const found: string[] = [];
    const within = (
      each: Element,
      place: { left: number; top: number; right: number; bottom: number },
      by: number,
    ) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      return left >= place.left - by && top >= place.top - by &&
        right <= place.right + by && bottom <= place.bottom + by;
    };
    const cross = (
      a: DOMRect,
      [left, top, right, bottom]: number[],
    ) =>
      a.left < right! - 1 && a.right > left! + 1 && a.top < bottom! - 1 &&
      a.bottom > top! + 1;

    const picture = {
      ...{ left: 0, top: 0, right: innerWidth, bottom: innerHeight },
    };
    for (const each of seen(READ)) {
      if (!within(each, picture, 0.5)) found.push(`outside: ${at(each)}`);
    }
    for (const [texts, plate] of Object.entries(PLATES)) {
      for (const each of seen(texts)) {
        const ground = each.closest(".row")?.querySelector(plate) ??
          each.closest(plate);
        // A line of Thai is higher than its letters.
        const by = parseFloat(getComputedStyle(each).fontSize) * 0.3;
        if (ground && !within(each, ground.getBoundingClientRect(), by)) {
          found.push(`off its plate: ${at(each)} on ${at(ground)}`);
        }
      }
    }
    for (const gain of seen(".gain, .new")) {
      const a = gain.getBoundingClientRect();
      for (const name of seen(".name bdi")) {
        const { left, top, right, bottom } = name.getBoundingClientRect();
        if (cross(a, [left, top, right, bottom])) {
          found.push(`a gain on a name: ${at(gain)} ${at(name)}`);
        }
      }
    }
    if (size !== "portrait" || scale > 1 || layout !== "auto") return found;
    for (const each of seen(READ)) {
      const box = each.getBoundingClientRect();
      if (COVERED.some((zone) => cross(box, zone))) {
        found.push(`under TikTok's own: ${at(each)}`);
      }
      if (scale !== 1) continue;
      for (const text of [each, ...each.querySelectorAll("*")]) {
        const says = Array.from(text.childNodes).some((node) =>
          node.nodeType === Node.TEXT_NODE && node.textContent?.trim()
        );
        const px = parseFloat(getComputedStyle(text).fontSize);
        if (says && px < 35.5) found.push(`${px} px: ${at(text)}`);
      }
    }
    return found;
  }, one);
}

Deno.test({
  name: "two by two, no option makes another go wrong",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const page = await browser.newPage();
    await page.goto(stage.pageUrl("lang=th&motion=reduced"));
    await page.addStyleTag({
      content: "*, ::before, ::after { transition: none !important; " +
        "animation: none !important; }",
    });
    const wrong: string[] = [];
    let gains = 0;
    for (const one of [...pairwise(), ...plain()]) {
      await show(page, one);
      gains += await page.locator(".gain").count();
      const what = OPTIONS.map((name) => `${name}=${one[name]}`).join(" ");
      const all = await faults(page, one);
      if (all.length > 0) wrong.push(`${what}\n  ${all.join("\n  ")}`);
    }
    await page.close();
    equal(wrong, []);
    ok(gains > 0, "no gain was seen");
  },
});
