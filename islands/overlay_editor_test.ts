/**
 * The editor of the overlay in the panel, in the browser of an OBS dock: what
 * is tried stays in the preview until the host uses it on air.
 */
import { deepStrictEqual, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import { textsOf } from "@/locales/mod.ts";
import { openChromium } from "@/testing/chromium.ts";
import { obsBrowser } from "@/testing/old_chromium.ts";
import { type Program, startProgram, until } from "@/testing/program.ts";

const { editor: texts, rounds } = textsOf("th");

function themeOf(page: Page): Promise<string> {
  return page.evaluate(`document.querySelector(".overlay")?.dataset.theme`);
}

async function savedTheme(program: Program): Promise<string> {
  const answer = await fetch(`${program.url}/api/state`);
  return (await answer.json()).settings.overlay.theme;
}

function statusOf(page: Page): Promise<string> {
  return page.evaluate(
    `document.querySelector(".editor-air [role=status]").textContent`,
  );
}

/** Clicks without waiting: Chromium 103 cannot say what is visible. */
function click(page: Page, selector: string): Promise<void> {
  return page.evaluate(
    `document.querySelector(${JSON.stringify(selector)}).click()`,
  );
}

Deno.test({
  name:
    "OverlayEditor tries in its preview, and changes what is on air when told",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const program = await startProgram({
      ROOM: "simulated",
      CHANNEL: "demo",
      DATA_DIR: await Deno.makeTempDir(),
    });
    const browser = await openChromium(await obsBrowser("103"));
    try {
      const context = await browser.newContext({ locale: "th-TH" });
      const said: string[] = [];
      const overlay = await context.newPage();
      await overlay.goto(`${program.url}/overlay`);
      const panel = await context.newPage();
      for (const page of [overlay, panel]) {
        page.on("pageerror", (error) => said.push(error.message));
      }
      await panel.goto(`${program.url}/admin`);
      await until(
        "the panel",
        async () => await panel.$("[data-ready=true]") !== null,
      );
      await panel.evaluate(
        `[...document.querySelectorAll("button")]
          .find((each) => each.textContent.includes("${texts.open}")).click()`,
      );
      const preview = await previewOf(panel);

      await panel.evaluate(`{
        const label = [...document.querySelectorAll(".editor-form label")]
          .find((each) => each.textContent.includes("${rounds.source}"));
        const select = label.querySelector("select");
        select.value = "teams";
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }`);
      await until("the link shows the teams alone", () =>
        panel.evaluate(
          `[...document.querySelectorAll(".copy-field input")]
            .some(({ value }) => value.endsWith("/overlay?show=teams"))`,
        ));

      const themes: string[] = [];
      await overlay.exposeFunction("onTheme", (it: string) => themes.push(it));
      await overlay.evaluate(`
        new MutationObserver(([{ target }]) => onTheme(target.dataset.theme))
          .observe(document.querySelector(".overlay"), {
            attributeFilter: ["data-theme"],
          })`);
      const inPreview = async (theme: string) =>
        await until(
          `${theme} in the preview`,
          async () =>
            await preview.evaluate(
              `document.querySelector(".overlay").dataset.theme`,
            ) === theme,
        );
      const onAir = async (theme: string) =>
        await until(
          `${theme} on air`,
          async () => await themeOf(overlay) === theme,
        );
      await click(panel, "[data-choice=neon]");
      await inPreview("neon");
      await click(panel, "[data-trial=winner]");
      await until(
        "a winner in the preview",
        async () => await preview.$('.card[data-kind="winner"]') !== null,
      );
      strictEqual(await overlay.$(".card"), null, "the stream saw a trial");
      await click(panel, "[data-choice=right]"); // a step of its own
      await click(panel, "[data-choice=gold]");
      await inPreview("gold");
      strictEqual(await statusOf(panel), texts.isDraft);
      strictEqual(await savedTheme(program), "ringside", "it saved a draft");
      deepStrictEqual(themes, [], "viewers saw a draft");
      await click(panel, "[data-edit=use]");
      await onAir("gold");
      await until(
        "the word for it",
        async () => await statusOf(panel) === texts.isOnAir,
      );
      await click(panel, "[data-edit=undo]");
      await inPreview("neon");
      await click(panel, "[data-edit=back]");
      await inPreview("gold");
      for (let i = 0; i < 3; i++) await click(panel, "[data-edit=undo]");
      await inPreview("ringside");
      await click(panel, "[data-edit=use]");
      await onAir("ringside");
      deepStrictEqual(themes, ["gold", "ringside"], "viewers saw a draft");
      deepStrictEqual(said, []);
    } finally {
      await browser.close();
      await program.end();
    }
  },
});

/** The page inside the preview, once it plays. */
async function previewOf(panel: Page) {
  const find = () =>
    panel.frames().find((frame) => frame.url().includes("studio"));
  await until(
    "the preview",
    async () => await find()?.$('.row[data-viewer^="demo-"]') != null,
  );
  return find()!;
}
