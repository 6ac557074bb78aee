import { deepStrictEqual, strictEqual } from "node:assert";
import type { Row } from "@/core/frame.ts";
import { distances } from "./distance.ts";

const row = (viewerId: string, points: number): Row => ({
  rank: 1,
  viewerId,
  handle: viewerId,
  nickname: viewerId,
  avatarUrl: null,
  points,
  follower: false,
  ...{ team: null, wins: 0 },
});

Deno.test("distances() is what a row lacks to be ahead of the next", () => {
  const found = distances([
    row("ann", 500),
    row("ben", 400),
    row("cat", 400),
    row("dan", 0),
  ]);
  strictEqual(found.get("ann"), undefined);
  deepStrictEqual(found.get("ben"), { points: 101, near: 0.8 });
  deepStrictEqual(found.get("cat"), { points: 1, near: 1 });
  deepStrictEqual(found.get("dan"), { points: 401, near: 0 });
  strictEqual(distances([]).size, 0);
});
