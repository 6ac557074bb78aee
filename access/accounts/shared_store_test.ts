import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { systemClock } from "@/ingest/clock.ts";
import { openRedisLink } from "@/redis/link.ts";
import { redisTexts } from "@/redis/texts.ts";
import { until } from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";
import { sharedOAuthStore } from "./shared_store.ts";
import { type Flow, oauthStore } from "./store.ts";

const FLOW: Flow = {
  provider: "github",
  state: "state",
  codeVerifier: "verifier",
  redirectUri: "http://localhost/oauth/github/callback",
  successUrl: "/",
};

Deno.test("a sign-in begun in one process ends in another, once and in time; without Redis where it began", async () => {
  const redis = await startRedis();
  using kv = await Deno.openKv(":memory:");
  using otherKv = await Deno.openKv(":memory:");
  const links = [1, 2].map(() => openRedisLink(redis.url, systemClock));
  const [one, two] = [kv, otherKv].map((each, i) =>
    sharedOAuthStore(redisTexts(links[i]!), oauthStore(each, systemClock))
  );
  try {
    for (const link of links) ok(await link.ready(5_000));
    await one!.putFlow("secret", FLOW, 60_000);
    strictEqual(await two!.takeFlow("other"), null);
    const all = await Promise.all(
      [one!, two!, one!, two!].map((store) => store.takeFlow("secret")),
    );
    deepStrictEqual(all.filter((flow) => flow !== null), [FLOW]);
    await one!.putFlow("late", FLOW, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    strictEqual(await two!.takeFlow("late"), null);

    await one!.putSession("first secret", 60_000);
    strictEqual(await two!.hasSession("first secret"), true);
    const keys = await links[0]!.call("KEYS", "*") as string[];
    ok(!keys.join().includes("secret"), keys.join());
    await two!.dropSession("first secret");
    strictEqual(await one!.hasSession("first secret"), false);

    await redis.kill();
    await until("Redis is gone", () => links.every((link) => !link.isUp()));
    await one!.putFlow("alone", FLOW, 60_000);
    strictEqual(await two!.takeFlow("alone"), null);
    deepStrictEqual(await one!.takeFlow("alone"), FLOW);
  } finally {
    for (const link of links) link.close();
    await redis.stop();
  }
});
