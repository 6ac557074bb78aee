/**
 * A process that appends to a ledger until it is killed, and prints each seq
 * that was acknowledged. Only `kv_kill_test.ts` starts it.
 *
 * @module
 */
import { batchOf, commentRow, ordinary } from "./store_contract.ts";
import { openKvStore } from "@/stores/kv_store.ts";

if (import.meta.main) {
  const [folder = "", id = ""] = Deno.args;
  const store = await openKvStore(folder);
  const writer = crypto.randomUUID();
  let after = await store.head(id);
  for (let turn = 0;; turn++) {
    const length = [1, 40, 3, 400, 2_500][turn % 5] ?? 1;
    const entries = ordinary(after + 1, after + length);
    const batch = batchOf(id, after, entries, writer);
    batch.comments = entries.map(({ seq }) => ({
      seq,
      row: commentRow(`v${seq % 7}`, String(seq), seq),
    }));
    await store.append(batch);
    after += length;
    tell(`${after}`);
    if (turn % 4) continue;
    const bytes = new Uint8Array(1_000_000 + after).fill(after);
    await store.saveSnapshot(id, { seq: after, bytes });
    tell(`snapshot ${after}`);
  }
}

function tell(line: string) {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
