import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert";
import { boardHash } from "@/core/board.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { Store } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import { kvStore } from "@/stores/kv_store.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { createInOrder } from "@/core/in_order.ts";
import { createForgetting } from "./forgetting.ts";
import { openDesk } from "../desk/desk.ts";
import { readLedgerLines } from "./ledger_lines.ts";
import { loadSession } from "./shelf.ts";
import { verify } from "@/core/verify.ts";
import { viewOf } from "./view.ts";
import { until } from "@/testing/program.ts";

const NOW = 1_700_000_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Nobody else opens or changes a session. */
const FREE = { alone: createInOrder(), goesOn: () => true };
const KEEP = { keepCommentsDays: 0, keepAvatarsDays: 0 };

const viewer = (id: string) => ({
  id,
  handle: `handle-${id}`,
  nickname: `Nick ${id}`,
  avatarUrl: `https://p16.tiktokcdn.com/${id}.jpg`,
  follower: true,
});

/** A ledger in which ann and bob comment, and ann has more points. */
function ledger(): Entry[] {
  let seq = 0;
  const facts = [
    {
      type: "started" as const,
      sessionId: "s",
      title: "",
      channel: "studio",
      rates: DEFAULT_RATES,
    },
    ...["ann", "bob"].flatMap((id) =>
      ["secret words", "other words", "secret words"].map((text, i) => ({
        type: "commented" as const,
        id: `${id}-${i}`,
        sentAt: NOW,
        viewerId: id,
        ...(i === 0 && { viewer: viewer(id) }),
        points: 0,
        text,
      }))
    ),
    {
      type: "pointsAdjusted" as const,
      viewerId: "ann",
      points: 7,
      reason: "ann was kind",
    },
    {
      type: "pointsAdjusted" as const,
      viewerId: "bob",
      points: 5,
      reason: "bob too",
    },
    {
      type: "commentShown" as const,
      viewerId: "ann",
      commentId: "ann-1",
    },
    { type: "ended" as const },
  ];
  return facts.map((fact) => ({ seq: ++seq, at: NOW + seq, ...fact }));
}

const INFO = {
  id: "s",
  title: "Evening",
  channel: "studio",
  rehearsal: false,
  startedAt: NOW,
  endedAt: NOW,
  deletedAt: null,
};

async function fill(store: Store) {
  const batch = { sessionId: "s", writer: "w", after: 0, entries: ledger() };
  await store.append({ ...batch, comments: [], answers: [] });
  await store.putSession(INFO);
}

async function all(store: Store): Promise<string> {
  const entries = await Array.fromAsync(store.read("s"));
  const snapshot = await store.snapshot("s");
  const rows = await Promise.all(
    ["ann", "bob"].map((id) => store.comments("s", id)),
  );
  const text = new TextDecoder().decode(snapshot?.bytes);
  return JSON.stringify([entries, rows]) + text;
}

/** Ranks, points and how often each said what, without names. */
function shapeOf(session: Session) {
  return [...session.tallies.values()].map((tally) => [
    tally.points,
    [...tally.comments?.values() ?? []].map(({ id, times, used }) => [
      id,
      times,
      used,
    ]),
  ]);
}

const STORES: [string, () => Promise<Store>][] = [
  ["memory", () => Promise.resolve(memoryStore())],
  ["Deno KV", async () => kvStore(await Deno.openKv(":memory:"))],
];

