import { deepStrictEqual } from "node:assert";
import type { Row } from "@/core/frame.ts";
import type { Made } from "@/core/views.ts";
import { topRows } from "./board_rows.ts";

const made: Made = {
  likes: 1,
  gifts: 0,
  comments: 0,
  follows: 0,
  shares: 0,
  adjusted: 0,
  won: 0,
};

function row(rank: number, viewerId: string, points: number): Row {
  return {
    rank,
    viewerId,
    handle: viewerId,
    nickname: viewerId,
    avatarUrl: null,
    points,
    follower: false,
  };
}

Deno.test("topRows() takes the newest from the frame and the rest from the page", () => {
  const frame = [row(1, "ann", 9), row(2, "bee", 8)];
  const page = {
    total: 3,
    rows: [
      { ...row(1, "bee", 7), made },
      { ...row(2, "ann", 6), made },
      { ...row(3, "cat", 5), made },
    ],
  };
  const rows = topRows(frame, page);
  deepStrictEqual(rows.map((r) => [r.rank, r.viewerId, r.points]), [
    [1, "ann", 9],
    [2, "bee", 8],
    [3, "cat", 5],
  ]);
  deepStrictEqual(rows[0]?.made, made);
});

Deno.test("topRows() shows nobody twice after somebody fell out of the frame", () => {
  const page = {
    total: 2,
    rows: [{ ...row(1, "ann", 6), made }, { ...row(2, "bee", 5), made }],
  };
  deepStrictEqual(
    topRows([row(1, "bee", 8)], page).map((r) => r.viewerId),
    ["bee"],
  );
});

Deno.test("topRows() does with the frame alone", () => {
  deepStrictEqual(topRows([row(1, "ann", 9)], null), [row(1, "ann", 9)]);
});
