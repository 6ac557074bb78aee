import { deepStrictEqual as equal, ok, rejects } from "node:assert";
import { AwayError } from "@/core/desk.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { Frame } from "@/core/frame.ts";
import { type Batch, LogConflictError, type Store } from "@/core/ports.ts";
import { createRoom } from "@/core/room.ts";
import { replay } from "@/core/evolve.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { board, comment, gift, ledgerOf, like, T0 } from "@/core/testing.ts";
import { createFakeClock, running } from "@/testing/fake_clock.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { openWriter, type WriterOptions } from "./writer.ts";

/** A writer on a session that has just started, and what it told. */
async function opened(
  change: (store: Store) => Store = (store) => store,
  more: Partial<WriterOptions> = {},
) {
  const store = memoryStore();
  const room = createRoom(String);
  const { session, entries } = ledgerOf();
  const name = "writer";
  const first = { sessionId: "s1", writer: name, after: 0, entries };
  await store.append({ ...first, comments: [], answers: [] });
  const clock = createFakeClock(T0);
  const told = {
    entries: [] as Entry[],
    frames: [] as Frame[],
    trouble: [] as (string | null)[],
    stopped: [] as Error[],
  };
  const options: WriterOptions = {
    session,
    log: change(store),
    name,
    settings: () => DEFAULT_SETTINGS,
    secretOf: String,
    clock,
    room: () => room,
    info: () => ({
      id: "s1",
      title: "",
      channel: "host",
      rehearsal: false,
      startedAt: T0,
      endedAt: null,
      deletedAt: null,
    }),
    onCommit(added, frame) {
      told.entries.push(...added);
      if (frame) told.frames.push(frame);
    },
    onTrouble: (reason) => told.trouble.push(reason),
    onStop: (error) => told.stopped.push(error),
    ...more,
  };
  const writer = openWriter(options);
  return { writer, options, store, told, clock, session };
}

async function ledger(store: Store): Promise<Entry[]> {
  return (await Array.fromAsync(store.read("s1"))).flat();
}

