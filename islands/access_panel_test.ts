/**
 * Who may come in, and who wants to be forgotten, in the panel.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import { confirm } from "@/testing/confirm.ts";
import {
  check,
  crowd,
  DESKTOP,
  DOCK,
  faults,
  MEY,
  play,
} from "@/testing/panel_kit.ts";
import { api } from "@/testing/program.ts";

for (const place of [DOCK, DESKTOP]) {
  const where = `${place.width} px, ${place.language}`;

  check(
    `a viewer is deleted for good, in two taps (${where})`,
    place,
    async (kit) => {
      const { page, texts, room, program, button } = kit;
      const words = texts.access.forget;
      await play(kit);
      crowd(room);
      await page.locator(".row", { hasText: MEY.nickname }).click();
      const part = page.locator(".viewer .forget");
      await part.locator("summary").click();
      await part.getByText(words.stays).waitFor();
      equal(await faults(page), []);
      const { body: before } = await api(program, "state");
      const { id } = before.session as { id: string };
      await button(words.do).click();
      await button(words.sure).click();
      await part.getByText(words.pending).waitFor();

      // The running game goes on as it is; the next one takes the rest along.
      strictEqual((await api(program, `viewers/${MEY.id}`)).status, 200);
      await api(program, "commands", { type: "newSession", title: "Saturday" });
      const path = `sessions/${id}/export.jsonl`;
      let ledger = "";
      do {
        ledger = await (await fetch(`${program.url}/api/${path}`)).text();
      } while (ledger.includes(MEY.nickname!));
      ok(ledger.includes("ส้ม") && ledger.includes("gone-"), ledger);
      ok(!ledger.includes("สวัสดีค่ะ") && !ledger.includes(`"${MEY.id}"`));
    },
  );
}

check("a moderator can delete nobody", DESKTOP, async (kit) => {
  const { texts, room, asModerator } = kit;
  await play(kit);
  crowd(room);
  const page = await asModerator();
  await page.locator(".row").first().click();
  await page.locator(".viewer .big").waitFor();
  await page.getByText(texts.viewer.receipts).waitFor();
  strictEqual(await page.getByText(texts.access.forget.open).count(), 0);
});

check("a device that was signed in signs itself out", DESKTOP, async (kit) => {
  const { texts: { access }, asModerator, button } = kit;
  await kit.show("more");
  await button(access.keyMake).waitFor();
  strictEqual(await button(access.signOut).count(), 0, "this machine cannot");
  const page = await asModerator();
  // Longer than the panel waits before it asks again whether it is let in.
  let asked = 0;
  await page.route("**/signin", async (route) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await route.continue();
  });
  await page.locator(".top .square").click();
  await confirm(
    page.getByRole("button", { name: access.signOut, exact: true }),
    page.getByRole("button", { name: access.signOutSure }),
  );
  await page.getByRole("heading", { name: access.signIn }).waitFor();
  strictEqual(asked, 1, "the page it goes to is loaded once");
});

check(
  "a panel whose device the host signs out is left at once",
  DESKTOP,
  async (kit) => {
    const { texts: { access }, asModerator, button, show, page } = kit;
    const theirs = await asModerator();
    await show("more");
    await confirm(button(access.signOutAll), button(access.signOutAllSure));
    await theirs.getByRole("heading", { name: access.signIn }).waitFor();
    await page.getByText(access.noDevices).waitFor();
  },
);
