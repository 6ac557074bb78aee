/**
 * Events a second through the writer into Redis, board and all, beside what the
 * same server takes from `redis-benchmark` in the same run; and how long one
 * event waits until it is durable. Machines differ and swing: the ratios count.
 * Takes about half a minute.
 *
 * @example
 * ```sh
 * deno run -A testing/bench/redis_bench.ts
 * ```
 *
 * @module
 */
import { systemClock } from "@/ingest/clock.ts";
import type { Batch, SessionInfo, Store } from "@/core/ports.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import { advance } from "@/core/advance.ts";
import { record } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import { standingOf } from "@/core/tallies.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { openWriter } from "@/ingest/desk/writer.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { openRedisStore } from "@/redis/store.ts";
import { redisLedger } from "@/redis/ledger.ts";
import { openRedisLink } from "@/redis/link.ts";
import { startRedis } from "@/testing/redis.ts";
import { crowd, ordinaryEvents } from "./events.ts";

const EVENTS = 100_000;
const ROUNDS = 2;
const BATCH = 2_000;
/** Batches on their way at a time, where the store alone is measured. */
const IN_FLIGHT = 2;
const SINGLE = 1_000;
/** Commands of one run of `redis-benchmark`, and of one of its pipelines. */
const COMMANDS = 400_000;
const PIPELINE = 100;

/** Runs the bench and prints its figures. */
export async function run(): Promise<void> {
  const redis = await startRedis();
  console.log(
    `\nWriter and Redis (AOF), ${EVENTS} events, best of ${ROUNDS}`,
  );
  try {
    for (const viewers of [200, 10_000]) {
      let game = 0, alone = 0, store = 0, server = 0;
      for (let round = 0; round < ROUNDS; round++) {
        alone = Math.max(alone, await throughWriter(viewers, null));
        game = Math.max(game, await throughWriter(viewers, redis.url));
        store = Math.max(store, await storeAlone(viewers, redis.url));
        server = Math.max(server, await zincrby(redis.port, viewers));
      }
      console.log(
        `${String(viewers).padStart(6)} viewers: ${
          shown(game)
        }/s through the game, ${shown(store)}/s store alone, ${
          shown(server)
        }/s ZINCRBY -P ${PIPELINE}, ${shown(alone)}/s game without a store`,
      );
      console.log(
        `        game to ZINCRBY ${ratio(game, server)}, store to ZINCRBY ${
          ratio(store, server)
        }, game to game without a store ${ratio(game, alone)}`,
      );
    }
    await latency(redis.url);
  } finally {
    await redis.stop();
  }
}

function shown(n: number): string {
  return Math.round(n).toLocaleString("en");
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2);
}