for (const [name, open] of STORES) {
  Deno.test(`viewer() leaves points and order under a pseudonym (${name})`, async () => {
    const store = await open();
    await fill(store);
    const before = (await loadSession(store, "s"))!;
    const changed: string[] = [];
    const forgetting = createForgetting({
      store,
      running: () => null,
      ...FREE,
      onChange: (id) => changed.push(id),
      now: () => NOW,
    });
    const done = await forgetting.viewer("ann");
    deepStrictEqual(done, { sessions: 1, pending: false });
    deepStrictEqual(changed, ["s"]);
    const after = (await loadSession(store, "s"))!;
    deepStrictEqual(shapeOf(after), shapeOf(before));
    const text = await all(store);
    ok(!/"ann"|handle-ann|Nick ann|ann\.jpg|ann was kind/.test(text), text);
    ok(text.includes("Nick bob") && text.includes("secret words"));
    // Twice in the ledger, once among the comments.
    strictEqual(text.match(/"viewerId":"bob"[^}]*secret words/g)?.length, 3);
    ok(!/"viewerId":"gone[^}]*secret words/.test(text));

    // A replay from the ledger alone gives the same board, to the bit.
    await store.saveSnapshot("s", { seq: 0, bytes: new Uint8Array() });
    const replayed = (await loadSession(store, "s"))!;
    strictEqual(await boardHash(replayed), await boardHash(after));
    notStrictEqual(await boardHash(after), await boardHash(before));
    const { earlier, ...line } = (await store.session("s"))!;
    deepStrictEqual(line, INFO);
    strictEqual(earlier?.length, 1);
    deepStrictEqual((await store.listSessions()).length, 1);
    await store.close();
  });
}

Deno.test("viewer() waits for a session that runs, and tidy() catches up", async () => {
  const store = memoryStore();
  await fill(store);
  let running: string | null = "s";
  const options = { store, ...FREE, onChange() {}, now: () => NOW };
  const forgetting = createForgetting({ ...options, running: () => running });
  const done = await forgetting.viewer("ann");
  deepStrictEqual(done, { sessions: 0, pending: true });
  ok((await all(store)).includes("Nick ann"));
  running = null;
  // Another process, which knows of it from the store alone.
  await createForgetting({ ...options, running: () => running }).tidy(KEEP);
  ok(!(await all(store)).includes("Nick ann"));
});

Deno.test("tidy() forgets words and pictures once they are old enough", async () => {
  const store = memoryStore();
  await fill(store);
  const clock = { now: NOW + 29 * DAY_MS };
  const forgetting = createForgetting({
    store,
    running: () => null,
    ...FREE,
    onChange() {},
    now: () => clock.now,
  });
  const keep = { keepCommentsDays: 30, keepAvatarsDays: 60 };
  const before = (await loadSession(store, "s"))!;
  await forgetting.tidy(keep);
  ok((await all(store)).includes("secret words"));
  clock.now += 2 * DAY_MS;
  await forgetting.tidy(keep);
  const text = await all(store);
  ok(!text.includes("secret words") && text.includes("ann.jpg"), text);
  const after = (await loadSession(store, "s"))!;
  deepStrictEqual(shapeOf(after), shapeOf(before));
  strictEqual(await boardHash(after), await boardHash(before));
  clock.now += 30 * DAY_MS;
  await forgetting.tidy(keep);
  ok(!(await all(store)).includes("ann.jpg"));
});

Deno.test("a process that dies over a rewriting loses nothing, at any step", async () => {
  for (let step = 0; step < 14; step++) {
    const store = memoryStore();
    await fill(store);
    const before = shapeOf((await loadSession(store, "s"))!);
    let left = step;
    const dying: Store = { ...store };
    for (
      const name of [
        "append",
        "putDocument",
        "purgeSession",
        "putSession",
      ] as const
    ) {
      const work = store[name] as (...args: unknown[]) => Promise<void>;
      Object.assign(dying, {
        [name]: (...args: unknown[]) =>
          left-- > 0 ? work(...args) : Promise.reject(new Error("killed")),
      });
    }
    const options = {
      ...FREE,
      running: () => null,
      onChange() {},
      now: () => NOW,
    };
    let died = false;
    await createForgetting({ ...options, store: dying }).viewer("ann")
      .catch(() => died = true);
    await createForgetting({ ...options, store }).tidy(KEEP);
    const after = await loadSession(store, "s");
    deepStrictEqual(after && shapeOf(after), before, `killed at step ${step}`);
    const isNoted = step > 0; // before that, nobody was told it was done
    if (died && isNoted) {
      ok(!(await all(store)).includes("Nick ann"), `step ${step}`);
    }
    const { earlier, ...line } = (await store.session("s"))!;
    deepStrictEqual(line, INFO);
    strictEqual(earlier?.length, isNoted ? 1 : undefined);
    strictEqual((await store.listSessions()).length, 1);
  }
});

