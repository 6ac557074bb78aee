/**
 * Standing by over a real Redis: what a process knows that only follows.
 */
import { deepStrictEqual as equal, match, ok } from "node:assert";
import { boardHash } from "@/core/board.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { openRedisStore, type RedisStore } from "@/stores/redis_store.ts";
import { writeEvening } from "@/testing/large_evening.ts";
import { until } from "@/testing/program.ts";
import { startRedis, type TestRedis } from "@/testing/redis.ts";
import { openStandby, type Standby } from "./standby.ts";

interface Place {
  redis: TestRedis;
  /** Opens a store with an archive of that name. */
  open(name: string): Promise<RedisStore>;
  /** Follows what runs, with a store; its log. */
  follow(store: RedisStore): { standby: Standby; lines: string[] };
}

async function inPlace(work: (place: Place) => Promise<void>) {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const stores: RedisStore[] = [];
  const followers: Standby[] = [];
  try {
    await work({
      redis,
      async open(name) {
        const archive = await openKvStore(`${folder}/${name}`);
        const store = await openRedisStore({ url: redis.url, archive });
        stores.push(store);
        return store;
      },
      follow(store) {
        const lines: string[] = [];
        const standby = openStandby({
          store,
          live: store.live,
          standsBy: () => true,
          async running() {
            const kept = await store.document("running");
            return (kept as { sessionId: string } | null)?.sessionId ?? null;
          },
          inTurn: (work) => work(),
          log: (line) => lines.push(line),
        });
        followers.push(standby);
        return { standby, lines };
      },
    });
  } finally {
    for (const standby of followers) standby.close();
    for (const store of stores) await store.close();
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a process that stands by knows the session that runs, and follows when another one does", async () => {
  await inPlace(async ({ open, follow }) => {
    const owner = await open("owner");
    const session = await writeEvening(owner, "studio", {
      viewers: 3_000,
      events: 30_000,
    });
    const { standby, lines } = follow(await open("standby"));
    await until("it follows", () => lines.length > 0);
    equal(lines, [`Follows "evening", ready to go on with it`]);
    const followed = standby.take("evening");
    equal(followed?.seq, session.seq);
    equal(await boardHash(followed!), await boardHash(session));
    equal(standby.take("evening"), null, "it is given away once");

    await writeEvening(owner, "studio", { viewers: 5, events: 0 }, "another");
    await until("it follows the other", () => lines.length > 1);
    equal(standby.take("evening"), null);
    equal(standby.take("another")?.tallies.size, 5);
  });
});

Deno.test("a process that stands by without Redis says so once, and follows when it is back", async () => {
  await inPlace(async ({ redis, open, follow }) => {
    const owner = await open("owner");
    await writeEvening(owner, "studio", { viewers: 5, events: 100 });
    const store = await open("standby");
    const { standby, lines } = follow(store);
    await until("it follows", () => lines.length === 1);
    await redis.kill();
    await until("it says so", () => lines.length === 2);
    match(lines[1]!, /^Cannot follow the session that runs: Redis cannot be/);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    equal(lines.length, 2);
    await redis.restart();
    await until("it follows again", () => lines.length > 2);
    ok(standby.take("evening"));
  });
});
