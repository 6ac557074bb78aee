/**
 * The program with a large evening behind it: it is there before that is
 * loaded, and pages that were opened meanwhile come alive by themselves.
 */
import { match, ok, strictEqual } from "node:assert";
import { openKvStore } from "@/stores/kv_store.ts";
import { openChromium } from "@/testing/chromium.ts";
import { freePort } from "@/testing/free_port.ts";
import { writeEvening } from "@/testing/large_evening.ts";
import { build, startProgram, until } from "@/testing/program.ts";

/** Enough to load for seconds, where nobody has made a snapshot. */
const SIZE = { viewers: 2_000, events: 200_000 };

async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0; // nobody listens yet
  }
}

Deno.test("pages opened while a large evening loads say so, and come alive without a hand", async () => {
  const folder = await Deno.makeTempDir();
  const store = await openKvStore(folder, console.log);
  await writeEvening(store, "host", SIZE);
  await store.close();
  await build();
  const browser = await openChromium();
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const starting = startProgram({
    DATA_DIR: folder,
    PORT: String(port),
    // Nobody is to be looked up over there.
    TIKTOK_WEB_URL: "http://127.0.0.1:9",
  });
  try {
    const context = await browser.newContext({ locale: "en" });
    const panel = await context.newPage();
    await until("it answers", async () => await statusOf(url) === 200);
    strictEqual(await statusOf(`${url}/readyz`), 503);
    const page = await (await fetch(`${url}/admin`)).text();
    match(page, /The last game is being loaded/);
    ok(!page.includes(">Start<"));
    match(await (await fetch(url)).text(), /http-equiv="refresh"/);
    await panel.goto(`${url}/admin`);
    await panel.locator(".row").first().waitFor({ timeout: 60_000 });
    strictEqual(await panel.getByText("is being loaded").count(), 0);
    ok(await panel.getByRole("button", { name: /Freeze/ }).isEnabled());
    strictEqual(await statusOf(`${url}/readyz`), 200);
  } finally {
    await browser.close();
    await (await starting).end();
    await Deno.remove(folder, { recursive: true });
  }
});
