/**
 * A session's board in a Redis, written by the real store, for tests and
 * benches of those who read it.
 *
 * @module
 */
import { record } from "@/core/evolve.ts";
import type { Session } from "@/core/session.ts";
import { standingOf } from "@/core/tallies.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import { systemClock } from "@/ingest/clock.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { openRedisStore } from "@/redis/store.ts";

/** Begins a session's ledger: its first entry, from which `id` is known. */
export function begin(session: Session, id: string, at: number) {
  return record(session, {
    type: "started",
    sessionId: id,
    title: "",
    channel: "studio",
    rates: DEFAULT_RATES,
  }, at);
}

/** Writes the board of a session, as if its first entry had brought it all. */
export async function putLiveBoard(
  url: string,
  session: Session,
  first: ReturnType<typeof begin>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const archive = await openKvStore(folder);
  const store = await openRedisStore({ clock: systemClock, url, archive });
  try {
    await store.live.lease.claim(0);
    await store.append({
      sessionId: session.id,
      writer: "test",
      after: 0,
      entries: [first],
      comments: [],
      answers: [],
      anew: {
        standings: Array.from(
          session.tallies.values(),
          (tally) => standingOf(tally, true),
        ),
        comments: [],
      },
    });
  } finally {
    await store.close();
    await Deno.remove(folder, { recursive: true });
  }
}
