import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { rowOf } from "@/core/board.ts";
import { NO_BLOCKER } from "@/core/blocked_words.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { gift, ledgerOf, play, T0 } from "@/core/testing.ts";
import type { Session } from "@/core/session.ts";
import { boardAt, type Past } from "./past_boards.ts";

const ALL = { offset: 0, limit: 20 };

function page(session: Session, { offset, limit }: typeof ALL) {
  const rows = session.order.slice(offset, limit).map((tally, i) => ({
    ...rowOf(tally, offset + i + 1, NO_BLOCKER),
    made: { ...tally.made },
  }));
  return { total: session.order.size(), rows };
}

/** Nine gifts, one every 700 ms, of three viewers in turn. */
function evening() {
  const { session, entries } = ledgerOf();
  for (let i = 1; i < 10; i++) {
    const who = ["ann", "ben", "cem"][i % 3]!;
    entries.push(
      ...play(session, [gift(who, { groupId: `${i}` })], T0 + i * 700),
    );
  }
  let reads = 0;
  async function* read(): AsyncIterable<Entry[]> {
    reads++;
    yield entries.slice(0, 4);
    yield await Promise.resolve(entries.slice(4));
  }
  const past: Past = { session, read, page, by: NO_BLOCKER };
  return { past, entries, reads: () => reads };
}

Deno.test("boardAt() is what the entries until then give, at every step", async () => {
  const { past, entries } = evening();
  for (let at = T0; at <= T0 + 7_000; at += 500) { // every other is no step
    const until = entries.filter((entry) => entry.at <= at);
    const board = await boardAt(past, at, ALL);
    strictEqual(board.seq, until.length, `${at - T0} ms`);
    deepStrictEqual(
      board.rows.map(({ points }) => points).reduce((a, b) => a + b, 0),
      until.reduce(
        (sum, each) => sum + ("points" in each ? each.points! : 0),
        0,
      ),
    );
  }
});

Deno.test("boardAt() plays the ledger once for all steps, back and forth", async () => {
  const { past, reads } = evening();
  for (const step of [5, 4, 0, 3, 5]) {
    ok((await boardAt(past, T0 + step * 1_000, ALL)).seq > 0);
  }
  strictEqual(reads(), 1);
  const some = await boardAt(past, T0 + 5_000, { offset: 1, limit: 1 });
  deepStrictEqual(some.rows.map(({ rank }) => rank), [2]);
  strictEqual(reads(), 1);
  await boardAt(past, T0 + 5_000, { ...ALL, q: "ann" });
  await boardAt({ ...past, by: {} }, T0 + 5_000, ALL); // other blocked words
  strictEqual(reads(), 3);
});

Deno.test("boardAt() ends where a ledger's time jumps far ahead and back", async () => {
  const { past, entries } = evening();
  entries[4]!.at = 8e15;
  const { session } = past;
  const before = session.at;
  const board = await boardAt(past, T0 + 1_000, ALL);
  ok(board.seq > 0 && session.at === before);
});