async function inStore<T>(
  url: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  const archive = await openKvStore(folder);
  const store = await openRedisStore({ clock: systemClock, url, archive });
  try {
    return await work(store);
  } finally {
    await store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** A store that takes everything and keeps nothing. */
function noStore(): Pick<Store, "append" | "saveSnapshot"> {
  return {
    append: () => Promise.resolve(),
    saveSnapshot: () => Promise.resolve(),
  };
}

function begun(id: string, at: number) {
  const session = emptySession();
  const first = record(session, {
    type: "started",
    sessionId: id,
    title: "",
    channel: "bench",
    rates: DEFAULT_RATES,
  }, at);
  const line: SessionInfo = {
    id,
    title: "",
    channel: "bench",
    rehearsal: true,
    startedAt: at,
    endedAt: null,
    deletedAt: null,
  };
  return { session, first, line };
}

async function opened(store: Store) {
  const at = Date.now();
  const id = crypto.randomUUID();
  const { session, first, line } = begun(id, at);
  const name = "bench";
  const rest = { sessionId: id, writer: name, comments: [], answers: [] };
  await store.append({ ...rest, after: 0, entries: [first], standings: [] });
  const writer = openWriter({
    session,
    log: store,
    ...(store.live && { live: store.live }),
    name,
    settings: () => DEFAULT_SETTINGS,
    secretOf: String,
    clock: systemClock,
    info: () => line,
    onCommit: () => {},
    onTrouble: (reason) => reason && console.log(reason),
    onStop: (error) => console.log(error.message),
  });
  return { at, id, session, writer };
}

async function throughWriter(
  viewers: number,
  url: string | null,
): Promise<number> {
  const work = async (store: Store) => {
    const { at, id, session, writer } = await opened(store);
    const events = ordinaryEvents(EVENTS, crowd(viewers), at);
    const start = performance.now();
    for (let i = 0; i < events.length; i += 10_000) {
      writer.offer(events.slice(i, i + 10_000));
    }
    // A command waits behind all events and answers when it is durable.
    await writer.submit({ type: "freeze", seconds: 0 });
    const seconds = (performance.now() - start) / 1000;
    await writer.close();
    if (url && await store.head(id) !== session.seq) {
      throw new Error("Cannot trust this: not durable");
    }
    return EVENTS / seconds;
  };
  return url === null
    ? await work(noStore() as Store)
    : await inStore(url, work);
}

/** The batches of such an evening, made before the clock starts. */
function batchesOf(viewers: number): Batch[] {
  const at = Date.now();
  const id = crypto.randomUUID();
  const { session, first } = begun(id, at);
  session.touched = new Map();
  const events = ordinaryEvents(EVENTS, crowd(viewers), at);
  const rest = { sessionId: id, writer: "bench", answers: [] };
  const batches: Batch[] = [
    { ...rest, after: 0, entries: [first], comments: [], standings: [] },
  ];
  for (let i = 0; i < events.length; i += BATCH) {
    const after = session.seq;
    const some = events.slice(i, i + BATCH).map((event) => ({ at, event }));
    const entries = advance(session, some);
    const comments = Array.from(
      session.changed,
      ([row, seq]) => ({ row, seq }),
    );
    const standings = Array.from(
      session.touched,
      ([tally, isNew]) => standingOf(tally, isNew),
    );
    session.changed.clear();
    session.touched.clear();
    batches.push({ ...rest, after, entries, comments, standings });
  }
  return batches;
}

async function storeAlone(viewers: number, url: string): Promise<number> {
  const batches = batchesOf(viewers);
  const link = openRedisLink(url, systemClock);
  await link.ready(2_000);
  const ledger = redisLedger(link, systemClock, 3_600);
  const start = performance.now();
  const flying: Promise<unknown>[] = [];
  for (const batch of batches) {
    flying.push(ledger.append(batch, Number.MAX_SAFE_INTEGER));
    if (flying.length === IN_FLIGHT) await flying.shift();
  }
  await Promise.all(flying);
  const seconds = (performance.now() - start) / 1000;
  link.close();
  return EVENTS / seconds;
}

/** The server's own rate, over as many members. */
async function zincrby(port: number, viewers: number): Promise<number> {
  const { stdout } = await new Deno.Command("redis-benchmark", {
    args: [
      ...["-p", String(port), "-P", String(PIPELINE), "-n", String(COMMANDS)],
      ...["-r", String(viewers), "--csv"],
      ...["ZINCRBY", "bench:board", "1", "6800000000000000000__rand_int__"],
    ],
    stderr: "null",
  }).output();
  const text = new TextDecoder().decode(stdout).trim();
  return Number(text.split("\n").at(-1)?.split(",")[1]?.replaceAll('"', ""));
}

/** One event at a time, from the inbox to durable. */
async function latency(url: string): Promise<void> {
  await inStore(url, async (store) => {
    const { writer } = await opened(store);
    const times: number[] = [];
    for (let i = 0; i < SINGLE; i++) {
      const start = performance.now();
      const fact = { type: "sceneSwitched", scene: `${i}` } as const;
      await writer.note(fact);
      times.push(performance.now() - start);
    }
    await writer.close();
    times.sort((a, b) => a - b);
    const at = (part: number) =>
      times[Math.floor(times.length * part)]!.toFixed(2);
    console.log(
      `        one event until it is durable: p50 ${at(0.5)} ms, p99 ${
        at(0.99)
      } ms`,
    );
  });
}

if (import.meta.main) await run();
