/**
 * Several desks over one real Redis, or one over a Redis that is not there:
 * which of them leads, what the others say, and that nothing is decided for
 * ever by a process that does not lead.
 */
import { deepStrictEqual as equal, match, ok, rejects } from "node:assert";
import { createClient } from "redis";
import { connectionOff, emptyCounts } from "@/core/connection.ts";
import type { Source } from "@/core/connection.ts";
import { type OpenDesk, StandbyError } from "@/core/desk.ts";
import { systemClock } from "../clock.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { openRedisStore, type RedisStore } from "@/redis/store.ts";
import { until } from "@/testing/program.ts";
import {
  type RedisOptions,
  startRedis,
  type TestRedis,
} from "@/testing/redis.ts";
import { openDesk } from "./desk.ts";

interface Process {
  desk: OpenDesk;
  store: RedisStore;
  lines: string[];
  close(): Promise<void>;
}

interface Place {
  redis: TestRedis;
  /** Starts what a process with a data folder of that name has of this. */
  start(
    name: string,
    options?: { url?: string; beginsAlone?: boolean },
  ): Promise<Process>;
}

async function inPlace(
  work: (place: Place) => Promise<void>,
  options: RedisOptions = {},
) {
  const redis = await startRedis(options);
  const folder = await Deno.makeTempDir();
  const running = new Set<Process>();
  try {
    await work({
      redis,
      async start(name, { url = redis.url, beginsAlone = false } = {}) {
        const archive = await openKvStore(`${folder}/${name}`);
        const store = await openRedisStore({
          clock: systemClock,
          url,
          archive,
          name,
          beginsAlone,
        });
        const lines: string[] = [];
        const desk = await openDesk({
          store,
          connect: () => nowhere(),
          rehearsal: false,
          version: "1",
          log: (line) => lines.push(line),
        });
        const process: Process = {
          desk,
          store,
          lines,
          async close() {
            if (!running.delete(process)) return;
            await desk.close();
            await store.close();
          },
        };
        running.add(process);
        return process;
      },
    });
  } finally {
    for (const process of running) await process.close();
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A connection that brings nothing. */
function nowhere(): Source {
  return {
    connection: () => connectionOff(1),
    counts: emptyCounts,
    roomViewers: () => null,
    close: () => Promise.resolve(),
  };
}

/** Waits until a command sent now would be taken. */
async function ready({ desk }: Process) {
  await until("it is ready", () => desk.check().then(() => true, () => false));
}

const NEW = { type: "newSession" } as const;
const FREEZE = { type: "freeze", seconds: 0 } as const;

Deno.test("a command that nobody who leads has seen is not remembered: its key works as soon as somebody leads", async () => {
  // On a machine with much to do the first seconds may be over too soon.
  for (let tries = 1; !await isRefusedAtFirst(); tries++) {
    ok(tries < 5, "Somebody leads at once");
  }
});

/** False where it led already when it could first be asked. */
async function isRefusedAtFirst(): Promise<boolean> {
  let isEarly = true;
  await inPlace(async ({ start }) => {
    const one = await start("one");
    isEarly = !one.desk.leads();
    if (!isEarly) return;
    // Redis has only just started: nobody leads yet, and that is said.
    const early = one.desk.submit(NEW, "first");
    await rejects(early, StandbyError);
    await rejects(early, /^StandbyError: No process leads yet/);
    await rejects(one.desk.check(), /No process leads yet/);
    await ready(one);
    equal((await one.desk.submit(NEW, "first")).ok, true);

    const two = await start("two");
    const sent = two.desk.submit(FREEZE, "second");
    await rejects(sent, StandbyError);
    await rejects(sent, /^StandbyError: This process stands by; one leads/);
    await rejects(two.desk.check(), /^StandbyError: This process stands by/);
    await one.close();
    await ready(two);
    const frozen = await two.desk.submit(FREEZE, "second");
    ok(frozen.ok && frozen.seq !== null);
    equal(await two.desk.submit(FREEZE, "second"), frozen);
  });
  return isEarly;
}

Deno.test("a process that stands by changes nothing that others share", async () => {
  await inPlace(async ({ start }) => {
    const one = await start("one");
    await ready(one);
    await one.desk.submit({ ...NEW, title: "Evening" });
    const { id } = (await one.desk.sessions())[0]!;
    const two = await start("two");
    const changes = [
      () => two.desk.changeSettings({ freezeSeconds: 59 }),
      () => two.desk.changeObs({ address: null }),
      () => two.desk.renameSession(id, "Mine"),
      () => two.desk.removeSession(id),
      () => two.desk.restoreSession(id),
      () => two.desk.forgetViewer("1"),
    ];
    for (const change of changes) await rejects(change, StandbyError);
    equal((await one.desk.sessions())[0]!.title, "Evening");
  });
});

Deno.test("a game begins in a folder of its own while Redis cannot be reached, and goes on in Redis once it can", async () => {
  await inPlace(async ({ redis, start }) => {
    // What somebody else, who is gone, once ran.
    const client = await createClient({ url: redis.url }).connect();
    const before = { sessionId: "of-somebody-else" };
    await client.set("document:running", JSON.stringify(before));
    await client.set("ingest:token", "5");
    client.destroy();
    await redis.kill();
    const one = await start("one", { beginsAlone: true });
    await rejects(
      one.desk.submit(NEW),
      /No process leads yet.*cannot be reach/,
    );
    await until("it leads alone", () => one.desk.leads());
    match(one.lines.join("\n"), /begins a game of its own/);
    const begun = await one.desk.submit({ ...NEW, title: "Alone" });
    ok(begun.ok);
    // A command is taken, but others cannot see the game: so it is not ready.
    await rejects(one.desk.check(), /Redis cannot be reached/);

    await redis.restart();
    await until("it is seen", () => one.store.link.isUp());
    // Whoever led may come back for some seconds; the game goes on meanwhile.
    ok((await one.desk.submit({ type: "freeze", seconds: 30 })).ok);
    equal(one.desk.token(), 0);
    await rejects(one.desk.check(), /whoever led gets some seconds first/);
    await ready(one);
    equal(one.desk.state().session?.title, "Alone");
    await until("it has a token", () => one.desk.token() === 6);
    ok((await one.desk.submit({ type: "cancelFreeze" })).ok);
    await until("Redis has it", async () => {
      const { id, seq } = one.desk.state().session!;
      const head = await one.store.link.call("HGET", `head:${id}`, "seq");
      return Number(head) === seq;
    });
    await until("all know what runs", async () => {
      const kept = await one.store.link.call("GET", "document:running");
      return String(kept).includes(one.desk.state().session!.id);
    });
  }, { settings: { appendfsync: "always" } }); // it dies with what it was told
});

Deno.test("a game begun alone gives way to one that another process leads, and is kept beside it", async () => {
  await inPlace(async ({ redis, start }) => {
    const one = await start("one");
    await ready(one);
    await one.desk.submit({ ...NEW, title: "Ours" });
    const { id } = one.desk.state().session!;
    // Only this one cannot reach Redis: its way there leads nowhere at first.
    const way = detour();
    const two = await start("two", { url: way.url, beginsAlone: true });
    await until("it leads alone", () => two.desk.leads());
    ok((await two.desk.submit({ ...NEW, title: "Alone" })).ok);
    const alone = two.desk.state().session!.id;
    way.leadTo(redis.port);
    await until("it stands by", () => !two.desk.leads());
    await rejects(two.desk.submit(FREEZE), /This process stands by; one leads/);

    equal(one.desk.state().session!.id, id);
    ok((await one.desk.submit(FREEZE)).ok);
    const running = await one.store.document("running");
    equal((running as { sessionId: string }).sessionId, id);
    const titles = (await two.desk.sessions()).map(({ title }) => title);
    equal(titles.sort(), ["Alone", "Ours"]);
    // Its own game can be gone on with, as soon as it leads.
    await one.close();
    await ready(two);
    equal(two.desk.state().session!.id, id, "what ran last goes on");
    const continued = { type: "continueSession", sessionId: alone } as const;
    ok((await two.desk.submit(continued)).ok);
    equal(two.desk.state().session!.title, "Alone");
    await two.close();
    way.close();
  });
});

Deno.test("a folder that has met a process that leads begins no game alone", async () => {
  await inPlace(async ({ redis, start }) => {
    const one = await start("one");
    await ready(one);
    await (await start("two", { beginsAlone: true })).close();
    await redis.kill();
    const two = await start("two", { beginsAlone: true });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    equal(two.desk.leads(), false);
    await rejects(
      two.desk.submit(NEW),
      /No process leads yet.*cannot be reach/,
    );
    ok((await one.desk.submit(NEW)).ok, "who led last goes on");
  });
});

Deno.test("a game begins beside a Redis that refuses this process, and that is what is said", async () => {
  await inPlace(async ({ redis, start }) => {
    const url = redis.url.replace("//", "//nobody:wrong@");
    const one = await start("one", { url, beginsAlone: true });
    await rejects(one.desk.submit(NEW), /No process leads yet.*password/);
    await until("it leads alone", () => one.desk.leads());
    ok((await one.desk.submit(NEW)).ok);
    await rejects(one.desk.check(), /refuses the user name or password/);
  });
});

Deno.test("while Redis is still loading nobody begins alone: it knows who led", async () => {
  const settings = {
    "key-load-delay": "1000", // µs for each key
    "loading-process-events-interval-bytes": "1024",
  };
  await inPlace(async ({ redis, start }) => {
    const client = await createClient({ url: redis.url }).connect();
    const keys = Array.from({ length: 4_000 }, (_, i) => `filler:${i}`);
    const texts = keys.map((key): [string, string] => [key, "x".repeat(100)]);
    await client.mSet(texts);
    await client.sendCommand(["SAVE"]);
    client.destroy();
    await redis.kill();
    const loaded = redis.restart();
    const one = await start("one", { beginsAlone: true });
    await rejects(one.desk.submit(NEW), /No process leads yet.*is starting/);
    await loaded;
    await ready(one);
    ok(one.desk.token() > 0);
    ok(!one.lines.join("\n").includes("a game of its own"));
  }, { appendonly: "no", settings });
});

Deno.test("a Redis that takes no writes for a while hands the game to nobody", async () => {
  await inPlace(async ({ redis, start }) => {
    const one = await start("one");
    await ready(one);
    await one.desk.submit(NEW);
    const two = await start("two");
    const client = await createClient({ url: redis.url }).connect();
    const tell = (words: string) => client.sendCommand(words.split(" "));
    const troubles = [
      [
        "CONFIG SET maxmemory 1mb",
        "CONFIG SET maxmemory 0",
        "the lease is kept",
      ],
      ["REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE"],
    ];
    try {
      for (const [begins, ends, isKept] of troubles) {
        await tell(begins!);
        ok((await one.desk.submit(FREEZE)).ok);
        const both = (isUp: boolean) =>
          [one, two].every(({ store }) => store.link.isUp() === isUp);
        await until("both know it", () => both(false));
        // Longer than a lease lasts that nobody can claim again.
        await new Promise((r) => setTimeout(r, one.store.live.lease.ms + 500));
        if (isKept) equal(await client.exists("ingest:owner"), 1, isKept);
        await tell(ends!);
        await until("both are back", () => both(true));
        equal(two.store.link.isSettled(), false, "who led comes first");
        ok((await one.desk.submit({ type: "open" })).ok);
        await until("all is well", () => two.store.link.isSettled());
      }
      equal([one.desk.token(), two.desk.token()], [1, 0]);
      ok(!two.lines.join("\n").includes("This process leads"));
    } finally {
      client.destroy();
    }
  });
});

/** An address that leads to a port of this machine, or nowhere. */
function detour() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let target: number | null = null;
  const open = new Set<Deno.Conn>();
  const carry = async (from: Deno.Conn, to: Deno.Conn) => {
    try {
      await from.readable.pipeTo(to.writable);
    } catch {
      // One end has closed; so does the other.
    } finally {
      for (const end of [from, to]) {
        if (open.delete(end)) closeQuietly(end);
      }
    }
  };
  (async () => {
    for await (const from of listener) {
      if (target === null) {
        from.close();
        continue;
      }
      const to = await Deno.connect({ hostname: "127.0.0.1", port: target });
      open.add(from).add(to);
      void carry(from, to);
      void carry(to, from);
    }
  })();
  return {
    url: `redis://127.0.0.1:${listener.addr.port}`,
    leadTo: (port: number) => target = port,
    close() {
      listener.close();
      for (const end of open) closeQuietly(end);
    },
  };
}

function closeQuietly(end: Deno.Conn) {
  try {
    end.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
