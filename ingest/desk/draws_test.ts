import { deepStrictEqual as equal } from "node:assert";
import { commitmentTo } from "@/core/draws.ts";
import type { Entry, EntryOf } from "@/core/shapes/entries.ts";
import { comment, gift } from "@/core/testing.ts";
import { type Evening, openEvening } from "@/testing/evening.ts";
import { memoryStore } from "@/testing/memory_store.ts";

const DRAW = { type: "selectWinner", comment: "random" } as const;

/** A game in which ann may win, on a store that is given back. */
async function game() {
  const store = memoryStore();
  const it = await openEvening(store, 0);
  await it.command({ type: "connect", channel: "studio" });
  const id = await it.begin();
  await it.send(gift("ann"));
  for (const text of ["a", "b", "c"]) await it.send(comment("ann", text));
  const entries = async () =>
    (await Array.fromAsync(store.read(id))).flat() as Entry[];
  return { store, it, entries };
}

async function drawn(it: Evening, entries: () => Promise<Entry[]>) {
  await it.command({ type: "freeze", seconds: 0 });
  await it.command(DRAW);
  const all = await entries();
  const of = <T extends Entry["type"]>(type: T) =>
    all.find((entry): entry is EntryOf<T> => entry.type === type);
  return {
    started: of("started")!,
    anew: of("drawCommitted"),
    win: of("winnerSelected")!,
  };
}

Deno.test("whoever goes on after a death reveals what was promised at the start", async () => {
  const { it, entries } = await game();
  await it.kill();
  const { started, anew, win } = await drawn(it, entries);
  equal(anew, undefined);
  equal(commitmentTo(win.secret!), started.draw);
  await it.close();
});

Deno.test("whoever goes on without the secret promises anew, and says so", async () => {
  const { store, it, entries } = await game();
  await store.putDocument("draws", null);
  await it.kill();
  const { started, anew, win } = await drawn(it, entries);
  equal(anew?.lost, true);
  equal(commitmentTo(win.secret!), anew!.draw);
  equal(started.draw === anew!.draw, false);
  await it.close();
});
