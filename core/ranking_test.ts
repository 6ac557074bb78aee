import { deepStrictEqual as equal } from "node:assert";
import fc from "fast-check";
import { byPlace, createRanking, type Ranked } from "./ranking.ts";

Deno.test("an order is the sorted list, whatever changes came in whatever batches", () => {
  const changes = fc.array(
    fc.tuple(
      fc.nat(1500),
      fc.integer({ min: -3, max: 20 }),
      fc.integer({ min: 0, max: 3 }),
    ),
    { maxLength: 3000, size: "max" },
  );
  fc.assert(
    fc.property(changes, (list) => {
      const order = createRanking<Ranked>((s) => s.points > 0);
      const all = Array.from({ length: 1501 }, (_, i): Ranked => ({
        id: String(i),
        points: 0,
        reached: 0,
        placed: null,
      }));
      list.forEach(([who, points, look], seq) => {
        const standing = all[who]!;
        standing.points = points;
        standing.reached = seq;
        order.touch(standing);
        if (look === 0) order.size(); // puts in place what has gathered
      });
      const sorted = all.filter((s) => s.points > 0).sort(byPlace);
      equal(order.size(), sorted.length);
      equal(order.slice(0, Infinity).map((s) => s.id), sorted.map((s) => s.id));
      equal(order.slice(700, 20), sorted.slice(700, 720));
      sorted.forEach((s, i) => equal(order.rankOf(s), i + 1));
    }),
    { numRuns: 30 },
  );
});

Deno.test("rankOf() is null for one that is not on the board", () => {
  const order = createRanking<Ranked>((s) => s.points > 0);
  equal(
    order.rankOf({ id: "a", points: 0, reached: 0, placed: null }),
    null,
  );
});
