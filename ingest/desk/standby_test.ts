/**
 * Standing by over a real Redis: what a process knows that only follows.
 */
import {
  deepStrictEqual as equal,
  fail,
  match,
  ok,
  rejects,
} from "node:assert";
import { boardHash } from "@/core/board.ts";
import type { Command } from "@/core/shapes/commands.ts";
import { connectionOff, emptyCounts } from "@/core/connection.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import { createInOrder } from "@/core/in_order.ts";
import type { SessionLog } from "@/core/ports.ts";
import { gift } from "@/core/testing.ts";
import { type KvStore, openKvStore } from "@/stores/kv_store.ts";
import { openRedisStore, type RedisStore } from "@/redis/store.ts";
import { writeEvening } from "@/testing/large_evening.ts";
import { until } from "@/testing/program.ts";
import { startRedis, type TestRedis } from "@/testing/redis.ts";
import type { SourceOptions } from "./channel.ts";
import { openDesk } from "./desk.ts";
import { systemClock } from "../clock.ts";
import { createForgetting } from "../past/forgetting.ts";
import { openStandby, type Standby } from "./standby.ts";

interface Follower {
  standby: Standby;
  lines: string[];
  /** Sessions that were deleted there because they were elsewhere. */
  cleared: string[];
}

interface Place {
  redis: TestRedis;
  folder: string;
  /** Opens a store with an archive of that name. */
  open(name: string): Promise<RedisStore>;
  archives: Map<string, KvStore>;
  /** Follows what runs, with a store; its log. */
  follow(store: RedisStore): Follower;
}

async function inPlace(work: (place: Place) => Promise<void>) {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const archives = new Map<string, KvStore>();
  const stores: RedisStore[] = [];
  const followers: Standby[] = [];
  try {
    await work({
      redis,
      folder,
      archives,
      async open(name) {
        const archive = await openKvStore(`${folder}/${name}`);
        archives.set(name, archive);
        const store = await openRedisStore({
          clock: systemClock,
          url: redis.url,
          archive,
        });
        stores.push(store);
        return store;
      },
      follow(store) {
        const lines: string[] = [];
        const cleared: string[] = [];
        const standby = openStandby({
          store,
          live: store.live,
          clock: systemClock,
          standsBy: () => true,
          async running() {
            const kept = await store.document("running");
            return (kept as { sessionId: string } | null)?.sessionId ?? null;
          },
          onCleared: (id) => cleared.push(id),
          inTurn: (work) => work(),
          log: (line) => lines.push(line),
        });
        followers.push(standby);
        return { standby, lines, cleared };
      },
    });
  } finally {
    for (const standby of followers) standby.close();
    for (const store of stores) await store.close();
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a process that stands by knows the session that runs, and follows when another one does", async () => {
  await inPlace(async ({ open, follow }) => {
    const owner = await open("owner");
    const session = await writeEvening(owner, "studio", {
      viewers: 3_000,
      events: 30_000,
    });
    const { standby, lines } = follow(await open("standby"));
    await until("it follows", () => lines.length > 0);
    equal(lines, [`Follows "evening", ready to go on with it`]);
    const followed = standby.take("evening");
    equal(followed?.seq, session.seq);
    equal(await boardHash(followed!), await boardHash(session));
    equal(standby.take("evening"), null, "it is given away once");

    await writeEvening(owner, "studio", { viewers: 5, events: 0 }, "another");
    await until("it follows the other", () => lines.length > 1);
    equal(standby.take("evening"), null);
    equal(standby.take("another")?.tallies.size, 5);
  });
});

Deno.test("a process that stands by without Redis says so once, and follows when it is back", async () => {
  await inPlace(async ({ redis, open, follow }) => {
    const owner = await open("owner");
    await writeEvening(owner, "studio", { viewers: 5, events: 100 });
    const store = await open("standby");
    const { standby, lines } = follow(store);
    await until("it follows", () => lines.length === 1);
    await redis.kill();
    await until("it says so", () => lines.length === 2);
    match(lines[1]!, /^Cannot follow the session that runs: Redis cannot be/);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    equal(lines.length, 2);
    await redis.restart();
    await until("it follows again", () => lines.length > 2);
    ok(standby.take("evening"));
  });
});

/** All rows of the archive in a folder, as text. */
async function textOf(folder: string): Promise<string> {
  using kv = await Deno.openKv(`${folder}/store.sqlite`);
  let text = "";
  for await (const { key, value } of kv.list({ prefix: [] })) {
    text += `${key.join("/")} `;
    text += value instanceof Uint8Array
      ? new TextDecoder().decode(value)
      : JSON.stringify(value);
    text += "\n";
  }
  return text;
}

/** The entries of a session, as text. */
async function ledgerOf(store: SessionLog, id: string): Promise<string> {
  return JSON.stringify((await Array.fromAsync(store.read(id))).flat());
}

