/**
 * Two processes over one real Redis: keys are made and changed by the one that
 * leads, and by no other.
 */
import { ok, rejects, strictEqual } from "node:assert";
import { addressesOf } from "@/access/addresses.ts";
import { connectionOff, emptyCounts } from "@/core/connection.ts";
import { StandbyError } from "@/core/desk.ts";
import { systemClock } from "@/ingest/clock.ts";
import { openAvatarMemory } from "@/outputs/avatar_shelf.ts";
import { openRedisStore } from "@/redis/store.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { until } from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";
import { openGame } from "./game_parts.ts";

/** A game as one of several processes has it. */
async function openOne(url: string, folder: string) {
  const store = await openRedisStore({
    url,
    archive: await openKvStore(folder),
    clock: systemClock,
  });
  const made: string[] = [];
  const game = await openGame({
    store,
    site: {
      version: "0.0.0-test",
      source: "https://source.example",
      reach: () => [],
      publicUrl: null,
      addresses: addressesOf({ isPublic: false }),
      localTrust: true,
      metricsPublic: false,
      clock: systemClock,
      log() {},
    },
    shelf: openAvatarMemory(),
    connect: () => ({
      connection: () => connectionOff(1),
      counts: emptyCounts,
      roomViewers: () => null,
      close: () => Promise.resolve(),
    }),
    rehearsal: false,
    onHostKey: (key) => made.push(key),
  });
  const { desk, keys } = game;
  await game.begin();
  return {
    desk,
    keys,
    /** The host's key, as it was shown. */
    shown: () => keys.newHostKey,
    made,
    async close() {
      await game.close();
      await store.close();
    },
  };
}

Deno.test("a process that stands by makes no keys and changes none; who leads next goes on with them", async () => {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const leader = await openOne(redis.url, `${folder}/leader`);
  const other = await openOne(redis.url, `${folder}/other`);
  try {
    strictEqual(leader.shown(), null, "nobody has led yet");
    await until("one leads", () => leader.desk.leads() || other.desk.leads());
    const [first, second] = leader.desk.leads()
      ? [leader, other]
      : [other, leader];
    await until("its key is shown", () => first.made.length === 1);
    const key = first.made[0]!;
    strictEqual(first.shown(), key);
    strictEqual(first.keys.holderOfKey(key)?.role, "host");
    const display = await first.keys.make("display", "OBS");

    strictEqual(second.shown(), null);
    const stands = { name: "StandbyError", message: /stands by/ };
    await rejects(second.keys.make("display", "OBS"), stands);
    await rejects(second.keys.revoke(display.id), StandbyError);
    strictEqual(second.keys.deviceOf(second.keys.markDevice()) !== null, true);

    await first.close();
    await until("the other leads", () => second.desk.leads(), 20);
    await until(
      "it has the keys",
      () => second.keys.holderOfKey(display.key)?.role === "display",
    );
    strictEqual(second.keys.holderOfKey(key)?.role, "host");
    strictEqual(second.made.length, 0, "there was a key");
    ok(await second.keys.revoke(display.id));
    await second.close();
  } finally {
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
});
