import { createFakeClock } from "@/testing/fake_clock.ts";
import { deepStrictEqual as equal, ok } from "node:assert";
import { boardHash } from "@/core/board.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { SessionInfo, Store } from "@/core/ports.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { comment, ledgerOf, like, play, T0 } from "@/core/testing.ts";
import { kvStore } from "@/stores/kv_store.ts";
import { loadSession, loadToWrite } from "./shelf.ts";
import { openWriter } from "../desk/writer.ts";

const INFO: SessionInfo = {
  id: "s1",
  title: "",
  channel: "host",
  rehearsal: false,
  startedAt: T0,
  endedAt: null,
  deletedAt: null,
};

/** A data folder with a ledger, and no snapshot. */
async function kept(entries: Entry[]): Promise<Store> {
  const store = kvStore(await Deno.openKv(":memory:"));
  const batch = { sessionId: "s1", writer: "before", after: 0, entries };
  await store.append({ ...batch, comments: [], answers: [] });
  return store;
}

/** A writer that goes on with what is kept. */
async function opened(store: Store) {
  const session = (await loadSession(store, "s1"))!;
  const writer = openWriter({
    session,
    log: store,
    name: "writer",
    settings: () => DEFAULT_SETTINGS,
    secretOf: String,
    clock: createFakeClock(T0),
    info: () => INFO,
    onCommit() {},
    onTrouble() {},
    onStop() {},
  });
  return { writer, session };
}

Deno.test("what took long to play is kept for the next start", async () => {
  const { session, entries } = ledgerOf();
  const likes = Array.from({ length: 20_000 }, (_, i) => like(`v${i % 9}`, 15));
  entries.push(...play(session, likes));
  const store = await kept(entries);
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const opened = (await loadToWrite(store, "s1", log))!;
  equal((await store.snapshot("s1"))?.seq, 20_001);
  equal(await boardHash(opened), await boardHash(session));
  equal(lines, []);

  const full = () => Promise.reject(new Error("the disk is full"));
  await store.purgeSession("s1");
  const batch = { sessionId: "s1", writer: "again", after: 0, entries };
  await store.append({ ...batch, comments: [], answers: [] });
  ok(await loadToWrite({ ...store, saveSnapshot: full }, "s1", log));
  equal(lines.length, 1);
  await store.close();
});

Deno.test("comments that are stored are not stored again after a crash", async () => {
  const { entries } = ledgerOf();
  const store = await kept(entries);
  const first = await opened(store);
  first.writer.offer([comment("ann", "hi"), comment("ben", "ho")]);
  await first.writer.settled();
  await first.writer.abandon();
  const second = await opened(store);
  equal(second.session.changed.size, 0);

  // Under load they wait, and are stored where that was not done any more.
  second.writer.offer([
    ...Array.from({ length: 600 }, () => like("ann", 1)),
    comment("ann", "later"),
    comment("ben", "ho"),
  ]);
  await second.writer.settled();
  await second.writer.abandon();
  const third = await opened(store);
  const waiting = [...third.session.changed.keys()].map(({ text }) => text);
  equal(waiting.sort(), ["ho", "later"]);
  await third.writer.close();
  const texts = (await store.comments("s1", "ann")).map(({ text }) => text);
  equal(texts, ["hi", "later"]);
  equal((await store.comments("s1", "ben"))[0]?.times, 2);
  await store.close();
});
