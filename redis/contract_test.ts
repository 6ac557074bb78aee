/**
 * The contract over a real Redis. Each store has an archive of its own, as each
 * process has.
 *
 * @module
 */
import type { Store } from "@/core/ports.ts";
import { systemClock } from "@/ingest/clock.ts";
import { startRedis, type TestRedis } from "@/testing/redis.ts";
import { type Opened, storeContract } from "@/testing/store_contract.ts";
import { kvStore } from "@/stores/kv_store.ts";
import { openRedisStore } from "./store.ts";

let redis: TestRedis | undefined;
let database = 0;

Deno.test.afterAll(async () => {
  await redis?.stop();
});

storeContract("redis", async (): Promise<Opened> => {
  // One server for all tests, and a database of it for each.
  redis ??= await startRedis({ settings: { databases: "200" } });
  const url = `${redis.url}/${database++}`;
  const folder = await Deno.makeTempDir();
  const stores: Store[] = [];
  const open = async () => {
    const kv = await Deno.openKv(`${folder}/${stores.length}.sqlite`);
    const store = await openRedisStore({
      clock: systemClock,
      url,
      archive: kvStore(kv),
    });
    stores.push(store);
    return store;
  };
  return {
    store: await open(),
    other: open,
    async close() {
      for (const store of stores) await store.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
});
