/**
 * A round's clock in a writer: exact to the millisecond whatever happens to the
 * wall clock, to the event loop and to the process.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Frame } from "@/core/frame.ts";
import { replay } from "@/core/evolve.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { gift, ledgerOf, T0 } from "@/core/testing.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { systemClock } from "../clock.ts";
import { openWriter, type WriterOptions } from "./writer.ts";

/** A writer on a session that has just started. */
async function opened(more: Partial<WriterOptions> = {}) {
  const store = memoryStore();
  const { session, entries } = ledgerOf();
  const first = { sessionId: "s1", writer: "w", after: 0, entries };
  await store.append({ ...first, comments: [], answers: [] });
  const clock = createFakeClock(T0);
  const options: WriterOptions = {
    ...{ session, log: store, name: "w", clock, room: () => null },
    settings: () => DEFAULT_SETTINGS,
    secretOf: String,
    info: () => ({
      ...{ id: "s1", title: "", channel: "host", rehearsal: false },
      ...{ startedAt: T0, endedAt: null, deletedAt: null },
    }),
    onCommit() {},
    onTrouble() {},
    onStop() {},
    ...more,
  };
  return { writer: openWriter(options), options, store, clock, session };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Ms on the round's clock, as a page reckons it. */
function leftOn(frame: Frame, now: number): number {
  return frame.round!.left ?? (frame.round!.endsAt ?? now) - now;
}

Deno.test("a round ends by itself: its last seconds, zero and the close", async () => {
  const { writer, clock } = await opened();
  await writer.submit({ type: "startRound", seconds: 20 });
  await clock.advance(14_999);
  strictEqual(writer.frame().phase, "open");
  await clock.advance(1);
  strictEqual(writer.frame().phase, "closing");
  await clock.advance(4_999);
  writer.offer([gift("ann")]);
  await turn();
  await clock.advance(1);
  writer.offer([gift("bob")]);
  await writer.settled();
  strictEqual(writer.frame().phase, "frozen");
  equal(writer.frame().rows.map(({ viewerId }) => viewerId), ["ann"]);
  await writer.close();
});

for (const jump of [-3_600_000, -200, 3_600_000]) {
  Deno.test(`a round, a pause and a boost are as long as they were said, with the clock set by ${jump} ms`, async () => {
    const { writer, clock } = await opened();
    const left = () => leftOn(writer.frame(), writer.now());
    await writer.submit({ type: "startRound", seconds: 60 });
    await writer.submit({ type: "boost", times: 2, seconds: 10, of: "all" });
    await clock.advance(5_000);
    clock.jump(jump);
    equal([left(), writer.frame().boost!.until - writer.now()], [
      55_000,
      5_000,
    ]);
    await writer.submit({ type: "pause" });
    await clock.advance(30_000);
    clock.jump(jump);
    await writer.submit({ type: "resume" });
    equal([left(), writer.frame().boost!.until - writer.now()], [
      55_000,
      5_000,
    ]);
    await clock.advance(4_999);
    writer.offer([gift("ann")]);
    await turn();
    await clock.advance(1);
    writer.offer([gift("bob")]);
    await writer.settled();
    equal(writer.frame().rows.map(({ points }) => points), [10, 5]);
    await clock.advance(50_000);
    strictEqual(writer.frame().phase, "frozen");
    await writer.close();
  });
}

for (
  const { jump, left } of [
    { jump: 0, left: 18_000 },
    { jump: -3_600_000, left: 19_000 },
    { jump: 3_600_000, left: 0 },
  ]
) {
  Deno.test(`a start in a round, with the clock set by ${jump} ms meanwhile, leaves ${left} ms of it`, async () => {
    const first = await opened();
    await first.writer.submit({ type: "startRound", seconds: 20 });
    await first.clock.advance(1_000);
    first.writer.offer([gift("ann")]);
    await turn();
    await first.writer.close();
    const clock = createFakeClock(T0 + 2_000 + jump);
    const entries = (await Array.fromAsync(first.store.read("s1"))).flat();
    const session = replay(entries);
    const writer = openWriter({ ...first.options, session, clock });
    if (left > 0) {
      strictEqual(leftOn(writer.frame(), writer.now()), left);
      await clock.advance(left - 1);
      strictEqual(writer.frame().phase, "closing");
    }
    await clock.advance(1);
    strictEqual(writer.frame().phase, "frozen");
    await writer.close();
  });
}

Deno.test("with the event loop blocked over zero, what came before it earns and what came after does not", async () => {
  const { writer } = await opened({ clock: systemClock });
  await writer.submit({ type: "startRound", seconds: 10 });
  await writer.submit({ type: "setClock", seconds: 1 });
  const zero = systemClock.elapsed() +
    leftOn(writer.frame(), writer.now());
  await new Promise((resolve) =>
    setTimeout(resolve, zero - systemClock.elapsed() - 100)
  );
  while (systemClock.elapsed() < zero + 100); // blocked
  // Both were in the socket meanwhile, and are read now.
  writer.offer([gift("ann")], { came: zero - 2 });
  writer.offer([gift("bob")], { came: zero + 2 });
  await writer.settled();
  equal(writer.frame().rows.map(({ viewerId }) => viewerId), ["ann"]);
  strictEqual(writer.frame().phase, "frozen");
  await writer.close();
});

Deno.test("the frozen frame follows zero at once", async () => {
  const waits = await Promise.all(Array.from({ length: 50 }, async () => {
    let told = 0;
    const { writer } = await opened({
      clock: systemClock,
      onCommit(_entries, frame) {
        if (frame?.phase === "frozen") told ||= systemClock.elapsed();
      },
    });
    await writer.submit({ type: "startRound", seconds: 10 });
    await writer.submit({ type: "setClock", seconds: 1 });
    const zero = systemClock.elapsed() +
      leftOn(writer.frame(), writer.now());
    while (told === 0) await new Promise((go) => setTimeout(go, 5));
    await writer.close();
    return told - zero;
  }));
  const median = waits.sort((a, b) => a - b)[25]!;
  // Of 50 rounds that end at once; how soon one does alone is for the bench.
  ok(median >= -1, `it came ${-median} ms early`);
});
