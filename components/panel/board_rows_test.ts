import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import fc from "fast-check";
import type { Row } from "@/core/frame.ts";
import type { BoardPage, Made } from "@/core/views.ts";
import {
  partAround,
  rowsInPlace,
  rowsOfSpan,
  spanInView,
} from "./board_rows.ts";

const MADE: Made = {
  likes: 1,
  gifts: 0,
  comments: 0,
  follows: 0,
  shares: 0,
  adjusted: 0,
  won: 0,
};
const row = (viewerId: string, rank: number): Row => ({
  rank,
  viewerId,
  handle: viewerId,
  nickname: viewerId,
  avatarUrl: null,
  points: 100 - rank,
  follower: false,
  ...{ team: null, wins: 0 },
});
const page = (from: number, ...ids: string[]): BoardPage => ({
  total: 1_000,
  rows: ids.map((id, i) => ({ ...row(id, from + i + 1), made: MADE })),
});

Deno.test("rowsOfSpan() takes the top from the frame and its parts from the page", () => {
  const held = { offset: 0, q: "", page: page(0, "b", "a", "c", "d") };
  const rows = rowsOfSpan({ from: 0, to: 4 }, [row("a", 1), row("b", 2)], held);
  equal(rows.map((each) => each?.viewerId), ["a", "b", "c", "d"]);
  equal(rows[0]?.made, MADE);
});

Deno.test("rowsOfSpan() shows nobody twice, and leaves open what it does not know", () => {
  const held = { offset: 1, q: "", page: page(1, "a", "c") };
  const rows = rowsOfSpan({ from: 0, to: 5 }, [row("a", 1)], held);
  equal(rows.map((each) => each?.viewerId ?? null), [
    "a",
    null,
    "c",
    null,
    null,
  ]);
});

Deno.test("rowsInPlace() keeps each where it was, as it is now", () => {
  const before = new Map([[0, row("a", 1)], [1, row("b", 2)]]);
  const now = [row("b", 1), row("new", 2), row("a", 3), row("d", 4)];
  const rows = rowsInPlace(before, now, 0);
  equal(rows.map((each) => each && [each.viewerId, each.rank]), [
    ["a", 3],
    ["b", 1],
    null, // it is there already
    ["d", 4],
  ]);
  equal(rowsInPlace(before, [row("b", 1)], 0)[0]?.viewerId, "a"); // who is gone
});

Deno.test("spanInView() covers the view and no more than it must", () => {
  const sizes = { height: 600, rowHeight: 56, total: 100_000 };
  equal(spanInView({ ...sizes, top: 0 }), { from: 0, to: 19 });
  equal(spanInView({ ...sizes, top: 56_000 }), { from: 992, to: 1019 });
  equal(spanInView({ ...sizes, top: 9e9 }).to, 100_000);
  equal(spanInView({ ...sizes, top: 0, total: 0 }), { from: 0, to: 0 });
});

Deno.test("partAround() holds the span, in at most 500 rows", () => {
  fc.assert(fc.property(fc.nat(100_000), fc.integer({ min: 0, max: 200 }), (
    from,
    length,
  ) => {
    const { offset, limit } = partAround({ from, to: from + length });
    ok(offset <= from && offset + limit >= from + length);
    ok(limit <= 500 && limit >= 1);
    strictEqual(offset % 50, 0);
  }));
});