/** A desk on a store, with a connection to nowhere. */
const deskOn = (store: Store) =>
  openDesk({
    store,
    rehearsal: false,
    version: "test",
    connect: () => {
      throw new Error("Nobody connects here");
    },
  });

Deno.test("a game is played while a viewer is forgotten in another one", async () => {
  const store = memoryStore();
  await fill(store);
  const [begun, gate] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ];
  const desk = await deskOn({
    ...store,
    async purgeSession(id) {
      await store.purgeSession(id);
      if (id !== "s") return;
      begun.resolve();
      await gate.promise; // a large session takes its time
    },
  });
  await desk.submit({ type: "newSession" });
  const forgotten = desk.forgetViewer("ann");
  await begun.promise;
  let read = false;
  const view = desk.view("s").then((opened) => {
    read = true;
    return opened!;
  });
  const freeze = { type: "freeze", seconds: 0 } as const;
  strictEqual((await desk.submit(freeze)).ok, true);
  strictEqual((await desk.submit({ type: "newSession" })).ok, true);
  strictEqual(read, false, "a session is not read by half");
  gate.resolve();
  deepStrictEqual(await forgotten, { sessions: 1, pending: false });
  const lines = await Array.fromAsync((await view).exportJsonl());
  const text = lines.join("");
  ok(text.startsWith('{"format"') && text.includes("Nick bob"), text);
  ok(!text.includes("Nick ann"));
  await desk.close();
});

Deno.test("a session whose rewriting was cut short is back after a start", async () => {
  const store = memoryStore();
  await fill(store);
  const dying: Store = { ...store };
  dying.purgeSession = async (id) => {
    await store.purgeSession(id);
    throw new Error("killed");
  };
  const options = { ...FREE, running: () => null, onChange() {} };
  await createForgetting({ ...options, store: dying, now: () => NOW })
    .viewer("ann").catch(() => {}); // killed
  strictEqual(await store.session("s"), null);
  const desk = await deskOn(store);
  await until("it is back", async () => await desk.view("s") !== null);
  ok(!(await all(store)).includes("Nick ann"));
  await desk.close();
});

Deno.test("a session that was written anew lists the closing hashes it had", async () => {
  const store = memoryStore();
  const entries = ledger();
  await store.append({
    ...{ sessionId: "s", writer: "w", after: 0, entries },
    ...{ comments: [], answers: [] },
  });
  await store.putSession(INFO);
  let now = NOW;
  const forgetting = createForgetting({
    ...{ ...FREE, store, running: () => null, onChange: () => {} },
    now: () => ++now,
  });
  const exported = async () => {
    const info = (await store.session("s"))!;
    const session = (await loadSession(store, "s"))!;
    const view = viewOf(session, () => info, store);
    return await Array.fromAsync(view.exportJsonl());
  };
  const hashes: string[] = [];
  for (const id of ["ann", "bob"]) {
    const text = (await exported()).join("");
    hashes.push(JSON.parse(text.trimEnd().split("\n").at(-1)!).hash);
    await forgetting.viewer(id);
  }
  const text = (await exported()).join("");
  const header = JSON.parse(text.split("\n")[0]!);
  deepStrictEqual(header.session.earlier, [
    { at: NOW + 1, hash: hashes[0] },
    { at: NOW + 2, hash: hashes[1] },
  ]);
  ok(!/"viewerId":"(ann|bob)"|handle-|Nick /.test(text), text);
  const checking = verify(text);
  for (;;) {
    const { done, value } = checking.next();
    if (!done) continue;
    deepStrictEqual(value.faults, []);
    deepStrictEqual(value.told?.earlier, header.session.earlier);
    break;
  }
  async function* lines() {
    yield* await Promise.resolve(text.split("\n"));
  }
  const { info } = await readLedgerLines(lines(), () => {}, NOW + DAY_MS);
  deepStrictEqual(info.earlier, header.session.earlier);
});
