import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { ask, gift, ledgerOf, play, T0 } from "@/core/testing.ts";
import { stepOf, timelineOf } from "./timeline.ts";

async function* packs<T>(...all: T[]) {
  yield* await Promise.all(all);
}

Deno.test("stepOf() gives at most 120 stretches of a length people read", () => {
  strictEqual(stepOf(0), 1_000);
  strictEqual(stepOf(120_000), 1_000);
  strictEqual(stepOf(3_600_000), 30_000);
  for (const hours of [1, 5, 24, 24 * 90]) {
    const took = hours * 3_600_000;
    ok(took / stepOf(took) <= 120, `${hours} h`);
  }
});

Deno.test("timelineOf() counts points and late events where they came", async () => {
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("ann", { repeatCount: 2 })], T0));
  const closing = ask(session, { type: "freeze", seconds: 0 }, {
    now: T0 + 1_500,
  });
  if (Array.isArray(closing)) entries.push(...closing);
  entries.push(
    ...play(session, [gift("ben", { repeatCount: 1 })], T0 + 2_500),
  );
  const timeline = await timelineOf(session, packs(entries));
  strictEqual(timeline.stepMs, 1_000);
  deepStrictEqual(timeline.buckets, [
    { points: 10, events: 1, late: 0 },
    { points: 0, events: 0, late: 0 },
    { points: 0, events: 1, late: 1 },
  ]);
  deepStrictEqual(timeline.marks, [{ at: T0 + 1_500, what: "frozen" }]);
});

Deno.test("timelineOf() leaves no mark of a win that was taken back", async () => {
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("ann", { repeatCount: 2 })], T0));
  const commands = [
    { type: "selectWinner", comment: "none" } as const,
    { type: "undo" } as const,
    { type: "redo" } as const,
  ];
  const winners: number[] = [];
  for (const command of commands) {
    const made = ask(session, command, { now: T0 + 500 });
    ok(Array.isArray(made));
    entries.push(...made);
    const { marks } = await timelineOf(session, packs(entries));
    winners.push(marks.filter(({ what }) => what === "winner").length);
  }
  deepStrictEqual(winners, [1, 0, 1]);
});
