/**
 * What the host finds again: past winners, and games of the past with the times
 * of the host's own clock.
 *
 * @module
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import { ZONE_COOKIE } from "@/locales/times.ts";
import { confirm } from "@/testing/confirm.ts";
import {
  check,
  command,
  crowd,
  DESKTOP,
  DOCK,
  faults,
  type Kit,
  names,
  play,
} from "@/testing/panel_kit.ts";
import { api, until } from "@/testing/program.ts";
import { gift, ROSE } from "@/testing/tiktok_messages.ts";

/** Where the host is, hours away from wherever this runs. */
const ZONE = "Pacific/Kiritimati";

for (const place of [DOCK, DESKTOP]) {
  const where = `${place.width} px, ${place.language}`;

  check(`a win under later steps is taken back (${where})`, place, async (
    kit,
  ) => {
    const { page, texts, program, show } = kit;
    await play(kit);
    crowd(kit.room);
    await page.locator(".row").nth(1).waitFor();
    await command(program, { type: "selectWinner" });
    await command(program, { type: "open" });
    await command(program, { type: "sitOut", viewerId: "12" });
    await show("stage");
    await page.locator(".past-winners summary").click();
    const line = page.locator(".past-winners li", { hasText: "ส้ม" });
    await confirm(
      line.getByRole("button", { name: texts.winners.undo, exact: true }),
      line.getByRole("button", { name: texts.winners.undoConfirm }),
    );
    await line.getByText(texts.winners.undone).waitFor();
    equal(await faults(page), []);
    const rows = async () =>
      (await api(program, "board")).body.rows as { points: number }[];
    equal((await rows()).map(({ points }) => points), [10]); // not น้องเมย์

    // The note offers the way back, and undo says what it would take back.
    const toast = page.locator(".toast", { hasText: "ส้ม" });
    await toast.getByRole("button", { name: texts.panel.undo }).click();
    await until(
      "the win stands again",
      async () => (await rows()).length === 0,
    );
    await line.getByRole("button", { name: texts.winners.undo, exact: true })
      .waitFor();
  });

  check(`a game of the past tells the host's time (${where})`, place, async (
    kit,
  ) => {
    const url = await played(kit);
    const { startedAt } = (await api(kit.program, url.slice(1))).body as {
      startedAt: number;
    };
    const context = await kit.page.context().browser()!.newContext({
      timezoneId: ZONE,
      locale: place.language === "th" ? "th-TH" : "en-US",
      viewport: place,
    });
    try {
      const page = await context.newPage();
      const said: string[] = [];
      page.on("console", (message) => {
        if (message.type() !== "log") said.push(message.text());
      });
      const expected = new Intl.DateTimeFormat("en-GB", {
        timeZone: ZONE,
        hour: "2-digit",
        minute: "2-digit",
      }).format(startedAt);
      for (const path of ["/sessions", url]) {
        await page.goto(kit.program.url + path);
        await until(
          `${path} says ${expected}`,
          async () =>
            (await page.locator("time").first().innerText()).endsWith(expected),
        );
      }
      strictEqual(
        await page.locator(".timeline-scale span").first().innerText(),
        expected,
      );
      await page.locator(".timeline-mark title").first().waitFor({
        state: "attached",
      });
      equal(said, []);

      // From then on the page comes right at once.
      const cookies = await context.cookies();
      const zone = cookies.find(({ name }) => name === ZONE_COOKIE)!;
      strictEqual(zone.value, ZONE);
      const html = await (await fetch(kit.program.url + url, {
        headers: { cookie: `${ZONE_COOKIE}=${ZONE}` },
      })).text();
      ok(html.includes(`${expected}</time>`), "the server's page says so, too");
    } finally {
      await context.close();
    }
  });

  check(
    `a board of the past is paged, searched and gone through (${where})`,
    place,
    async (kit) => {
      const { page, texts, program } = kit;
      const url = await played(kit);
      await page.goto(program.url + url);
      const ranks = () => page.locator(".wins.paged .rank").allInnerTexts();
      strictEqual((await ranks()).length, 20);
      const pages = page.locator(".pages");
      const below = () =>
        pages.evaluate((element) =>
          Math.round(element.getBoundingClientRect().y + scrollY)
        );
      const stood = await below();
      await pages.getByRole("button", { name: texts.board.next }).click();
      await page.getByText(texts.board.range(21, 40, 45)).waitFor();
      await pages.getByRole("button", { name: texts.board.next }).click();
      await until(
        "the last page",
        async () => (await ranks()).join() === "41,42,43,44,45",
      );
      strictEqual(await below(), stood); // a short page moves nothing
      ok(
        await pages.getByRole("button", { name: texts.board.next })
          .isDisabled(),
      );

      await page.getByRole("searchbox", { name: texts.board.search })
        .fill("crowd 7");
      await until("one is found", async () => (await ranks()).join() === "39");
      await page.getByRole("searchbox", { name: texts.board.search }).fill("");
      await until("all are back", async () => (await ranks()).length === 20);

      // At the very beginning nobody had anything.
      const slider = page.getByRole("slider", { name: texts.timeline.slider });
      await slider.press("Home");
      await page.getByText(texts.board.empty).waitFor();
      await slider.press("End");
      await until("the end", async () => (await ranks())[0] === "1");
      equal(await faults(page), []);
    },
  );
}

