import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { type Flow, oauthStore } from "./store.ts";

const FLOW: Flow = {
  provider: "github",
  state: "state",
  codeVerifier: "verifier",
  redirectUri: "http://localhost/oauth/github/callback",
  successUrl: "/",
};

Deno.test("takeFlow() gives a flow to one of those who ask, once, in time", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = createFakeClock();
  const store = oauthStore(kv, clock);
  await store.putFlow("secret", FLOW, 500);
  strictEqual(await store.takeFlow("other"), null);
  const both = await Promise.all([
    store.takeFlow("secret"),
    store.takeFlow("secret"),
  ]);
  deepStrictEqual(both.filter((flow) => flow !== null), [FLOW]);
  strictEqual(await store.takeFlow("secret"), null);
  await store.putFlow("late", FLOW, 500);
  await clock.advance(500);
  strictEqual(await store.takeFlow("late"), null);
});

Deno.test("sessions end in time and on demand, and their secrets are not kept", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = createFakeClock();
  const store = oauthStore(kv, clock);
  await store.putSession("first secret", 500);
  await store.putSession("second secret", 500);
  const rows = await Array.fromAsync(kv.list({ prefix: [] }));
  ok(!JSON.stringify(rows).includes("secret"));
  await store.dropSession("first secret");
  strictEqual(await store.hasSession("first secret"), false);
  strictEqual(await store.hasSession("second secret"), true);
  await clock.advance(500);
  strictEqual(await store.hasSession("second secret"), false);
});
