import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import {
  DIM_MS,
  expire,
  isUnsettled,
  jump,
  LEAVE_MS,
  LIFT_MS,
  nextExpiry,
  refresh,
  settle,
  type Slot,
} from "./slots.ts";

const rowsOf = (points: Record<string, number>) => frameOf(points).rows;
const ids = (slots: Slot[]) => slots.map((slot) => slot.viewerId);
const places = (slots: Slot[]) =>
  Object.fromEntries(slots.map((slot) => [slot.viewerId, slot.place]));

const start = jump([], rowsOf({ a: 30, b: 20, c: 10 }));

Deno.test("settle() moves places and never the order of the document", () => {
  const next = settle(start, rowsOf({ a: 30, b: 20, c: 25 }), 100);
  deepStrictEqual(ids(next), ["a", "b", "c"]);
  deepStrictEqual(places(next), { a: 1, c: 2, b: 3 });
});

Deno.test("settle() lifts who passes and dims who is passed", () => {
  const [a, b, c] = settle(start, rowsOf({ a: 30, b: 20, c: 99 }), 100);
  strictEqual(c?.liftedUntil, 100 + LIFT_MS);
  deepStrictEqual([a?.dimUntil, b?.dimUntil], [100 + DIM_MS, 100 + DIM_MS]);
});

Deno.test("settle() lifts nobody when the first leaves", () => {
  const next = settle(start, rowsOf({ b: 20, c: 10 }), 100);
  deepStrictEqual(places(next), { b: 1, c: 2, a: 3 });
  ok(next.every((slot) => slot.liftedUntil === 0 && slot.dimUntil === 0));
  strictEqual(next[0]?.goneAt, 100 + LEAVE_MS);
});

Deno.test("settle() appends who comes, and takes back who was leaving", () => {
  const left = settle(start, rowsOf({ b: 20, c: 10 }), 100);
  const back = settle(left, rowsOf({ d: 40, b: 20, a: 15, c: 10 }), 200);
  deepStrictEqual(ids(back), ["a", "b", "c", "d"]);
  deepStrictEqual(places(back), { d: 1, b: 2, a: 3, c: 4 });
  strictEqual(back[0]?.goneAt, null);
});

Deno.test("refresh() changes points and no places", () => {
  const next = refresh(start, rowsOf({ a: 30, b: 20, c: 99 }), 100);
  deepStrictEqual(places(next), { a: 1, b: 2, c: 3 });
  strictEqual(next[2]?.row.points, 99);
  strictEqual(next[2]?.gain?.points, 89);
  ok(isUnsettled(next, rowsOf({ a: 30, b: 20, c: 99 })));
});

Deno.test("jump() neither lifts, dims, gains nor keeps who left", () => {
  const next = jump(start, rowsOf({ c: 500, a: 30, z: 1 }));
  deepStrictEqual(ids(next), ["a", "c", "z"]);
  deepStrictEqual(places(next), { c: 1, a: 2, z: 3 });
  strictEqual(nextExpiry(next), Infinity);
});

Deno.test("expire() lets everything go in its time", () => {
  const moved = settle(start, rowsOf({ c: 99, a: 30 }), 100);
  strictEqual(nextExpiry(moved), 100 + DIM_MS);
  const late = expire(moved, 100 + 5000);
  deepStrictEqual(ids(late), ["a", "c"]);
  strictEqual(nextExpiry(late), Infinity);
  strictEqual(late[0], expire(late, 9000)[0]); // what stays is not made anew
});
