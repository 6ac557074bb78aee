import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import { turned } from "@/testing/turned_clock.ts";
import { createPacer } from "./pace.ts";
import type { Slot } from "./slots.ts";

const rowsOf = (points: Record<string, number>) => frameOf(points).rows;

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

/** The longest batch: a climber from the last of ten places to the first. */
const LONGEST_MS = 1140;

Deno.test("createPacer() shows points at once where no place changes", () => {
  const { timing, pacer, slots } = watched();
  pacer.jump(rowsOf({ a: 30, b: 20 }));
  timing.turn(100);
  pacer.take(rowsOf({ a: 40, b: 25 }));
  deepStrictEqual(slots().map((s) => s.row.points), [40, 25]);
});

Deno.test("createPacer() lets a batch end before the next begins, and no row show more than the one above", () => {
  const { timing, pacer, slots } = watched();
  const places = () => slots().map((s) => s.place);
  pacer.jump(rowsOf({ a: 30, b: 20, c: 10 }));
  pacer.take(rowsOf({ a: 30, b: 90, c: 10 }));
  deepStrictEqual(places(), [2, 1, 3]);
  timing.turn(100);
  pacer.take(rowsOf({ a: 30, b: 90, c: 60 }));
  deepStrictEqual(places(), [2, 1, 3], "a move was interrupted");
  deepStrictEqual(slots().map((s) => s.row.points), [30, 90, 10]);
  timing.turn(LONGEST_MS);
  deepStrictEqual(places(), [3, 1, 2]);
  deepStrictEqual(slots().map((s) => s.row.points), [30, 90, 60]);
});

Deno.test("createPacer() turns what a row says of its rank on the way", () => {
  const { timing, pacer, slots } = watched();
  const says = () => slots().map((s) => s.says);
  pacer.jump(rowsOf({ a: 30, b: 20 }));
  pacer.take(rowsOf({ a: 30, b: 90 }));
  deepStrictEqual([says(), slots()[0]?.leads], [[1, 2], true]);
  timing.turn(200);
  deepStrictEqual(says(), [1, 2], "it turned in the first frames");
  timing.turn(500);
  deepStrictEqual([says(), slots()[0]?.leads], [[2, 1], false]);
});

Deno.test("createPacer() moves about once a second", () => {
  const { timing, pacer, moves } = watched();
  pacer.jump(rowsOf({ a: 1, b: 0 }));
  for (let step = 1; step <= 100; step++) {
    timing.turn(100);
    pacer.take(rowsOf({ a: 1, b: Math.floor(step / 9) % 2 ? 2 : 0 }));
  }
  ok(moves.length >= 8, `${moves.length} moves in ten seconds`);
  ok(moves.every((at, i) => i === 0 || at - moves[i - 1]! >= 780));
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
