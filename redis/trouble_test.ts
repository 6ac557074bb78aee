import { match, ok, strictEqual } from "node:assert";
import { systemClock } from "@/ingest/clock.ts";
import { startRedis } from "@/testing/redis.ts";
import { openRedisLink } from "./link.ts";

/** What is said of a Redis at this address. */
async function saidOf(url: string): Promise<string> {
  const link = openRedisLink(url, systemClock);
  try {
    strictEqual(await link.ready(2_000), false);
    const { state, detail } = link.health();
    return `${state}: ${detail}`;
  } finally {
    link.close();
  }
}

Deno.test("what in REDIS_URL a Redis does not know is said, with what to do", async () => {
  const redis = await startRedis();
  try {
    match(
      await saidOf(`${redis.url}/99`),
      /^refused: .*no database of the number behind the port/,
    );
  } finally {
    await redis.stop();
  }
});

Deno.test("a password is no trouble where Redis wants none", async () => {
  const redis = await startRedis();
  const link = openRedisLink(
    redis.url.replace("://", "://:secret@"),
    systemClock,
  );
  try {
    ok(await link.ready(2_000), link.health().detail);
  } finally {
    link.close();
    await redis.stop();
  }
});
