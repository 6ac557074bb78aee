/**
 * What another process has deleted is deleted here as well, and copied again
 * where it was written anew.
 *
 * @module
 */
import type { InOrder } from "@/core/in_order.ts";
import type { Live, SessionInfo } from "@/core/ports.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import type { Archiver } from "./archiver.ts";
import type { RedisLedger } from "./ledger.ts";
import type { RedisPurges } from "./purges.ts";

/** What following others' deletions needs. */
interface ClearedOptions {
  archive: KvStore;
  archiver: Archiver;
  ledger: RedisLedger;
  purges: RedisPurges;
  inOrder: InOrder;
  /** Deleted elsewhere, and perhaps written anew since. */
  anew: Set<string>;
  /** A session's line, as Redis has it. */
  line(id: string): Promise<SessionInfo | null>;
}

/** Goes a part of the way; which sessions were deleted, and whether more is to come. */
export function createClear(options: ClearedOptions): Live["clear"] {
  const { archive, archiver, ledger, purges, inOrder, anew, line } = options;

  /** Deletes here what another process has deleted, and copies it anew. */
  async function clear() {
    const cleared: string[] = [];
    for (const { id, number } of await purges.due()) {
      await inOrder(id, async () => {
        await archiver.drained(id);
        await archive.purgeSession(id);
      });
      await purges.followed(number);
      cleared.push(id);
      anew.add(id);
    }
    for (const id of anew) {
      if (await inOrder(id, () => copyAnew(id)) === "more") {
        return { cleared, more: true };
      }
    }
    return { cleared, more: false };
  }

  /** A part of what was written anew; its line is written last. */
  async function copyAnew(id: string): Promise<"later" | "more" | "done"> {
    const info = await line(id);
    if (!info) return "later";
    const { seq } = await ledger.head(id);
    if (await archiver.step(id) < seq) return "more";
    await archive.putSession(info);
    anew.delete(id);
    return "done";
  }

  return clear;
}
