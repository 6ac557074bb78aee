import { deepStrictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import { createTicker, LINE_MS, OLDEST_MS } from "./ticker.ts";
import type { Passing } from "./slots.ts";
import { turned } from "@/testing/turned_clock.ts";

const [passed, row] = frameOf({ ann: 2, ben: 1 }).rows as [
  Passing["row"],
  Passing["row"],
];
const passing = (rank: number): Passing => ({
  ...{ row, passed, rank, up: 1, above: null },
});

function watched() {
  const timing = turned();
  const told: (number | null)[] = [];
  const ticker = createTicker((line) => told.push(line?.rank ?? null), timing);
  return { timing, ticker, told };
}

Deno.test("createTicker() tells one at a time, the first three first", () => {
  const { timing, ticker, told } = watched();
  ticker.tell(passing(7));
  deepStrictEqual(told, [], "it tells how a move ends before it has begun");
  timing.turn(400 + LINE_MS / 2);
  ticker.tell(passing(5));
  ticker.tell(passing(2));
  timing.turn(2 * LINE_MS);
  deepStrictEqual(told, [7, 2, 5]);
  timing.turn(LINE_MS);
  deepStrictEqual(told, [7, 2, 5, null]);
});

Deno.test("createTicker() tells nothing old, and nothing after it is cleared", () => {
  const { timing, ticker, told } = watched();
  for (const rank of [4, 5, 6, 7]) ticker.tell(passing(rank));
  timing.turn(400 + OLDEST_MS + LINE_MS);
  deepStrictEqual(told, [4, 5, null]);
  ticker.tell(passing(1));
  ticker.clear();
  timing.turn(OLDEST_MS);
  deepStrictEqual(told, [4, 5, null, null]);
});
