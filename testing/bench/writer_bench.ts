/**
 * Events a second through the writer into Deno KV, against an empty loop that
 * commits values of the same bytes and does nothing else.
 *
 * @module
 */
import { systemClock } from "@/ingest/clock.ts";
import { record } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import type { SessionInfo, Store } from "@/core/ports.ts";
import { openWriter } from "@/ingest/desk/writer.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { crowd, ordinaryEvents } from "./events.ts";

const EVENTS = 200_000;
const ROUNDS = 3;
/** Bytes of one value in the empty loop; Deno KV's limit is 65,536. */
const VALUE = 60_000;

/** Runs the bench and prints its figures. */
export async function run(): Promise<void> {
  console.log(`\nWriter and Deno KV, ${EVENTS} events, best of ${ROUNDS}`);
  for (const viewers of [200, 10_000]) {
    let game = 0, empty = 0, bytes = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const done = await throughWriter(viewers);
      game = Math.max(game, done.perSecond);
      bytes = done.bytes;
      empty = Math.max(empty, await emptyLoop(done.bytes));
    }
    console.log(
      `${String(viewers).padStart(6)} viewers: ${
        shown(game)
      }/s through the game, ${shown(empty)}/s empty loop, ratio ${
        (game / empty).toFixed(2)
      } (${(bytes / EVENTS).toFixed(0)} bytes an event)`,
    );
  }
}

function shown(n: number): string {
  return Math.round(n).toLocaleString("en").padStart(9);
}

async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  const store = await openKvStore(folder);
  try {
    return await work(store);
  } finally {
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

function throughWriter(viewers: number) {
  return inStore(async (store) => {
    const at = Date.now();
    const events = ordinaryEvents(EVENTS, crowd(viewers), at);
    const session = emptySession();
    const first = record(session, {
      type: "started",
      sessionId: "bench",
      title: "",
      channel: "bench",
      rates: DEFAULT_RATES,
    }, at);
    const line: SessionInfo = {
      id: "bench",
      title: "",
      channel: "bench",
      rehearsal: true,
      startedAt: at,
      endedAt: null,
      deletedAt: null,
    };
    const name = "bench";
    await store.append({
      sessionId: "bench",
      writer: name,
      after: 0,
      entries: [first],
      comments: [],
      answers: [],
      info: line,
    });
    const writer = openWriter({
      session,
      log: store,
      name,
      settings: () => DEFAULT_SETTINGS,
      secretOf: String,
      clock: systemClock,
      info: () => line,
      onCommit: () => {},
      onTrouble: (reason) => reason && console.log(reason),
      onStop: (error) => console.log(error.message),
    });
    const start = performance.now();
    for (let i = 0; i < events.length; i += 10_000) {
      writer.offer(events.slice(i, i + 10_000));
    }
    // A command waits behind all events and answers when it is durable.
    await writer.submit({ type: "freeze", seconds: 0 });
    const seconds = (performance.now() - start) / 1000;
    await writer.close();
    const head = await store.head("bench");
    if (head !== session.seq) throw new Error("Cannot trust this: not durable");
    let bytes = 0;
    for await (const pack of store.read("bench")) {
      bytes += JSON.stringify(pack).length;
    }
    return { perSecond: EVENTS / seconds, bytes };
  });
}

async function emptyLoop(bytes: number): Promise<number> {
  const folder = await Deno.makeTempDir();
  const kv = await Deno.openKv(`${folder}/kv`);
  const value = new Uint8Array(VALUE).fill(120);
  const start = performance.now();
  for (let i = 0; i < bytes / VALUE; i++) {
    await kv.atomic().set(["log", i], value).commit();
  }
  const seconds = (performance.now() - start) / 1000;
  kv.close();
  await Deno.remove(folder, { recursive: true });
  return EVENTS / seconds;
}

if (import.meta.main) await run();