Deno.test("a process that stands by forgets whom the other one forgets, and deletes what it deletes", async () => {
  await inPlace(async ({ folder, open, archives, follow }) => {
    const owner = await open("owner");
    const size = { viewers: 40, events: 3_000 };
    const evening = await writeEvening(owner, "studio", size);
    const store = await open("standby");
    const archive = archives.get("standby")!;
    const { standby, lines, cleared } = follow(store);
    await until("it follows", () => lines.length > 0);
    await writeEvening(owner, "studio", { viewers: 1, events: 0 }, "another");
    await until("it follows the other", () => lines.length > 1);
    const [first, gone] = [...evening.tallies.keys()];
    ok(
      (await textOf(`${folder}/standby`)).includes(gone!),
      "it knows who is to go",
    );

    const forgetting = createForgetting({
      store: owner,
      running: () => "another",
      alone: createInOrder(),
      goesOn: () => true,
      onChange: () => {},
      now: Date.now,
    });
    equal(await forgetting.viewer(gone!), { sessions: 1, pending: false });
    await until("it is deleted there", () => cleared.includes("evening"));
    await until(
      "it is copied anew",
      async () => await archive.head("evening") === evening.seq,
    );
    const kept = await textOf(`${folder}/standby`);
    ok(kept.includes(first!), "the others stay");
    ok(!kept.includes(gone!), "nothing tells of who was deleted");
    equal(
      await ledgerOf(archive, "evening"),
      await ledgerOf(owner, "evening"),
    );
    equal((await archive.session("evening"))?.channel, "studio");
    ok(standby.take("another"), "it follows all the same");

    // For good, while nobody follows; then it leads.
    standby.close();
    await owner.purgeSession("evening");
    ok((await textOf(`${folder}/standby`)).includes("evening"));
    const running = { sessionId: "another", channel: null, roomId: null };
    await owner.putDocument("running", running);
    await until("it may lead at once", () => store.link.isSettled());
    const desk = await openDesk({
      store,
      connect: () => fail("no channel is connected to"),
      rehearsal: false,
      version: "",
    });
    equal(desk.state().session?.id, "another");
    ok(!(await textOf(`${folder}/standby`)).includes("evening"), "no row left");
    equal(await store.live.clear(), { cleared: [], more: false });
    await desk.close();
    equal(await owner.live.clear(), { cleared: [], more: false });
  });
});

/** A desk whose connection the test speaks for; no message tells when it was sent. */
async function deskOn(store: RedisStore) {
  let room: SourceOptions | null = null;
  const desk = await openDesk({
    store,
    rehearsal: false,
    version: "",
    connect(options) {
      room = options;
      return {
        connection: () => ({
          ...connectionOff(0),
          state: "live",
          channel: options.channel,
          roomId: "1",
        }),
        counts: emptyCounts,
        roomViewers: () => null,
        close: () => Promise.resolve(),
      };
    },
  });
  return {
    desk,
    bring: (...events: LiveEvent[]) => room!.onEvents(events),
    async command(command: Command) {
      const outcome = await desk.submit(command);
      ok(outcome.ok, JSON.stringify(outcome));
    },
    /** The points of the session that runs. */
    async points() {
      const view = (await desk.view("current"))!;
      const { rows } = view.board({ offset: 0, limit: 9 });
      return rows.map((row) => [row.viewerId, row.points]);
    },
  };
}

Deno.test("whoever leads next knows what the room has sent, in any session and in none", async () => {
  await inPlace(async ({ open }) => {
    const [first, second] = [await open("first"), await open("second")];
    const one = await deskOn(first);
    await until("it leads", () => one.desk.token() > 0);
    await one.command({ type: "connect", channel: "studio" });
    await one.command({ type: "newSession" });
    const a = one.desk.state().session!.id;
    const [rose, lion] = [
      gift("ann", { repeatCount: 3 }),
      gift("bob", { combo: false, giftId: "9", diamonds: 1_000 }),
    ];
    one.bring(rose, lion);
    await one.command({ type: "endSession" });
    await one.desk.removeSession(a); // no session runs any more
    await one.desk.restoreSession(a);
    const early = gift("ann", { repeatCount: 10 });
    one.bring(early);
    await until(
      "it is kept where others find it",
      async () => (await second.room("studio")).parts[0]?.bytes.length === 60,
    );
    await one.command({ type: "newSession" });
    const last = gift("ann", { repeatCount: 12 });
    one.bring(last);
    equal(await one.points(), [["ann", 10]]);
    first.link.close(); // it is gone at once, with its newest notes

    const two = await deskOn(second);
    await until("it leads", () => two.desk.token() > 0);
    await two.command({ type: "newSession" });
    two.bring(rose, lion, early, last, gift("ann", { repeatCount: 13 }));
    equal(await two.points(), [["ann", 5]]);
    await two.command({ type: "continueSession", sessionId: a });
    two.bring(rose, lion, early, last);
    equal(await two.points(), [["bob", 30_000], ["ann", 15]]);
    await two.desk.close();
    await one.desk.close();
  });
});

Deno.test("a process that stands by does not say that no session runs", async () => {
  await inPlace(async ({ open }) => {
    const one = await deskOn(await open("first"));
    await until("it leads", () => one.desk.token() > 0);
    await one.command({ type: "newSession" });
    const two = await deskOn(await open("second"));
    await until("it stands by", () => !two.desk.loads());
    await rejects(two.desk.view("current"), { name: "StandbyError" });
    await two.desk.close();
    await one.command({ type: "endSession" });
    await one.desk.close();
  });
});
