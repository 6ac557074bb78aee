/**
 * Sessions that follow each other while a room goes on: the real connector
 * against the stand-in, and a real store.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import type { Command } from "@/core/commands.ts";
import type { OpenDesk } from "@/core/desk.ts";
import type { Store } from "@/core/ports.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { until } from "@/testing/fake_clock.ts";
import { gift, nextMessageId, ROSE } from "@/testing/tiktok_messages.ts";
import type { Room } from "@/testing/tiktok_room.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";
import { openConnection } from "./connect.ts";
import { openDesk } from "./desk.ts";
import { createSignLimit } from "./sign_limit.ts";

const ANN = { id: "111", nickname: "Ann" };
/** Ms between two gifts of a steady feed. */
const PACE_MS = 3;

async function inPlace(
  work: (desk: OpenDesk, room: Room, store: Store) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const tiktok = await startTikTok();
  const store = await openKvStore(folder);
  const desk = await openDesk({
    store,
    rehearsal: false,
    version: "test",
    connect: (options) =>
      openConnection({
        ...options,
        webUrl: tiktok.url,
        signUrl: tiktok.url,
        signLimit: createSignLimit(Date.now),
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
    for (let i = 0; i < 20; i++) await done(desk, { type: "newSession" });
    const sessions = (await store.listSessions()).slice(1);
    for (const { id } of sessions.slice(0, 20)) {
      await done(desk, { type: "continueSession", sessionId: id });
    }
    stop();
    const isIn = async () => (await earned(store)).length >= ids.length;
    for (let i = 0; i < 200 && !await isIn(); i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    ok(ids.length > 100, `${ids.length} gifts`);
    equal(await earned(store), ids.toSorted());
  });
});
