/** The simulated Deno KV, held to the contract that the real one is held to. */
import { kvStore } from "@/stores/kv_store.ts";
import { storeContract } from "../store_contract.ts";
import { type Door, kvThrough, Rows } from "./kv.ts";

storeContract("simulated kv", () => {
  const rows = new Rows();
  const door: Door = {
    read: (work) => Promise.resolve(work()),
    commit: (asked) => Promise.resolve(rows.commit(asked)),
  };
  const open = () => kvStore(kvThrough(rows, door));
  return Promise.resolve({
    store: open(),
    other: () => Promise.resolve(open()),
    close: () => Promise.resolve(),
  });
});