/** A store whose appends wait until they are let through. */
function gated() {
  const waiting: (() => void)[] = [];
  const batches: Batch[] = [];
  const gate = (store: Store): Store => ({
    ...store,
    async append(batch) {
      batches.push(batch);
      await new Promise<void>((resolve) => waiting.push(resolve));
      await store.append(batch);
    },
  });
  return { gate, batches, next: () => waiting.shift()?.() };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

Deno.test("a writer shows and answers only what is durable", async () => {
  const { gate, next } = gated();
  const { writer, told, store } = await opened(gate);
  writer.offer([gift("ann")]);
  await turn();
  equal([told.frames.length, writer.frame().rows.length], [0, 0]);
  let read = false;
  const reading = writer.settled().then(() => read = true);
  await turn();
  equal(read, false);
  next();
  await reading;
  equal(told.frames.at(-1)?.rows.map((row) => row.points), [5]);
  equal((await ledger(store)).length, 2);
  await writer.close();
});

Deno.test("a writer gathers what comes while it writes into one commit", async () => {
  const { gate, batches, next } = gated();
  const { writer } = await opened(gate);
  writer.offer([gift("ann")]);
  await turn();
  writer.offer([gift("bob")]);
  writer.offer([gift("cid")]);
  const asked = writer.submit({ type: "freeze", seconds: 0 });
  writer.offer([gift("dan")]);
  next();
  await turn();
  next();
  equal((await asked).ok, true);
  equal(batches.map((b) => b.entries.map((e) => e.type)), [
    ["gifted"],
    ["gifted", "gifted", "closing", "frozen", "gifted"],
  ]);
  await writer.close();
});

Deno.test("a refused command writes nothing", async () => {
  const { writer, store } = await opened();
  const outcome = await writer.submit({ type: "cancelFreeze" });
  ok(!outcome.ok && outcome.code === "not_closing");
  equal((await ledger(store)).length, 1);
  await writer.close();
});

Deno.test("a countdown ends by itself", async () => {
  const { writer, clock } = await opened();
  await writer.submit({ type: "freeze", seconds: 1 });
  await clock.advance(999);
  equal(writer.frame().phase, "closing");
  await clock.advance(1);
  equal(writer.frame().phase, "frozen");
  await writer.close();
});

for (const jump of [-200, -600_000, 600_000]) {
  Deno.test(`a countdown is as long as it was said, with the clock set by ${jump} ms`, async () => {
    const { writer, store, clock } = await opened();
    writer.offer([like("ann", 1)]);
    await writer.submit({ type: "freeze", seconds: 5 });
    const left = () => writer.frame().closesAt! - writer.now();
    await clock.advance(1_000);
    clock.jump(jump);
    equal(left(), 4_000);
    await clock.advance(3_999);
    writer.offer([gift("ann")]);
    await turn();
    equal([writer.frame().phase, left()], ["closing", 1]);
    await clock.advance(1);
    writer.offer([gift("bob")]);
    await writer.settled();
    equal(writer.frame().phase, "frozen");
    equal(writer.frame().rows.map((row) => row.points), [5]);
    const entries = await ledger(store);
    equal(
      entries.slice(-3).map(({ type, ...rest }) => [
        type,
        "idle" in rest ? rest.idle : null,
      ]),
      [["gifted", null], ["frozen", null], ["gifted", "late"]],
    );
    ok(entries.every(({ at }, i) => i === 0 || at >= entries[i - 1]!.at));
    await writer.close();
  });
}

Deno.test("a countdown that begins after the clock was set back is no longer for it", async () => {
  const { writer, clock } = await opened();
  await clock.advance(60_000);
  writer.offer([gift("ann")]);
  await turn();
  clock.jump(-600_000);
  await writer.submit({ type: "freeze", seconds: 5 });
  equal(writer.frame().closesAt! - writer.now(), 5_000);
  await clock.advance(4_999);
  equal(writer.frame().phase, "closing");
  await clock.advance(1);
  equal(writer.frame().phase, "frozen");
  await writer.close();
});

Deno.test("what arrived before the close counts, though the clock is set while it waits", async () => {
  const { gate, next } = gated();
  const { writer, clock, session } = await opened(gate);
  const asked = writer.submit({ type: "freeze", seconds: 5 });
  await turn();
  next();
  await asked;
  await clock.advance(2_000);
  writer.offer([gift("ann")]);
  await turn(); // it is being written
  writer.offer([gift("bob")]);
  clock.jump(600_000);
  writer.offer([gift("cid")]);
  for (let i = 0; i < 3; i++) {
    next();
    await turn();
  }
  equal(board(session), [["ann", 5], ["bob", 5], ["cid", 5]]);
  equal(session.controls.phase, "closing");
  await writer.abandon();
});

for (
  const { jump, left } of [
    { jump: 0, left: 3_000 },
    { jump: -600_000, left: 4_000 },
    { jump: 600_000, left: 0 },
  ]
) {
  Deno.test(`a start in a countdown, with the clock set by ${jump} ms meanwhile, leaves ${left} ms of it`, async () => {
    const first = await opened();
    await first.writer.submit({ type: "freeze", seconds: 5 });
    await first.clock.advance(1_000);
    first.writer.offer([gift("ann")]);
    await turn();
    await first.writer.close();
    const clock = createFakeClock(T0 + 2_000 + jump);
    const session = replay(await ledger(first.store));
    const writer = openWriter({ ...first.options, session, clock });
    if (left > 0) {
      equal(writer.frame().closesAt! - writer.now(), left);
      await clock.advance(left - 1);
      equal(writer.frame().phase, "closing");
    }
    await clock.advance(1);
    equal(writer.frame().phase, "frozen");
    await writer.close();
  });
}

Deno.test("a writer tries again until the store can write, and loses nothing", async () => {
  let broken = 2;
  const { writer, told, store, clock } = await opened((store) => ({
    ...store,
    append(batch) {
      if (broken-- > 0) return Promise.reject(new Error("disk full"));
      return store.append(batch);
    },
  }));
  using _ = running(clock);
  writer.offer([gift("ann")]);
  const outcome = await writer.submit({ type: "freeze" });
  ok(outcome.ok);
  equal(told.trouble, ["disk full", "disk full", null]);
  equal(board(replay(await ledger(store))), [["ann", 5]]);
  await writer.close();
});

/** A disk that is full until told otherwise, and commands that wait shortly. */
function onFullDisk() {
  const disk = { isFull: true, takesMs: 0 };
  const full = (store: Store): Store => ({
    ...store,
    async append(batch) {
      await new Promise((resolve) => setTimeout(resolve, disk.takesMs));
      if (disk.isFull) throw new Error("the disk is full");
      await store.append(batch);
    },
  });
  return { disk, opened: () => opened(full, { patienceMs: 100 }) };
}

const NOT_DONE = (error: unknown) =>
  error instanceof AwayError &&
  /^Nothing was done\. .*full/.test(error.message);

Deno.test("a command that waits behind events for a full disk is refused and has no effect later", async () => {
  const { disk, opened } = onFullDisk();
  const { writer, store, told, clock } = await opened();
  using _ = running(clock);
  writer.offer([gift("ann")]);
  await turn();
  const asked = writer.submit({ type: "freeze", seconds: 0 });
  writer.offer([gift("bob")]);
  await rejects(asked, NOT_DONE);
  writer.offer([gift("cid")]);
  disk.isFull = false;
  equal((await writer.submit({ type: "undo" })).ok, false);
  await writer.settled();
  equal((await ledger(store)).map(({ type }) => type), [
    "started",
    "gifted",
    "gifted",
    "gifted",
  ]);
  equal(board(writer.session), [["ann", 5], ["bob", 5], ["cid", 5]]);
  equal(told.trouble.at(-1), null);
  await writer.close();
});

Deno.test("a command that was played on a full disk is taken out of the game again", async () => {
  const { disk, opened } = onFullDisk();
  const { writer, store, session, clock } = await opened();
  using _ = running(clock);
  const asked = writer.submit({ type: "freeze", seconds: 0 });
  // In the same tick as the freeze, so played as late.
  writer.offer([gift("ann"), comment("ann", "hi")]);
  await rejects(asked, NOT_DONE);
  equal([session.controls.phase, writer.told().undo], ["open", null]);
  disk.isFull = false;
  const outcome = await writer.submit({ type: "freeze", seconds: 0 });
  ok(outcome.ok);
  equal((await ledger(store)).map(({ type }) => type), [
    "started",
    "gifted",
    "commented",
    "closing",
    "frozen",
  ]);
  equal(board(replay(await ledger(store))), [["ann", 5]]);
  await writer.close();
  equal((await store.comments("s1", "ann")).map(({ text }) => text), ["hi"]);
});

Deno.test("a command that was played ahead of a full disk is taken out again", async () => {
  const { disk, opened } = onFullDisk();
  disk.takesMs = 50;
  const { writer, store, session, clock } = await opened();
  using _ = running(clock);
  writer.offer(Array.from({ length: 2_600 }, (_, i) => like(`v${i % 9}`, 15)));
  let isOver = false;
  const refused = rejects(
    writer.submit({ type: "freeze", seconds: 0 }),
    NOT_DONE,
  ).finally(() => isOver = true);
  const isPlayed = () => session.controls.phase === "frozen";
  while (!isPlayed() && !isOver) await turn();
  ok(isPlayed(), "it was never played");
  await refused;
  equal(session.controls.phase, "open");
  disk.isFull = false;
  await writer.close();
  equal((await ledger(store)).length, 2_601);
  equal(replay(await ledger(store)).totals.points, 2_600);
});

Deno.test("a quiet game notices by itself that the disk has room again", async () => {
  const { disk, opened } = onFullDisk();
  const { writer, told, clock } = await opened();
  using _ = running(clock);
  await rejects(writer.submit({ type: "freeze" }), NOT_DONE);
  disk.isFull = false;
  while (told.trouble.at(-1) !== null) await turn();
  equal(told.entries, []);
  await writer.close();
});

Deno.test("a command whose entry was written before its store failed is answered", async () => {
  let isFirst = true;
  const { writer, store, clock } = await opened((store) => ({
    ...store,
    async append(batch) {
      if (!isFirst) return Promise.reject(new Error("the disk is full"));
      isFirst = false;
      await store.append({ ...batch, entries: batch.entries.slice(0, 1) });
      throw new Error("the disk is full");
    },
  }), { patienceMs: 100 });
  using _ = running(clock);
  const written = writer.submit({ type: "freeze", seconds: 9 });
  const lost = writer.submit({ type: "cancelFreeze" });
  await rejects(lost, NOT_DONE);
  equal((await written).ok, true);
  equal(writer.frame().phase, "closing");
  equal((await ledger(store)).length, 2);
  await writer.abandon();
});

Deno.test("a command is refused in time where the ledger cannot even be read", async () => {
  const gone = () => Promise.reject(new Error("its database file is damaged"));
  const { writer, clock } = await opened(
    (store) => ({ ...store, append: gone, head: gone }),
    { patienceMs: 100 },
  );
  using _ = running(clock);
  const message = /Nothing was done\. its database file is damaged/;
  await rejects(writer.submit({ type: "freeze" }), message);
  await rejects(writer.submit({ type: "freeze" }), message);
  await writer.abandon();
});

Deno.test("a writer says at its end that not everything could be written", async () => {
  const { opened } = onFullDisk();
  const { writer, clock } = await opened();
  using _ = running(clock);
  writer.offer([gift("ann")]);
  const asked = rejects(writer.submit({ type: "freeze" }), NOT_DONE);
  await rejects(writer.close(), /the disk is full/);
  await asked;
  await rejects(writer.submit({ type: "open" }), AwayError);
});

Deno.test("a writer stops at a rival and says so to whoever asks", async () => {
  const { writer, told, store } = await opened();
  const rival = like("eve", 3);
  const { session: other } = ledgerOf();
  const entry: Entry = {
    seq: 2,
    at: T0,
    type: "liked",
    id: rival.id,
    sentAt: T0,
    viewerId: "eve",
    viewer: rival.viewer,
    points: 0,
    count: 3,
  };
  equal(other.seq, 1);
  await store.append({
    sessionId: "s1",
    writer: "rival",
    after: 1,
    entries: [entry],
    comments: [],
    answers: [],
  });
  await rejects(writer.submit({ type: "freeze" }), LogConflictError);
  equal(told.stopped.length, 1);
  equal(writer.offer([gift("ann")]), 1);
  await rejects(writer.submit({ type: "open" }), /Cannot take a command/);
  await writer.close();
});

Deno.test("a writer keeps a snapshot when it is closed", async () => {
  const { writer, store } = await opened();
  writer.offer([gift("ann")]);
  await writer.close();
  equal((await store.snapshot("s1"))?.seq, 2);
});

Deno.test("a writer takes what is asked the moment another is answered", async () => {
  const { writer, told } = await opened();
  for (let i = 0; i < 20; i++) {
    await writer.note({ type: "sceneSwitched", scene: `${i}` });
  }
  equal(told.entries.length, 20);
  await writer.close();
});

Deno.test("a writer under load plays ahead and shows only what is durable", async () => {
  const { gate, batches, next } = gated();
  const { writer, told, store } = await opened(gate);
  const many = Array.from({ length: 5_000 }, (_, i) => like(`v${i % 50}`, 15));
  writer.offer(many);
  await turn();
  await turn();
  // The second batch is played, and neither sent nor shown.
  ok(writer.session.seq > 4_000);
  equal([batches.length, told.frames.length], [1, 0]);
  equal(writer.frame().rows.length, 0);
  while ((await ledger(store)).length < 5_001) {
    next();
    await turn();
    const { length } = await ledger(store);
    ok(writer.frame().seq <= length, "a frame is ahead of the ledger");
    ok(told.entries.length < length);
  }
  equal(board(replay(await ledger(store))), board(writer.session));
  await writer.close();
});

Deno.test("a writer tells of the session only what is durable", async () => {
  const { gate, next } = gated();
  const { writer } = await opened(gate);
  const asked = writer.submit({ type: "freeze", seconds: 9 });
  await turn();
  equal([writer.session.seq, writer.told().summary.seq], [2, 1]);
  equal(writer.told().undo, null);
  next();
  await asked;
  equal(writer.told().summary.seq, 2);
  equal(writer.told().undo, { seq: 2, step: "closing", viewer: null });
  await writer.close();
});

Deno.test("what arrived before the close counts, however much waits behind a slow commit", async () => {
  const { gate, next } = gated();
  const { writer, clock, store, session } = await opened(gate);
  const asked = writer.submit({ type: "freeze", seconds: 1 });
  await turn();
  await clock.advance(500);
  writer.offer(Array.from({ length: 6_000 }, (_, i) => like(`v${i % 9}`, 1)));
  await clock.advance(1_000); // the close has passed, and nothing was written
  writer.offer([like("late", 1)]);
  const done = async () => (await ledger(store)).length === 6_004;
  while (!await done()) {
    next();
    await turn();
  }
  equal((await asked).ok, true);
  const entries = await ledger(store);
  const late = entries.filter((entry) => "idle" in entry);
  equal(late.map((entry) => "viewerId" in entry && entry.viewerId), ["late"]);
  equal(session.totals.likes, 6_000);
  await writer.close();
});

Deno.test("what came before the close counts, though it is read after it", async () => {
  let untold: number | null = null;
  const { writer, clock, store } = await opened(undefined, {
    untoldSince: () => untold,
  });
  await writer.submit({ type: "freeze", seconds: 1 });
  await clock.advance(990);
  untold = clock.elapsed(); // a large frame, the end of which is read later
  await clock.advance(200);
  equal(writer.frame().phase, "closing");
  writer.offer([like("ann", 30)], { came: untold });
  untold = null;
  writer.offer([like("late", 30)]);
  await clock.advance(10);
  equal(writer.frame().phase, "frozen");
  const idle = (await ledger(store)).flatMap((entry) =>
    "viewerId" in entry ? [[entry.viewerId, "idle" in entry]] : []
  );
  equal(idle, [["ann", false], ["late", true]]);

  await writer.submit({ type: "open" });
  await writer.submit({ type: "freeze", seconds: 1 });
  untold = clock.elapsed(); // what is never told holds no close for ever
  await clock.advance(3_100);
  equal(writer.frame().phase, "frozen");
  await writer.close();
});

Deno.test("what waits for the next session came before the close of this one, however long it waits", async () => {
  let held: number | null = null;
  const { writer, clock, store } = await opened(undefined, {
    heldSince: () => held,
  });
  await writer.submit({ type: "freeze", seconds: 1 });
  await clock.advance(990);
  held = clock.elapsed(); // another session was to follow, and cannot
  await clock.advance(2_500);
  equal(writer.frame().phase, "closing");
  writer.offer([like("ann", 30)], { came: held });
  held = null;
  await clock.advance(10);
  equal(writer.frame().phase, "frozen");
  const idle = (await ledger(store)).flatMap((entry) =>
    "viewerId" in entry ? ["idle" in entry] : []
  );
  equal(idle, [false]);
  await writer.close();
});

Deno.test("a writer that cannot write everything does not retire, and goes on as it was", async () => {
  const { disk, opened } = onFullDisk();
  const { writer, store, clock } = await opened();
  using _ = running(clock);
  writer.offer([like("ann", 30), comment("bob", "hello")]);
  equal(await writer.retire(), false);
  disk.isFull = false;
  equal((await writer.submit({ type: "freeze", seconds: 0 })).ok, true);
  equal(await writer.retire(), true);
  equal(board(replay(await ledger(store))), [["ann", 2]]);
  await rejects(writer.submit({ type: "open" }), AwayError);
});
