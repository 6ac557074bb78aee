/**
 * Sessions that follow each other while a room goes on: the real connector
 * against the stand-in, and a real store.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import type { Command } from "@/core/shapes/commands.ts";
import type { OpenDesk } from "@/core/desk.ts";
import type { Store } from "@/core/ports.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { hasCaptures, readCaptures } from "@/testing/captures.ts";
import { until } from "@/testing/program.ts";
import { arrange, play } from "@/testing/tiktok_play.ts";
import {
  gift,
  like,
  nextMessageId,
  type RoomMessage,
  ROSE,
  theirNow,
} from "@/testing/tiktok_messages.ts";
import type { Room } from "@/testing/tiktok_room.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";
import { systemClock } from "../clock.ts";
import { openConnection } from "../tiktok/connect.ts";
import { openDesk } from "./desk.ts";
import { createSignLimit } from "../tiktok/sign_limit.ts";

const ANN = { id: "111", nickname: "Ann" };
/** Ms between two gifts of a steady feed. */
const PACE_MS = 3;

/** With a machine's clock that is wrong by so many ms. */
async function inPlace(
  work: (desk: OpenDesk, room: Room, store: Store) => Promise<void>,
  wrongBy = 0,
) {
  const folder = await Deno.makeTempDir();
  const tiktok = await startTikTok();
  const store = await openKvStore(folder);
  const clock = { ...systemClock, wall: () => systemClock.wall() + wrongBy };
  const desk = await openDesk({
    store,
    clock,
    rehearsal: false,
    version: "test",
    connect: (options) =>
      openConnection({
        ...options,
        webUrl: tiktok.url,
        signUrl: tiktok.url,
        signLimit: createSignLimit(clock.elapsed),
        clock,
      }),
  });
  try {
    await work(desk, tiktok.room("studio"), store);
  } finally {
    await desk.close();
    await store.close();
    await tiktok.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function done(desk: OpenDesk, command: Command) {
  const outcome = await desk.submit(command);
  ok(outcome.ok, JSON.stringify(outcome));
}

/** Gives a rose every few ms until it is stopped; the ids of all. */
function feed(room: Room) {
  const ids: string[] = [];
  const timer = setInterval(() => {
    const msgId = nextMessageId();
    ids.push(msgId);
    room.send(gift(ANN, { ...ROSE, type: 2 }, { msgId }));
  }, PACE_MS);
  return { ids, stop: () => clearInterval(timer) };
}

/** Ids of all gifts that earned points, in any session. */
async function earned(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for (const { id } of await store.listSessions()) {
    for await (const entries of store.read(id)) {
      for (const entry of entries) {
        if (entry.type === "gifted" && entry.points > 0) ids.push(entry.id);
      }
    }
  }
  return ids.sort();
}

Deno.test("every gift of a steady feed belongs to one session while 20 begin and 20 are continued", async () => {
  await inPlace(async (desk, room, store) => {
    await done(desk, { type: "connect", channel: "studio" });
    await done(desk, { type: "newSession" });
    await room.entered();
    const { ids, stop } = feed(room);
    // On a fast machine more of them, so that gifts come meanwhile.
    for (let i = 0; i < 20 || ids.length < 60; i++) {
      await done(desk, { type: "newSession" });
    }
    const sessions = (await store.listSessions()).slice(1);
    for (let i = 0; i < 20 || ids.length < 120; i++) {
      const { id } = sessions[i % sessions.length]!;
      await done(desk, { type: "continueSession", sessionId: id });
    }
    stop();
    await until(
      "all are in",
      async () => (await earned(store)).length >= ids.length,
    );
    ok(ids.length > 100, `${ids.length} gifts`);
    equal(await earned(store), ids.toSorted());
  });
});

/** Points by viewer of one session. */
async function pointsOf(desk: OpenDesk, id: string) {
  const view = (await desk.view(id))!;
  const { rows } = view.board({ offset: 0, limit: 500 });
  return Object.fromEntries(rows.map((row) => [row.viewerId, row.points]));
}

async function begin(desk: OpenDesk, channel?: string): Promise<string> {
  await done(desk, { type: "newSession", ...(channel && { channel }) });
  return desk.state().session!.id;
}

/** Waits until a viewer has so many points in the session that runs. */
async function reach(desk: OpenDesk, viewerId: string, points: number) {
  await until(
    `${viewerId} has ${points} points`,
    async () => (await pointsOf(desk, "current"))[viewerId] === points,
  );
}

/**
 * An evening of two sessions, with a replay and what was sent before either;
 * the points of both.
 */
async function playEvening(
  desk: OpenDesk,
  room: Room,
  recorded: RoomMessage[],
) {
  const lion = { id: "9", name: "Lion", diamonds: 1_000, type: 2 };
  const ago = (ms: number) => ({ at: theirNow() - ms });
  room.replay = 2_000;
  // Nobody is connected yet; the first connection brings all of it.
  room.send([gift(ANN, lion, ago(60_000)), like(ANN, 15, ago(30_000))]);
  room.send(gift(ANN, ROSE, { ...ago(5_000), count: 7, group: "77" }));
  const first = await begin(desk, "studio");
  await room.entered();
  await play(room, arrange(recorded, { batch: 25 }));
  room.send(gift(ANN, ROSE, { count: 9, group: "77" }));
  await reach(desk, ANN.id, 10);

  const second = await begin(desk);
  room.drop();
  await until("it is lost", () => desk.state().connection.state !== "live");
  // It connects again by itself, and hears everything once more.
  await until("it is back", () => desk.state().connection.state === "live", 60);
  room.send(gift(ANN, ROSE, { count: 10, group: "77" }));
  await reach(desk, ANN.id, 5);
  return [await pointsOf(desk, first), await pointsOf(desk, second)];
}

Deno.test("no point of an evening differs with the machine's clock ten minutes ahead or behind", async () => {
  const recorded = await hasCaptures()
    ? (await Array.fromAsync(readCaptures()))
      .filter(({ method }) => method !== "WebcastControlMessage")
    : [];
  const evenings = await Promise.all(
    [0, 600_000, -600_000].map(async (wrongBy) => {
      let points: Record<string, number>[] = [];
      await inPlace(async (desk, room) => {
        points = await playEvening(desk, room, recorded);
      }, wrongBy);
      return points;
    }),
  );
  const [right, ahead, behind] = evenings;
  equal(right![1], { [ANN.id]: 5 });
  ok(recorded.length === 0 || Object.keys(right![0]!).length > 50);
  equal([ahead, behind], [right, right]);
});

Deno.test("what a frame brought before a freeze counts, however long it takes to read", async () => {
  await inPlace(async (desk, room, store) => {
    const session = await begin(desk, "studio");
    await room.entered();
    const likes = Array.from({ length: 20_000 }, () => like(ANN, 15));
    room.send(likes); // one frame
    await until("the first are in", () => desk.frame().rows.length > 0);
    await done(desk, { type: "freeze", seconds: 0 });
    await until("all are in", async () => {
      const { totals } = (await desk.view("current"))!.summary();
      return totals.likes / 15 + totals.late === likes.length;
    }, 60);
    let late = 0;
    for await (const entries of store.read(session)) {
      late += entries.filter((entry) => "idle" in entry).length;
    }
    equal(late, 0);
  });
});
