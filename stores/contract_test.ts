/**
 * The contract, run on each store.
 *
 * @module
 */
import { type Opened, storeContract } from "@/testing/store_contract.ts";
import { kvStore } from "./kv_store.ts";
import { memoryStore } from "@/testing/memory_store.ts";

storeContract("memory", () => {
  const store = memoryStore();
  return Promise.resolve({
    store,
    other: () => Promise.resolve(store),
    close: () => Promise.resolve(store.close()),
  });
});

storeContract("kv", async (): Promise<Opened> => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/store.sqlite`;
  const store = kvStore(await Deno.openKv(file));
  const stores = [store];
  return {
    store,
    async other() {
      const store = kvStore(await Deno.openKv(file));
      stores.push(store);
      return store;
    },
    async close() {
      for (const store of stores) store.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
});
