import { deepStrictEqual as equal, ok } from "node:assert";
import fc from "fast-check";
import { createMessageIds, halvesOf } from "./message_ids.ts";
import { createRoom, type Room, type RoomPart } from "./room.ts";
import { advance } from "./advance.ts";
import { board, gift, like, nextId, started, T0 } from "./testing.ts";

const nameOf = (number: number) => String(number).padStart(8, "0");

/** All that a store would have kept of a room, in a room of its own. */
function kept(room: Room, into: Map<string, RoomPart> = new Map()) {
  room.settle(room.noted());
  const { parts, gone } = room.takeChange();
  for (const part of parts) into.set(part.name, part);
  for (const name of gone) into.delete(name);
  const copy = createRoom(nameOf);
  for (const name of [...into.keys()].sort()) copy.load(into.get(name)!);
  return copy;
}

/** Plays events into a session of a room, all arriving at once. */
function play(
  room: Room | null,
  session: ReturnType<typeof started>,
  ...events: Parameters<Room["see"]>[0][]
) {
  return advance(session, events.map((event) => ({ at: T0, event })), room);
}

Deno.test("message ids that were taken out are not there, all others are", () => {
  const id = fc.integer({ min: 1, max: 60 }).map(String);
  fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), id)), (steps) => {
    const ids = createMessageIds();
    const model = new Set<string>();
    const halves = new Uint32Array(2);
    for (const [isIn, id] of steps) {
      if (isIn) {
        equal(ids.add(id), !model.has(id));
        model.add(id);
      } else {
        halvesOf(id, halves);
        ids.remove(halves[0]!, halves[1]!);
        model.delete(id);
      }
    }
    equal(ids.size(), model.size);
    for (let n = 1; n <= 60; n++) equal(ids.has(`${n}`), model.has(`${n}`));
  }));
});

Deno.test("what one session counted is counted by no other", () => {
  const room = createRoom(nameOf);
  const [first, second] = [started(), started()];
  const rose = gift("ann", { repeatCount: 3 });
  play(room, first, rose, like("bob", 15));
  play(room, second, rose, gift("ann", { repeatCount: 4 }));
  equal(board(first), [["ann", 15], ["bob", 1]]);
  equal(board(second), [["ann", 5]]);
  // The first goes on: it knows of 3, and the room of 4.
  play(room, first, gift("ann", { repeatCount: 6 }));
  equal(board(first), [["ann", 25], ["bob", 1]]);
});

Deno.test("what came while none ran earns in none", () => {
  const room = createRoom(nameOf);
  const [seen, rose] = [like("bob", 15), gift("ann", { repeatCount: 10 })];
  room.see(seen);
  room.see(rose);
  const session = started();
  play(room, session, seen, rose, gift("ann", { repeatCount: 12 }));
  equal(board(session), [["ann", 10]]);
});

Deno.test("what is foreign to a session leaves no entry, and its units are known", () => {
  const room = createRoom(nameOf);
  const session = started();
  const early = { ...gift("ann", { repeatCount: 10 }) };
  equal(advance(session, [{ at: T0, event: early, foreign: true }], room), []);
  equal(play(room, session, early), []);
  play(room, session, gift("ann", { repeatCount: 12 }));
  equal(board(session), [["ann", 10]]);
});

Deno.test("a combo without a group is over at its end, in the room as well", () => {
  const room = createRoom(nameOf);
  const [first, second] = [started(), started()];
  const roses = (repeatCount: number, at: number, end = false) => ({
    ...gift("ann", { groupId: "0", repeatCount }),
    at: T0 + at,
    end,
  });
  play(room, first, roses(5, 0, true));
  play(room, second, roses(4, -1)); // overtaken by its end
  equal(board(second), []);
  play(room, second, roses(3, 1));
  equal(board(second), [["ann", 15]]);
  const third = started();
  play(kept(room), third, roses(4, 2));
  equal(board(third), [["ann", 5]]);
});

Deno.test("a room that was kept, in any parts, knows what the other knew", () => {
  const event = fc.tuple(
    fc.constantFrom("ann", "bob"),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom("1", "2", "0"),
    fc.boolean(),
    fc.integer({ min: 1, max: 30 }),
  ).map(([who, repeatCount, groupId, end, id]) => ({
    ...gift(who, { id: `${id}`, repeatCount, groupId }),
    end,
  }));
  const evening = fc.array(fc.array(event, { maxLength: 20 }), {
    maxLength: 5,
  });
  fc.assert(fc.property(evening, event, (batches, next) => {
    const room = createRoom(nameOf);
    const store = new Map<string, RoomPart>();
    let copy = kept(room, store);
    for (const batch of batches) {
      batch.forEach(room.see);
      copy = kept(room, store);
    }
    for (let id = 1; id <= 30; id++) {
      equal(copy.has(`${id}`), room.has(`${id}`));
    }
    const [one, other] = [started(), started()];
    play(room, one, { ...next, id: nextId() });
    play(copy, other, { ...next, id: nextId() });
    equal(board(other), board(one));
  }));
});

Deno.test("what is not settled is not kept", () => {
  const room = createRoom(nameOf);
  const [first, second] = [like("ann", 1), like("bob", 1)];
  room.see(first);
  const noted = room.noted();
  room.see(second);
  room.settle(noted);
  const copy = createRoom(nameOf);
  room.takeChange().parts.forEach(copy.load);
  equal([copy.has(first.id), copy.has(second.id)], [true, false]);
  equal(room.takeChange(), { parts: [], gone: [] });
});

Deno.test("a room remembers a million notes, and forgets the oldest first", () => {
  const room = createRoom(nameOf);
  const store = new Map<string, RoomPart>();
  const id = (n: number) => String(7_000_000_000_000_000_000n + BigInt(n));
  room.see(gift("old", { id: id(0), repeatCount: 7 }));
  const template = like("ann", 1);
  for (let n = 1; n < 1_010_000; n++) room.see({ ...template, id: id(n) });
  const copy = kept(room, store);
  for (const each of [room, copy]) {
    ok(!each.has(id(0)) && !each.has(id(6_000)));
    equal(each.combos.get("old|5655|1"), undefined);
    ok(each.has(id(13_000)) && each.has(id(1_009_999)));
  }
  const bytes = [...store.values()].reduce((n, p) => n + p.bytes.length, 0);
  ok(bytes < 8_100_000, `${bytes} bytes`);
});

Deno.test("nothing that is kept of a room names anybody", () => {
  const room = createRoom(nameOf);
  room.see(gift("7001234567890", { repeatCount: 7 }));
  kept(room);
  room.see(gift("7001234567890", { repeatCount: 8 }));
  room.settle(room.noted());
  const { parts } = room.takeChange();
  const text = parts.map(({ bytes }) => String.fromCharCode(...bytes)).join();
  ok(parts.length > 0 && !text.includes("7001234567890"));
});

Deno.test("what was never written is taken back, as if it had not come", () => {
  const room = createRoom(nameOf);
  room.see(gift("ann", { repeatCount: 3 }));
  room.settle(room.noted());
  const rose = gift("ann", { repeatCount: 9 });
  const one = started();
  play(room, one, rose, gift("ann", { repeatCount: 12 }), like("bob", 15));
  room.takeBack();
  equal([room.noted(), room.has(rose.id)], [2, false]);
  const two = started();
  play(room, two, rose);
  equal(board(two), [["ann", 30]]);
  equal(kept(room).has(rose.id), true);
});
