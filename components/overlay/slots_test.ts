import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import {
  expire,
  isUnsettled,
  jump,
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
  const { slots } = settle(start, rowsOf({ a: 30, b: 20, c: 25 }), 100);
  deepStrictEqual(ids(slots), ["a", "b", "c"]);
  deepStrictEqual(places(slots), { a: 1, c: 2, b: 3 });
});

Deno.test("settle() lets one climb, and those passed give way as they are reached", () => {
  const { slots, until, passing } = settle(
    start,
    rowsOf({ a: 30, b: 20, c: 99 }),
    100,
  );
  const [a, b, c] = slots;
  deepStrictEqual(
    slots.map(({ move }) => move?.kind),
    ["passed", "passed", "hero"],
  );
  ok(c!.liftedUntil > until, "the mark stays for a moment");
  ok(b!.move!.delay < a!.move!.delay, "the last one is passed first");
  ok(a!.turnsAt > 100 && c!.turnsAt > 100);
  ok(until > c!.turnsAt && until < 1300);
  deepStrictEqual(
    [
      passing?.row.viewerId,
      passing?.up,
      passing?.rank,
      passing?.passed.viewerId,
    ],
    ["c", 2, 1, "a"],
  );
  strictEqual(passing?.above, null);
});

Deno.test("settle() moves many at once plainly, in less time", () => {
  const five = jump([], rowsOf({ a: 50, b: 40, c: 30, d: 20, e: 10 }));
  const { slots, until } = settle(
    five,
    rowsOf({ e: 99, d: 98, c: 97, b: 40, a: 1 }),
    0,
  );
  ok(slots.every(({ move }) => move === null || move.kind === "plain"));
  ok(until <= 500);
});

Deno.test("settle() marks nobody when the first leaves", () => {
  const { slots, passing } = settle(start, rowsOf({ b: 20, c: 10 }), 100);
  deepStrictEqual(places(slots), { b: 1, c: 2, a: 1 });
  ok(slots.every((slot) => slot.liftedUntil === 0));
  strictEqual(slots[0]?.move?.kind, "leave");
  strictEqual(passing, null);
});

Deno.test("settle() appends who comes, and takes back who was leaving", () => {
  const left = settle(start, rowsOf({ b: 20, c: 10 }), 100).slots;
  const back = settle(left, rowsOf({ d: 40, b: 20, a: 15, c: 10 }), 200).slots;
  deepStrictEqual(ids(back), ["a", "b", "c", "d"]);
  deepStrictEqual(places(back), { d: 1, b: 2, a: 3, c: 4 });
  strictEqual(back[0]?.goneAt, null);
  ok(back[3]!.newUntil > 200, "it is not said to be new");
});

Deno.test("refresh() changes points and no places, and none beyond the row above", () => {
  const rows = rowsOf({ a: 35, b: 21, c: 99 });
  const next = refresh(start, rows, 100);
  deepStrictEqual(places(next), { a: 1, b: 2, c: 3 });
  deepStrictEqual(next.map((s) => s.row.points), [35, 21, 10]);
  ok(isUnsettled(next, rows));
  const settled = settle(next, rows, 100).slots;
  strictEqual(settled[2]?.row.points, 99);
  strictEqual(settled[2]?.gain?.points, 89);
});

Deno.test("jump() neither moves, marks, gains nor keeps who left", () => {
  const next = jump(start, rowsOf({ c: 500, a: 30, z: 1 }));
  deepStrictEqual(ids(next), ["a", "c", "z"]);
  deepStrictEqual(places(next), { c: 1, a: 2, z: 3 });
  ok(next.every(({ move }) => move === null));
  strictEqual(nextExpiry(next), Infinity);
});

Deno.test("expire() lets everything go in its time", () => {
  const moved = settle(start, rowsOf({ c: 99, a: 30 }), 100).slots;
  ok(nextExpiry(moved) > 100);
  const late = expire(moved, 100 + 5000);
  deepStrictEqual(ids(late), ["a", "c"]);
  deepStrictEqual(late.map(({ says, leads }) => [says, leads]), [
    [2, false],
    [1, true],
  ]);
  strictEqual(nextExpiry(late), Infinity);
  strictEqual(late[0], expire(late, 9000)[0]); // what stays is not made anew
});
