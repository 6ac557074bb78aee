/**
 * Packs put together and cut: whatever is done to them, they hold the same
 * entries in the same order.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import fc from "fast-check";
import type { Entry } from "../core/shapes/entries.ts";
import { VALUE_BYTES } from "./kv_limits.ts";
import {
  fewerPacks,
  joined,
  type Pack,
  packsAfter,
  packsOf,
  stepsOf,
  stepsOfPacks,
} from "./kv_pack.ts";

/** Entries from a seq on, one for each length of its text. */
function entriesOf(first: number, lengths: number[]): Entry[] {
  return lengths.map((length, i) => ({
    ...{ seq: first + i, at: 1, type: "sceneSwitched" },
    scene: "ก".repeat(length),
  }));
}

function read(packs: Pack[]): Entry[] {
  const decoder = new TextDecoder();
  return packs.flatMap(({ first, last, bytes }) => {
    const entries = JSON.parse(decoder.decode(bytes)) as Entry[];
    equal([entries[0]!.seq, entries.at(-1)!.seq], [first, last]);
    return entries;
  });
}

const lengths = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.nat(900) },
    { weight: 1, arbitrary: fc.nat(30_000) },
  ),
  { minLength: 1, maxLength: 120 },
);
const some = fc.record({ first: fc.integer({ min: 1, max: 1e9 }), lengths });

Deno.test("packs hold the same entries, put together and cut anywhere", () => {
  fc.assert(
    fc.property(
      fc.array(some, { minLength: 1, maxLength: 6 }),
      fc.nat(300),
      (batches, cut) => {
        const { first } = batches[0]!;
        const all = entriesOf(first, batches.flatMap((each) => each.lengths));
        let at = 0;
        const packs = batches.flatMap((each) =>
          packsOf(all.slice(at, at += each.lengths.length))
        );
        equal(read(packs), all);
        const fewer = fewerPacks(packs);
        equal(read(fewer), all);
        ok(fewer.length <= packs.length);
        for (const [i, pack] of fewer.entries()) {
          const isLarge = pack.bytes.length > VALUE_BYTES;
          ok(!isLarge || pack.first === pack.last);
          const next = fewer[i + 1]?.bytes.length ?? Infinity;
          ok(pack.bytes.length + next > VALUE_BYTES, "it could hold the next");
        }
        equal(read([joined(packs)]), all);
        const after = first - 1 + cut;
        equal(read(packsAfter(packs, after)), all.slice(cut));
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("stepsOfPacks() gives each pack the rows that stepsOf() gives it", () => {
  const entries = entriesOf(1, Array.from({ length: 3_000 }, () => 300));
  const rows = entries.filter(({ seq }) => seq % 5 === 0).map(({ seq }) => ({
    ...{ seq, key: ["row", seq], bytes: new Uint8Array(50) },
    cost: { mutations: 1, keys: 20, bytes: 70 },
  }));
  const steps = stepsOf(entries, rows);
  ok(steps.length > 1);
  equal(stepsOfPacks(packsOf(entries), rows), steps);
  equal(stepsOfPacks([], rows.slice(0, 3)), stepsOf([], rows.slice(0, 3)));
});

Deno.test("stepsOf() has an answer go with its entry, however many comments do", () => {
  const row = (key: string) => ({
    ...{ seq: 1, key: [key], bytes: new Uint8Array(50) },
    cost: { mutations: 1, keys: 20, bytes: 70 },
  });
  const comments = Array.from({ length: 1_500 }, (_, i) => row(`c${i}`));
  const steps = stepsOf(entriesOf(1, [10]), [...comments, row("answer")]);
  equal(steps.map(({ packs }) => packs.length), [0, 1]);
  equal(steps.at(-1)!.rows.at(-1)!.key, ["answer"]);
  equal(
    steps.flatMap(({ rows }) => rows.map(({ key }) => key[0])),
    [...comments.map(({ key }) => key[0]), "answer"],
  );
});