check(
  "the preview comes by itself on a wide screen, and stays away once closed",
  DESKTOP,
  async ({ page }) => {
    const preview = page.locator(".air-preview");
    await preview.locator("iframe").waitFor();
    await preview.locator("summary").click();
    await preview.locator("iframe").waitFor({ state: "detached" });
    await page.reload();
    await page.locator('.panel[data-ready="true"] .air-closed').waitFor();
    await page.waitForTimeout(500);
    strictEqual(await preview.locator("iframe").count(), 0);
  },
);

check(
  "what a setting may be stands beside it, and what was typed stays",
  DOCK,
  async (kit) => {
    const { page, texts, program, show } = kit;
    const { settings } = texts;
    const freeze = async () =>
      ((await api(program, "settings")).body as { freezeSeconds: number })
        .freezeSeconds;
    await play(kit);
    await show("more");
    const field = page.getByLabel(settings.freezeSeconds);
    await field.fill("61");
    await field.press("Enter");
    await page.getByText(settings.between(0, 60)).waitFor();
    crowd(kit.room); // the panel is drawn anew meanwhile
    await page.waitForTimeout(1_500);
    strictEqual(await field.inputValue(), "61");
    strictEqual(await freeze(), 5);
    await field.fill("7");
    await page.waitForTimeout(1_500);
    strictEqual(await field.inputValue(), "7");
    await field.press("Enter");
    await until("seven seconds", async () => await freeze() === 7);
    strictEqual(await page.getByText(settings.between(0, 60)).count(), 0);
  },
);

check("the page is no longer than the window", DESKTOP, async (kit) => {
  await play(kit);
  kit.room.send(many());
  await kit.page.locator(".row").nth(12).waitFor();
  await kit.show("more");
  await kit.page.locator(".settings .rates").waitFor();
  const heights = await kit.page.evaluate(() => [
    document.documentElement.scrollHeight,
    innerHeight,
  ]);
  strictEqual(heights[0], heights[1]);
});

/** 45 viewers, each with more points than the one before. */
function many() {
  return Array.from({ length: 45 }, (_, i) =>
    gift(
      { id: String(100 + i), handle: `h${i}`, nickname: `crowd ${i + 1}` },
      ROSE,
      { count: i + 1, end: true, group: "1" },
    ));
}

/** A game of some seconds with 45 viewers; the address of its page. */
async function played(kit: Kit): Promise<string> {
  await play(kit);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  kit.room.send(many());
  await until(
    "all are on the board",
    async () => (await api(kit.program, "board")).body.total === 45,
  );
  await command(kit.program, { type: "freeze", seconds: 0 });
  await names(kit.page);
  const { body } = await api(kit.program, "state");
  return `/sessions/${(body.session as { id: string }).id}`;
}
