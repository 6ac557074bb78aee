import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import { createPacer, SETTLE_MS, type Timing } from "./pace.ts";
import type { Slot } from "./slots.ts";

const rowsOf = (points: Record<string, number>) => frameOf(points).rows;

/** A clock that a test turns. */
function turned(): Timing & { turn(ms: number): void } {
  let now = 0;
  let due: { at: number; call: () => void } | null = null;
  return {
    now: () => now,
    after(ms, call) {
      const mine = due = { at: now + ms, call };
      return () => {
        if (due === mine) due = null;
      };
    },
    turn(ms) {
      const end = now + ms;
      while (due && due.at <= end) {
        const { at, call } = due;
        due = null;
        now = at;
        call();
      }
      now = end;
    },
  };
}

function watched() {
  const timing = turned();
  let shown: Slot[] = [];
  const moves: number[] = [];
  const pacer = createPacer((slots) => {
    const before = shown.map((s) => s.place).join();
    shown = slots;
    if (slots.map((s) => s.place).join() !== before) moves.push(timing.now());
  }, timing);
  return { timing, pacer, moves, slots: () => shown };
}

Deno.test("createPacer() shows points at once and places in their time", () => {
  const { timing, pacer, slots } = watched();
  pacer.jump(rowsOf({ a: 30, b: 20 }));
  timing.turn(100);
  pacer.take(rowsOf({ a: 30, b: 90 }));
  deepStrictEqual(slots().map((s) => s.row.points), [30, 90]);
  deepStrictEqual(slots().map((s) => s.place), [1, 2]);
  timing.turn(SETTLE_MS);
  deepStrictEqual(slots().map((s) => s.place), [2, 1]);
});

Deno.test("createPacer() moves at most four times a second", () => {
  const { timing, pacer, moves } = watched();
  pacer.jump(rowsOf({ a: 1, b: 0 }));
  for (let step = 1; step <= 100; step++) {
    timing.turn(100);
    pacer.take(rowsOf({ a: 1, b: step % 2 ? 2 : 0 }));
  }
  ok(moves.length >= 15, `${moves.length} moves in ten seconds`);
  ok(moves.every((at, i) => i === 0 || at - moves[i - 1]! >= SETTLE_MS));
});

Deno.test("createPacer() ends quiet, with nothing left to do", () => {
  const { timing, pacer, slots } = watched();
  pacer.jump(rowsOf({ a: 30, b: 20 }));
  timing.turn(1000);
  pacer.take(rowsOf({ b: 90 }));
  timing.turn(10_000);
  strictEqual(slots().length, 1);
  strictEqual(slots()[0]?.gain, null);
});
