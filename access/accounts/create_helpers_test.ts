import { createFakeClock } from "@/testing/fake_clock.ts";
import { strictEqual } from "node:assert";
import { createHelpers } from "./create_helpers.ts";
import { oauthStore } from "./store.ts";

const MOST_FLOWS = 50;
const CALLBACK = { callbackPath: "/oauth/test/callback" };

async function place(
  work: (place: {
    begin(cookie?: string): Promise<string>;
    flows(): Promise<number>;
  }) => Promise<void>,
) {
  const kv = await Deno.openKv(":memory:");
  const helpers = createHelpers({
    id: "test",
    issuer: "https://test.example",
    authorizationUrl: "https://test.example/authorize",
    tokenUrl: "https://test.example/token",
    clientId: "we",
    clientSecret: "secret",
    scope: "",
  }, { store: oauthStore(kv, createFakeClock()), mostFlows: MOST_FLOWS });
  try {
    await work({
      async begin(cookie = "") {
        const headers = { cookie };
        const request = new Request("http://pc.example/", { headers });
        const { headers: given } = await helpers.signIn(request, CALLBACK);
        return given.get("set-cookie")!.split(";")[0]!;
      },
      flows: async () =>
        (await Array.fromAsync(kv.list({ prefix: ["oauth", "flow"] }))).length,
    });
  } finally {
    kv.close();
  }
}

Deno.test("signIn() of a browser that began already takes the place of that", () =>
  place(async ({ begin, flows }) => {
    let cookie = await begin();
    for (let i = 0; i < 5; i++) cookie = await begin(cookie);
    strictEqual(await flows(), 1);
    await begin(); // another browser
    strictEqual(await flows(), 2);
  }));

Deno.test("signIn() keeps so many, whoever begins them, and refuses nobody", () =>
  place(async ({ begin, flows }) => {
    for (let i = 0; i < MOST_FLOWS; i++) await begin();
    await begin();
    await begin();
    strictEqual(await flows(), MOST_FLOWS);
  }));
