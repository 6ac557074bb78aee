/**
 * What a store with Redis does beyond the contract: which log is the truth when
 * Redis goes and comes, who may write, and what it says of its troubles.
 */
import { deepStrictEqual as equal, match, ok, rejects } from "node:assert";
import { createClient } from "redis";
import { boardHash } from "@/core/board.ts";
import { type Batch, LogConflictError } from "@/core/ports.ts";
import { evolve, record } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import { standingOf } from "@/core/tallies.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import type { Session } from "@/core/session.ts";
import type { Clock } from "@/core/clock.ts";
import { systemClock } from "@/ingest/clock.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { startRedis, type TestRedis } from "@/testing/redis.ts";
import { readRedisBoard } from "@/testing/redis_board.ts";
import { batchOf, entriesOf, ordinary } from "@/testing/store_contract.ts";
import { type KvStore, openKvStore } from "@/stores/kv_store.ts";
import { headKey, scoreOf } from "./keys.ts";
import { openRedisStore, type RedisStore } from "./store.ts";

interface Bench {
  redis: TestRedis;
  /** Opens a store with an archive of that name. */
  open(
    name: string,
    url?: string,
    clock?: Clock,
  ): Promise<{ store: RedisStore; kv: KvStore }>;
}

async function withRedis(
  work: (bench: Bench) => Promise<void>,
  settings: Record<string, string> = {},
) {
  const redis = await startRedis({ settings });
  const folder = await Deno.makeTempDir();
  const open: RedisStore[] = [];
  try {
    await work({
      redis,
      async open(name, url = redis.url, clock = systemClock) {
        const kv = await openKvStore(`${folder}/${name}`);
        const store = await openRedisStore({
          clock,
          url,
          archive: kv,
          name,
        });
        open.push(store);
        return { store, kv };
      },
    });
  } finally {
    for (const store of open) {
      await Promise.resolve(store.close()).catch(() => {});
    }
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function until(what: string, holds: () => boolean | Promise<boolean>) {
  const end = performance.now() + 60_000;
  while (!await holds()) {
    if (performance.now() > end) throw new Error(`Cannot wait longer: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const at = (from: number, to: number, writer = "writer") =>
  batchOf("s", from - 1, ordinary(from, to), writer);

/** A game of so many viewers, and the batch that wrote it. */
function game(viewers: number): { session: Session; batch: Batch } {
  const session = emptySession();
  session.touched = new Map();
  const entries = [
    record(session, {
      type: "started",
      sessionId: "s",
      title: "",
      channel: "host",
      rates: DEFAULT_RATES,
    }, 1),
  ];
  for (let i = 0; i < viewers; i++) {
    const id = `v${i * 7_919 % viewers}`;
    const viewer = {
      id,
      handle: id,
      nickname: id,
      avatarUrl: null,
      follower: true,
    };
    const count = 10 * (1 + i % 5);
    entries.push(record(session, {
      type: "liked",
      id: `${i + 1}`,
      sentAt: 1,
      viewerId: id,
      viewer,
      points: count / 10,
      count,
    }, 1));
  }
  const standings = Array.from(
    session.touched,
    ([tally, isNew]) => standingOf(tally, isNew),
  );
  session.touched.clear();
  const batch = { ...batchOf("s", 0, entries), standings };
  return { session, batch };
}

function anewOf(session: Session): NonNullable<Batch["anew"]> {
  const standings = Array.from(
    session.tallies.values(),
    (tally) => standingOf(tally, true),
  );
  return { standings, comments: session.feed };
}

Deno.test("the sorted set has the order of the board, ties and all", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store } = await open("a");
    const { session, batch } = game(3_000);
    await store.append(batch);
    const there = await readRedisBoard(redis.url, "s");
    equal(there, { seq: session.seq, hash: await boardHash(session) });
    ok(await store.live.verify("s", session.seq, await boardHash(session)));
    equal(store.live.wants("s"), "changed");
    // A viewer who is blocked is not on it any more.
    const tally = session.order.slice(0, 1)[0]!;
    const entry = record(session, {
      type: "viewerBlocked",
      viewerId: tally.id,
    }, 2);
    const next = batchOf("s", batch.entries.length, [entry]);
    await store.append({ ...next, standings: [standingOf(tally, false)] });
    equal(await readRedisBoard(redis.url, "s"), {
      seq: session.seq,
      hash: await boardHash(session),
    });
  });
});

Deno.test("half an emoji in a name, an id or a comment stops nothing", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store } = await open("a");
    const half = "\ud83d";
    const session = emptySession();
    const viewer = {
      ...{ id: `v${half}`, handle: `h${half}`, nickname: `Mei ${half}` },
      ...{ avatarUrl: null, follower: false },
    };
    const message = { id: "1", sentAt: 1, viewerId: viewer.id, viewer };
    const begun = game(0).batch.entries[0]!;
    evolve(session, begun);
    const said = { type: "commented" as const, ...message, points: 0 };
    const entry = record(session, { ...said, text: `hi ${half}` }, 1);
    const [tally] = session.tallies.values();
    const standings = [standingOf(tally!, true)];
    const comments = session.feed.map((row) => ({ seq: entry.seq, row }));
    const batch = batchOf("s", 0, [begun, entry]);
    await store.append({ ...batch, standings, comments });
    await store.append({
      ...batchOf("s", 2, []),
      anew: { standings, comments: session.feed },
    });
    equal(await entriesOf(store, "s"), [begun, entry]);
    equal((await readRedisBoard(redis.url, "s")).seq, 2);
    equal(store.live.health().state, "ok");
  });
});

Deno.test("scoreOf() keeps who got there first up to its bounds", () => {
  const [points, reached] = [2 ** 29 - 1, 2 ** 24 - 2];
  ok(scoreOf(points, reached) > scoreOf(points, reached + 1));
  ok(scoreOf(points + 1, 2 ** 24) > scoreOf(points, 1));
  equal(Math.floor(scoreOf(2 ** 52, 1)), 2 ** 52);
});

Deno.test("a board that does not fit is written anew, one that fits is left", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store } = await open("a");
    const { session, batch } = game(12_000);
    const hash = await boardHash(session);
    await store.append(batch);
    const client = await createClient({ url: redis.url }).connect();
    await client.zIncrBy("leaderboard:s", 1, "v5");
    equal(await store.live.verify("s", session.seq, hash), false);
    equal(store.live.wants("s"), "whole");
    const empty = batchOf("s", session.seq, []);
    await store.append({ ...empty, anew: anewOf(session) });
    equal(store.live.wants("s"), "changed");
    equal(await readRedisBoard(redis.url, "s"), { seq: session.seq, hash });
    equal(await client.hLen("viewers:s"), 12_000);
    equal(await store.live.verify("s", session.seq, hash), true);
    // Whoever could not be found by name would be missing in searches.
    await client.hDel("names:s", "v5");
    equal(await store.live.verify("s", session.seq, hash), false);
    client.destroy();
  });
});

Deno.test("the archive gets it within 100 ms, and says how far it is the stream's", async () => {
  await withRedis(async ({ redis, open }) => {
    const clock = createFakeClock();
    const { store, kv } = await open("a", redis.url, clock);
    const reached = async (end: number) =>
      await kv.head("s") === end && await kv.streamed("s") === end;
    let end = 0;
    for (const length of [1, 40, 2_500, 3]) {
      await store.append(at(end + 1, end + length));
      end += length;
      // How long the disk then takes is the machine's own affair.
      await clock.advance(100);
      await until("the archive has it", () => reached(end));
    }
  });
});

Deno.test("an owner with an older token is refused, whatever it writes", async () => {
  await withRedis(async ({ open }) => {
    const { store: first } = await open("a");
    const { store: second } = await open("b");
    await until("settled", () => first.link.isSettled());
    await until("settled", () => second.link.isSettled());
    const { token } = await first.live.lease.claim(0);
    equal(token, 1);
    await first.append(at(1, 5));
    equal(await second.live.lease.claim(0), { token: 0, leader: "a" });
    // Held up for longer than the lease lasts.
    await new Promise((r) => setTimeout(r, first.live.lease.ms + 200));
    equal((await second.live.lease.claim(0)).token, 2);
    await rejects(first.append(at(6, 7)), LogConflictError);
    await rejects(
      first.append({ ...batchOf("s", 5, []), anew: anewOf(game(3).session) }),
      LogConflictError,
    );
    await first.saveSnapshot("s", { seq: 9, bytes: new Uint8Array(3) });
    equal(await second.snapshot("s"), null);
    equal(await first.live.lease.claim(1), { token: 0, leader: "b" });
    equal(await second.head("s"), 5);
    await second.append(at(6, 6, "second"));
    equal(await entriesOf(second, "s"), ordinary(1, 6));
  });
});

Deno.test("without Redis the archive goes on, and Redis gets all of it back", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store, kv } = await open("a");
    await until("settled", () => store.link.isSettled());
    await store.live.lease.claim(0);
    equal(store.live.wants("s"), "changed");
    const { session, batch } = game(500);
    await store.append(batch);
    await redis.kill();
    const tally = session.order.slice(0, 1)[0]!;
    for (let i = 0; i < 5; i++) {
      const adjusted = record(session, {
        type: "pointsAdjusted",
        viewerId: tally.id,
        points: 3,
        reason: "",
      }, 9);
      const next = batchOf("s", adjusted.seq - 1, [adjusted]);
      await store.append({ ...next, standings: [standingOf(tally, false)] });
      // Durable here at once, and nowhere said to be in the stream.
      equal(await kv.head("s"), session.seq);
      equal(await kv.streamed("s"), 501);
    }
    equal(store.live.wants("s"), "nothing");
    match(store.live.health().detail, /cannot be reached.*data folder/);
    await rejects(async () => await store.check(), /cannot be reached/);
    await redis.restart();
    await until("it is wanted", () => store.live.wants("s") === "whole");
    equal(store.live.health().state, "behind");
    const empty = batchOf("s", session.seq, []);
    await store.append({ ...empty, anew: anewOf(session) });
    equal(store.live.health(), { state: "ok", detail: "" });
    equal(await kv.streamed("s"), session.seq);
    equal(await readRedisBoard(redis.url, "s"), {
      seq: session.seq,
      hash: await boardHash(session),
    });
    const { store: other } = await open("b");
    const again = emptySession();
    for (const entry of await entriesOf(other, "s")) evolve(again, entry);
    equal(await boardHash(again), await boardHash(session));
  });
});

Deno.test("without Redis the archive first takes what Redis had acknowledged", async () => {
  await withRedis(async ({ redis }) => {
    const folder = await Deno.makeTempDir();
    const kv = await openKvStore(folder);
    const slow: KvStore = {
      ...kv,
      async archive(batch) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        await kv.archive(batch);
      },
    };
    const store = await openRedisStore({
      clock: systemClock,
      url: redis.url,
      archive: slow,
    });
    await store.append(at(1, 100));
    await redis.kill();
    equal(await kv.head("s"), 0);
    await store.append(at(101, 101));
    equal(await entriesOf(kv, "s"), ordinary(1, 101));
    equal(await kv.streamed("s"), 100);
    await store.close();
    await Deno.remove(folder, { recursive: true });
  });
});

Deno.test("a store that closes writes what was on its way to the archive, comments too", async () => {
  await withRedis(async ({ redis }) => {
    const folder = await Deno.makeTempDir();
    const kv = await openKvStore(folder);
    const begun = Promise.withResolvers<void>();
    const slow: KvStore = {
      ...kv,
      async archive(batch) {
        begun.resolve();
        await new Promise((resolve) => setTimeout(resolve, 300));
        await kv.archive(batch);
      },
      close: () => {}, // it is looked into below
    };
    const store = await openRedisStore({
      clock: systemClock,
      url: redis.url,
      archive: slow,
    });
    const comments = Array.from({ length: 1_000 }, (_, i) => {
      const [firstAt, viewerId] = [1, `v${i}`];
      const row = { ...{ id: `c${i}`, viewerId, text: "hi", times: 1 } };
      const marks = { used: false, deleted: false };
      return { seq: 1, row: { ...row, firstAt, lastAt: 1, ...marks } };
    });
    await store.append({ ...at(1, 100), comments });
    await begun.promise; // a part of it is being written
    await store.close();
    equal(await entriesOf(kv, "s"), ordinary(1, 100));
    for (const i of [0, 299, 300, 999]) {
      equal((await kv.comments("s", `v${i}`)).length, 1, `v${i}`);
    }
    kv.close();
    await Deno.remove(folder, { recursive: true });
  });
});

Deno.test("a Redis that comes back empty is filled from the archive", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store } = await open("a");
    store.live.wants("s");
    await store.append(at(1, 5_000));
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll();
    client.destroy();
    await redis.kill();
    await redis.restart();
    await until("it is wanted", () => store.live.wants("s") === "whole");
    await store.append(at(5_001, 5_003));
    const { store: other } = await open("b");
    equal(await entriesOf(other, "s"), ordinary(1, 5_003));
  });
});

Deno.test("what a room sent without Redis is there when it is back, in whatever state", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store, kv } = await open("a");
    const part = (name: string, length: number) => ({
      name,
      bytes: new Uint8Array(length).fill(length),
    });
    const keep = (
      seq: number,
      ...parts: { name: string; bytes: Uint8Array }[]
    ) =>
      store.keepRoom("som", { parts, gone: [] }, {
        at: seq,
        sessions: { s: seq },
      });
    await keep(1, part("1-a", 12));
    const before = await store.room("som");
    const client = await createClient({ url: redis.url }).connect();
    await client.flushAll(); // and it comes back empty
    client.destroy();
    await redis.kill();
    await until("it is away", () => !store.link.isUp());
    await keep(2, part("1-a", 20), part("2-a", 12));
    equal((await kv.room("som")).upTo, { at: 2, sessions: { s: 2 } });
    await redis.restart();
    const { store: other, kv: archive } = await open("b");
    await until(
      "another process has it",
      async () => (await other.room("som")).parts.length === 2,
    );
    equal(await other.room("som"), await store.room("som"));
    equal(await archive.room("som"), await store.room("som"));
    equal((await store.room("som")).parts[0]!.bytes.length, 20);
    equal(before.parts, [part("1-a", 12)]);
  });
});

Deno.test("an owner with an older token adds nothing to what a room has sent", async () => {
  await withRedis(async ({ open }) => {
    const { store: first } = await open("a");
    const { store: second } = await open("b");
    await until("settled", () => first.link.isSettled());
    await first.live.lease.claim(0);
    await new Promise((r) => setTimeout(r, first.live.lease.ms + 200));
    await until("settled", () => second.link.isSettled());
    equal((await second.live.lease.claim(0)).token, 2);
    const change = {
      parts: [{ name: "1-a", bytes: new Uint8Array(12) }],
      gone: [],
    };
    await first.keepRoom("som", change, { at: 1, sessions: {} });
    equal(await second.room("som"), { parts: [], upTo: null });
  });
});

Deno.test("what a process wrote while another led is kept apart, not lost", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store: first, kv } = await open("a");
    const { store: second } = await open("b");
    await until("settled", () => second.link.isSettled());
    await first.live.lease.claim(0);
    await first.append(at(1, 10));
    await new Promise((resolve) => setTimeout(resolve, 100));
    // The way to Redis is cut for the first one alone.
    await redis.kill();
    const cut = batchOf("s", 10, [{
      ...ordinary(11, 11)[0]!,
      at: 1_790_000_777_000,
    }]);
    await first.append(cut);
    await first.close();
    await redis.restart();
    await until("settled", () => second.link.isSettled());
    equal((await second.live.lease.claim(0)).token, 2);
    await second.live.reconcile("s");
    await second.append(at(11, 14, "second"));

    const { store: back, kv: archive } = await open("a");
    await second.live.lease.claim(2); // however long that took
    equal(await back.live.lease.claim(await back.live.lease.remembered()), {
      token: 0,
      leader: "b",
    });
    match((await back.live.reconcile("s"))!, /kept as "s-apart-11"/);
    equal(await entriesOf(back, "s"), ordinary(1, 14));
    equal((await entriesOf(archive, "s-apart-11")).at(-1), cut.entries[0]);
    ok(kv);
  });
});

Deno.test("an archive that is older, or empty, is read up from the stream", async () => {
  await withRedis(async ({ open }) => {
    const { store } = await open("a");
    const info = {
      id: "s",
      title: "เกม",
      channel: "host",
      rehearsal: false,
      startedAt: 5,
      endedAt: null,
      deletedAt: null,
    };
    await store.append({ ...at(1, 4_500), info });
    const { store: next, kv } = await open("b");
    equal(await next.live.reconcile("s"), null);
    equal([await kv.head("s"), await kv.streamed("s")], [4_500, 4_500]);
    equal(await kv.session("s"), info);
    await store.append(at(4_501, 4_600));
    await next.live.reconcile("s");
    equal(await entriesOf(kv, "s"), ordinary(1, 4_600));
  });
});

Deno.test("a process that stands by copies what another writes, a part at a time", async () => {
  await withRedis(async ({ open }) => {
    const { store } = await open("a");
    const { store: next, kv } = await open("b");
    equal(await next.live.follow("s"), "level"); // nothing is there yet
    await store.append(at(1, 50_000));
    const states: string[] = [];
    const heads: number[] = [];
    for (let i = 0; i < 10 && states.at(-1) !== "level"; i++) {
      states.push(await next.live.follow("s"));
      heads.push(await kv.head("s"));
    }
    equal(states.at(-1), "level");
    equal(new Set(states.slice(0, -1)), new Set(["more"]));
    ok(heads[0]! < 30_000, `${heads[0]} entries in one step`);
    equal([await kv.head("s"), await kv.streamed("s")], [50_000, 50_000]);
    await store.append(at(50_001, 50_010));
    equal(await next.live.follow("s"), "level");
    equal(await entriesOf(kv, "s"), ordinary(1, 50_010));
    equal(await next.live.follow("s"), "level");
  });
});

Deno.test("an archive that tells another story is not touched by standing by, nor mixed when read", async () => {
  await withRedis(async ({ open }) => {
    const { store } = await open("a");
    const { store: next, kv } = await open("b");
    const own = { ...ordinary(11, 11)[0]!, at: 1_790_000_777_000 };
    await kv.append(at(1, 10));
    await kv.append(batchOf("s", 10, [own]));
    await store.append(at(1, 8));
    equal(await next.live.follow("s"), "apart"); // it has more than the stream
    await store.append(at(9, 30));
    equal(await next.live.follow("s"), "apart");
    equal(await kv.head("s"), 11);
    equal(await entriesOf(next, "s"), ordinary(1, 30));
    equal(await entriesOf(kv, "s"), [...ordinary(1, 10), own]);
    match((await next.live.reconcile("s"))!, /kept as "s-apart-11"/);
    equal(await next.live.follow("s"), "level");
    equal(await entriesOf(kv, "s"), ordinary(1, 30));
  });
});

Deno.test("a repeated batch changes nothing in Redis", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store } = await open("a");
    const { session, batch } = game(50);
    await store.append(batch);
    const client = await createClient({ url: redis.url }).connect();
    await client.zIncrBy("leaderboard:s", 1, "v5"); // to be seen if written again
    const before = await client.zRangeWithScores("leaderboard:s", 0, -1);
    await store.append(batch);
    equal(await client.zRangeWithScores("leaderboard:s", 0, -1), before);
    equal(await client.xLen("ledger:s"), 1);
    equal(await client.hGet(headKey("s"), "seq"), String(session.seq));
    ok(await client.ttl("leaderboard:s") > 6 * 86_400);
    client.destroy();
  });
});

const TROUBLES: {
  name: string;
  settings: Record<string, string>;
  state: string;
  detail: RegExp;
}[] = [
  {
    name: "a wrong password",
    settings: { requirepass: "secret" },
    state: "refused",
    detail: /refuses the user name or password/,
  },
  {
    name: "a read-only replica",
    settings: { replicaof: "127.0.0.1 1", "replica-serve-stale-data": "yes" },
    state: "read_only",
    detail: /read-only replica/,
  },
  {
    name: "memory that is full",
    settings: { maxmemory: "1mb" },
    state: "full",
    detail: /maxmemory/,
  },
];
for (const { name, settings, state, detail } of TROUBLES) {
  Deno.test(`${name} is said in plain words, and the archive takes over`, async () => {
    await withRedis(async ({ open }) => {
      const { store, kv } = await open("a");
      store.live.wants("s");
      await store.append(at(1, 3_000));
      equal(await kv.head("s"), 3_000);
      const health = store.live.health();
      equal(health.state, state);
      match(health.detail, detail);
    }, settings);
  });
}

Deno.test("a Redis without an append-only file is used, with a warning", async () => {
  await withRedis(async ({ open }) => {
    const { store } = await open("a");
    await store.append(at(1, 3));
    equal(store.live.health().state, "not_safe");
    match(store.live.health().detail, /appendonly no.*set appendonly yes/);
  }, { appendonly: "no" });
});

Deno.test("memory that fills up in the middle loses nothing, and is caught up with", async () => {
  await withRedis(async ({ redis, open }) => {
    const { store, kv } = await open("a");
    store.live.wants("s");
    await store.append(at(1, 100));
    const client = await createClient({ url: redis.url }).connect();
    await client.configSet("maxmemory", "1mb");
    await store.append(at(101, 200));
    equal([await kv.head("s"), store.live.health().state], [200, "full"]);
    await client.configSet("maxmemory", "0");
    client.destroy();
    await until("it is wanted", () => store.live.wants("s") === "whole");
    await store.append(at(201, 201));
    const { store: other } = await open("b");
    equal(await entriesOf(other, "s"), ordinary(1, 201));
  });
});

Deno.test("a Redis that is down at the start is tried again until it is there", async () => {
  await withRedis(async ({ redis, open }) => {
    await redis.kill();
    const { store, kv } = await open("a");
    equal(store.live.health().state, "unreachable");
    await store.putDocument("settings", { a: 1 });
    equal(await store.live.reconcile("s"), null);
    await redis.restart();
    await until("it is there", () => store.live.health().state === "ok");
    const { store: other } = await open("b");
    await until(
      "it is sent",
      async () =>
        JSON.stringify(await other.document("settings")) === '{"a":1}',
    );
    equal(await kv.document("settings"), { a: 1 });
  });
});
