/**
 * Snapshots in Redis beside those of the archive: for whoever takes over.
 *
 * @module
 */
import type { Snapshot, Store } from "@/core/ports.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import { snapshotKey, TOKEN_KEY } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import { SET_FENCED } from "./scripts.ts";
import type { Availability } from "./availability.ts";

/**
 * A larger snapshot stays in the archive: Redis would do nothing else while it
 * takes it, and whoever stands by plays along and does not need it.
 */
const SNAPSHOT_BYTES = 8_000_000;

/** Snapshots in both; the newer one is given. */
export function createSnapshots(
  { link, archive, availability, keepSeconds }: {
    link: RedisLink;
    archive: KvStore;
    availability: Availability;
    keepSeconds: number;
  },
): Pick<Store, "saveSnapshot" | "snapshot"> {
  const { behind } = availability.sessions;

  async function snapshotInRedis(id: string): Promise<Snapshot | null> {
    const kept = await link.bytes(snapshotKey(id));
    const colon = kept?.indexOf(0x3a) ?? -1;
    if (!kept || colon < 0) return null;
    const seq = Number(new TextDecoder().decode(kept.subarray(0, colon)));
    return { seq, bytes: new Uint8Array(kept.subarray(colon + 1)) };
  }

  return {
    async saveSnapshot(id, snapshot) {
      await archive.saveSnapshot(id, snapshot);
      if (behind.has(id) || snapshot.bytes.length > SNAPSHOT_BYTES) return;
      const head = new TextEncoder().encode(`${snapshot.seq}:`);
      const bytes = new Uint8Array(head.length + snapshot.bytes.length);
      bytes.set(head);
      bytes.set(snapshot.bytes, head.length);
      const args = [String(availability.token()), bytes, String(keepSeconds)];
      const keys = [TOKEN_KEY, snapshotKey(id)];
      await availability.ask(() => link.run(SET_FENCED, keys, args), null);
    },
    async snapshot(id) {
      const there = behind.has(id)
        ? null
        : await availability.ask(() => snapshotInRedis(id), null);
      const here = await archive.snapshot(id);
      return there && there.seq >= (here?.seq ?? 0) ? there : here;
    },
  };
}
