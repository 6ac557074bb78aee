/**
 * Messages with bytes changed at random, through the real decoder: whatever a
 * schema makes of them, nothing throws, what is let in fits the game's own
 * schemas, and its sums stay exact.
 */
import { ok } from "node:assert";
import { deserializeMessage } from "tiktok-live-connector";
import { Entry } from "@/core/shapes/entries.ts";
import { LiveEvent } from "@/core/shapes/events.ts";
import { createSeeded } from "@/core/seeded.ts";
import type { Session } from "@/core/session.ts";
import { play, started } from "@/core/testing.ts";
import {
  amend,
  asUser,
  chat,
  gift,
  like,
  question,
  type RoomMessage,
  roomUser,
  ROSE,
  share,
} from "@/testing/tiktok_messages.ts";
import { readMessage } from "./messages.ts";

const SEEDS = 20;
const MUTANTS = 100;

Deno.test("a message with any bytes changed is refused, or counts exactly", () => {
  const messages = [...plain(), ...WILD.flatMap(wild)];
  let taken = 0;
  for (let seed = 1; seed <= SEEDS; seed++) taken += played(messages, seed);
  ok(taken > SEEDS * MUTANTS / 10, `only ${taken} were taken`);
});

/** Plays the mutants of a seed; how many events came of them. */
function played(messages: RoomMessage[], seed: number): number {
  const { between, pick } = createSeeded(seed);
  const session = started();
  const counts = { undecodable: 0, empty: 0 };
  let taken = 0;
  for (let i = 0; i < MUTANTS; i++) {
    const { method, payload } = pick(messages);
    const bytes = Uint8Array.from(payload);
    for (let change = between(1, 4); change > 0; change--) {
      bytes[between(0, bytes.length - 1)] = between(0, 255);
    }
    const data = decoded(method, bytes);
    if (data === null) continue;
    for (const event of readMessage(method, data, counts, 1, "studio")) {
      if (event.type === "room" || event.type === "ended") continue;
      taken++;
      for (const entry of play(session, [LiveEvent.parse(event)])) {
        Entry.parse(entry);
      }
    }
  }
  ok(sumsOf(session).every((sum) => Number.isSafeInteger(sum)), `${seed}`);
  return taken;
}

function plain(): RoomMessage[] {
  const ann = { id: "111", nickname: "Ann", follower: true };
  const rose = gift(ann, ROSE, { count: 7, group: "17", end: true });
  return [
    chat(ann, "สวัสดี"),
    like(ann, 15, { total: 900 }),
    rose,
    amend(rose, { groupId: "0", toUser: asUser({ id: "7" }) }),
    share(ann),
    question(ann, "ทำไม?"),
    roomUser(12),
  ];
}

/** Numbers at the ends of what the fields can hold. */
const WILD = [-(2 ** 31), -1, 0, 1e6 + 1, 2 ** 31 - 1];

function wild(n: number): RoomMessage[] {
  const ann = { id: "112" };
  const time = { common: { createTime: String(n) } };
  return [
    gift(ann, ROSE, { count: n, group: "18" }),
    gift(ann, { ...ROSE, diamonds: n, type: 2 }),
    amend(like(ann, 15, { total: n }), time),
    like(ann, n),
  ];
}

/** What the connector makes of bytes; null where it refuses them itself. */
function decoded(method: string, bytes: Uint8Array): unknown {
  const name = method as Parameters<typeof deserializeMessage>[0];
  try {
    return deserializeMessage(name, Buffer.from(bytes));
  } catch {
    return null; // it counts these as undecodable
  }
}

function sumsOf({ totals, tallies }: Session): number[] {
  const { points, likes, diamonds } = totals;
  return [
    ...[points, likes, diamonds],
    ...tallies.values().flatMap((tally) => [
      tally.points,
      tally.diamonds,
      ...Object.values(tally.made),
    ]),
  ];
}
