/**
 * What is on screen: a comment put there and taken off, used or not, beside
 * the audience's own picture of it.
 */
import { strictEqual } from "node:assert";
import { crowd, flow, MEY, play, reads, SOM } from "@/testing/panel_kit.ts";

flow("a comment goes on screen, is marked, and leaves it", async (kit) => {
  const { page, texts, room, button, press, show, open } = kit;
  const { app, comments, game, steps, stage } = texts;
  await play(kit);
  crowd(room);
  const overlay = await open("/overlay");
  await show("comments");
  const line = page.locator(".comments .comment", { hasText: "ร้องเพลง" });
  await press(line.getByRole("button", { name: comments.show }));
  await overlay.getByText("ร้องเพลงหน่อย").first().waitFor();
  await show("stage");
  const card = page.locator(".on-air.comment");
  await card.getByText(SOM.nickname!).waitFor();
  await reads(card.locator(".on-air-text"), "ร้องเพลงหน่อย");
  await show("comments");
  await page.locator(".comments .comment.used", { hasText: "ร้องเพลง" })
    .waitFor();

  await press(line.getByRole("button", { name: app.more }));
  await press(line.getByRole("button", { name: comments.markUnused }));
  await page.locator(".comments .comment.used").waitFor({ state: "detached" });
  await press(line.getByRole("button", { name: app.more }));
  await press(line.getByRole("button", { name: comments.markUsed }));
  await page.locator(".comments .comment.used").waitFor();
  await button(game.undo(steps.commentMarked(SOM.nickname!))).waitFor();

  await show("stage");
  await press(button(stage.clear));
  await page.locator(".on-air.empty").waitFor();
  await overlay.getByText("ร้องเพลงหน่อย").first()
    .waitFor({ state: "detached" });
  await press(button(game.undo(steps.stageCleared(null))));
  await overlay.getByText("ร้องเพลงหน่อย").first().waitFor();
});

flow("the preview shows what the audience sees", async (kit) => {
  const { page, place, texts, room, press, show } = kit;
  await play(kit);
  crowd(room);
  await show("stage");
  const preview = page.locator("details.air-preview");
  const isWide = place.width >= 1180; // there it may be open by itself
  if (isWide) await preview.evaluate((part) => part.setAttribute("open", ""));
  else await press(preview.locator("summary"));
  const frame = page.frameLocator(".air-preview iframe");
  await frame.getByText(SOM.nickname!).first().waitFor();
  await frame.getByText(MEY.nickname!).first().waitFor();
  strictEqual(
    await page.locator(".air-preview iframe").getAttribute("title"),
    texts.preview.frame,
  );

  // It moves for whoever wants pages to move, which this device does not.
  await frame.locator(".overlay[data-motion=reduced]").waitFor();
  await press(preview.locator("summary"));
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await press(preview.locator("summary"));
  await frame.locator(".overlay[data-motion=full]").waitFor();
});
