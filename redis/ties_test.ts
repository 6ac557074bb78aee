/**
 * Who got there first of those who have as many points, as anybody finds it in
 * a real Redis: also with more points than a score has room for a seq beside.
 */
import { deepStrictEqual as equal } from "node:assert";
import { createClient } from "redis";
import { createRanking } from "@/core/ranking.ts";
import type { Standing } from "@/core/ports.ts";
import { createSeeded } from "@/core/seeded.ts";
import { systemClock } from "@/ingest/clock.ts";
import { startRedis } from "@/testing/redis.ts";
import { batchOf, ordinary } from "@/testing/store_contract.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { pointsOf } from "./keys.ts";
import { openRedisStore } from "./store.ts";

type Held = { id: string; points: number; reached: number };

/** Writes boards into a Redis, and reads their order back. */
async function withBoard(
  work: (board: {
    write(held: Held[], anew?: boolean): Promise<void>;
    /** Ids and points in the sorted set's own order. */
    read(): Promise<[string, number][]>;
  }) => Promise<void>,
) {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const archive = await openKvStore(folder);
  const store = await openRedisStore({
    clock: systemClock,
    url: redis.url,
    archive,
    name: "a",
  });
  const client = await createClient({ url: redis.url }).connect();
  let seq = 0;
  try {
    await work({
      async write(held, anew = false) {
        const batch = batchOf("s", seq, ordinary(seq + 1, ++seq));
        const standings = held.map(standingOf);
        await store.append(
          anew
            ? { ...batch, anew: { standings, comments: [] } }
            : { ...batch, standings },
        );
      },
      async read() {
        const rows = await client.zRangeWithScores("leaderboard:s", 0, -1, {
          REV: true,
        });
        return rows.map(({ value, score }) => [value, pointsOf(score)]);
      },
    });
  } finally {
    client.destroy();
    await store.close();
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

function standingOf({ id, points, reached }: Held): Standing {
  const made = {
    ...{ likes: 0, gifts: points, comments: 0, follows: 0, shares: 0 },
    ...{ adjusted: 0, won: 0 },
  };
  const marks = { team: null, wins: 0 };
  const rest = { satOut: false, blocked: false, likes: 0, diamonds: 0, made };
  const viewer = { id, handle: id, nickname: id, avatarUrl: null };
  return {
    ...{ id, points, reached, onBoard: true, ...rest, ...marks },
    viewer: { ...viewer, follower: false },
  };
}

/** The order that the game itself gives. */
function boardOf(held: Iterable<Held>): [string, number][] {
  const order = createRanking<Held & { placed: null }>(() => true);
  for (const each of held) order.touch({ ...each, placed: null });
  return order.slice(0, Infinity).map(({ id, points }) => [id, points]);
}

const MANY = [1, 2 ** 29 - 1, 2 ** 29, 1e9, 1e10, 1e11, 1e12, 1e13];

Deno.test("equals stand in the sorted set as they got there, up to 10^13 points", async () => {
  const { between } = createSeeded(8);
  await withBoard(async ({ write, read }) => {
    const held = new Map<string, Held>();
    let seq = 1_000_000;
    for (let round = 0; round < 60; round++) {
      const touched = new Map<string, Held>();
      for (let i = 0; i < 40; i++) {
        const id = `v${between(0, 299)}`;
        const points = MANY[between(0, MANY.length - 1)]! + between(0, 1);
        // Now and then somebody is back where they were long ago.
        const reached = between(0, 9) === 0 ? seq - 900_000 : seq;
        seq += between(1, 3);
        const each = { id, points, reached };
        held.set(id, each);
        touched.set(id, each);
      }
      await write([...touched.values()]);
      equal(await read(), boardOf(held.values()));
    }
    await write([...held.values()], true);
    equal(await read(), boardOf(held.values()));
  });
});

Deno.test("thousands of equals with a million million points stand as they got there", async () => {
  await withBoard(async ({ write, read }) => {
    const held = Array.from({ length: 8_000 }, (_, i) => ({
      id: `v${i * 7_919 % 8_000}`,
      points: 1e12,
      reached: 20_000_000 + i,
    }));
    await write(held);
    equal(await read(), boardOf(held));
    await write(held, true);
    equal(await read(), boardOf(held));
  });
});

Deno.test("equals are told apart after sixteen million entries, too", async () => {
  await withBoard(async ({ write, read }) => {
    const held = Array.from({ length: 50 }, (_, i) => ({
      id: `v${i * 7 % 50}`,
      points: 5,
      reached: 2 ** 24 - 25 + i,
    }));
    await write(held);
    equal(await read(), boardOf(held));
  });
});
