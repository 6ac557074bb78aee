import { deepStrictEqual as equal } from "node:assert";
import { createRoom } from "./room.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { board, gift, ledgerOf, T0 } from "./testing.ts";
import { type Around, type Arrived, tick } from "./tick.ts";

/** A tick in which nothing is special. */
const around = (change: Partial<Around> = {}): Around => ({
  settings: DEFAULT_SETTINGS,
  secretOf: String,
  room: null,
  roomLikes: null,
  tiktokAt: null,
  heardUpTo: () => T0 + 1_000,
  began: 0,
  ...change,
});

const arrived = (name: string, sent: number | null = null): Arrived => ({
  event: gift(name),
  at: T0 + 1_000,
  came: 1_000,
  sent,
});

const now = { at: T0 + 1_000, came: 1_000 };

Deno.test("a tick keeps the order of what arrived and what was asked", () => {
  const { session } = ledgerOf();
  const { entries, outcomes } = tick(session, [
    arrived("ann"),
    { ...now, command: { type: "freeze", seconds: 0 } },
    arrived("bob"),
    { ...now, command: { type: "freeze" } },
    { ...now, command: { type: "open" } },
    arrived("cid"),
  ], around());
  equal(entries.map(({ type }) => type), [
    "gifted",
    "closing",
    "frozen",
    "gifted",
    "opened",
    "gifted",
  ]);
  equal(outcomes.map(({ ok }) => ok), [true, false, true]);
  equal(board(session), [["ann", 5], ["cid", 5]]);
});

Deno.test("a tick ends a countdown by what was heard, not by what was asked last", () => {
  const types = (heard: number) => {
    const { session } = ledgerOf();
    const freeze = { type: "freeze", seconds: 5 } as const;
    return tick(
      session,
      [{ ...now, command: freeze }],
      around({ heardUpTo: () => now.at + heard }),
    ).entries.map(({ type }) => type);
  };
  equal(types(4_999), ["closing"]);
  equal(types(60_000), ["closing", "frozen"]);
});

Deno.test("a tick knows what was sent before the session ran", () => {
  const { session } = ledgerOf();
  const { began } = tick(session, [
    { at: T0 + 1_000, came: 9_000, fact: { type: "ended" } },
    { at: T0 + 1_000, came: 10_000, fact: { type: "continued" } },
    arrived("early", 7_999), // by a little more than what is given to viewers
    arrived("late", 8_000),
  ], around({ room: createRoom(String) }));
  equal(began, 10_000);
  equal(board(session), [["late", 5]]);
});
