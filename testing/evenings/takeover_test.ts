/**
 * Several processes and a Redis that die and freeze at random moments of one
 * evening: the board ends as if nothing had happened.
 *
 * `CHAOS_KILLS` sets how often (the long form: 20), `CHAOS_SEED` when.
 */
import { deepStrictEqual as equal, match, ok } from "node:assert";
import { createSeeded } from "@/core/seeded.ts";
import { systemClock } from "@/ingest/clock.ts";
import { openFrames } from "../frame_stream.ts";
import { writeEvening } from "../large_evening.ts";
import { api, type Program, startProgram, until } from "../program.ts";
import { readRedisBoard } from "../redis_board.ts";
import { startRedis } from "../redis.ts";
import { chat, gift, like, ROSE } from "../tiktok_messages.ts";
import type { RoomMessage } from "../tiktok_messages.ts";
import { arrange, play } from "../tiktok_play.ts";
import { startTikTok, type TikTokServer } from "../tiktok_server.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { openRedisStore } from "@/redis/store.ts";

const CHANNEL = "studio";
const EVENTS = 20_000;
const KILLS = Number(Deno.env.get("CHAOS_KILLS") ?? 2);
/** Messages a second: the evening then lasts as long as the chaos needs. */
const RATE = EVENTS / (2 + 3 * KILLS);
const SEED = Number(Deno.env.get("CHAOS_SEED") ?? 1);
/** From a death to the next owner's lead, in ms. */
const TAKEOVER_MS = 5_000;

/** What so many viewers send; the same for the same seed. */
function evening(count: number): RoomMessage[] {
  const seeded = createSeeded(7);
  const combos = new Map<string, number>();
  return Array.from({ length: count }, (_, i) => {
    const n = seeded.between(1, 400);
    const from = {
      id: String(6_900_000_000_000_000_000n + BigInt(n)),
      handle: `viewer_${n}`,
      nickname: `น้องเมย์ ${n} 🌸`,
      follower: n % 3 === 0,
    };
    const kind = seeded.next();
    if (kind < 0.6) return like(from, seeded.between(1, 15));
    if (kind < 0.85) {
      const group = String(n * 1_000 + (i >> 9));
      const total = (combos.get(group) ?? 0) + seeded.between(1, 3);
      combos.set(group, total);
      return gift(from, ROSE, { count: total, group });
    }
    return chat(from, `ขอเพลงหน่อยค่ะ ${i % 397}`);
  });
}

interface Place {
  tiktok: TikTokServer;
  folder: string;
  /** Starts a process with a data folder of that name. */
  start(folder: string, redisUrl?: string): Promise<Program>;
}

async function inPlace(work: (place: Place) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const tiktok = await startTikTok();
  const room = tiktok.room(CHANNEL);
  // Every new connection gets all of the last seconds again.
  room.replay = EVENTS;
  const programs: Program[] = [];
  try {
    await work({
      tiktok,
      folder,
      async start(name, redisUrl) {
        const program = await startProgram({
          DATA_DIR: `${folder}/${name}`,
          TIKTOK_WEB_URL: tiktok.url,
          TIKTOK_SIGN_URL: tiktok.url,
          ...(redisUrl && { REDIS_URL: redisUrl }),
        });
        programs.push(program);
        return program;
      },
    });
  } catch (error) {
    for (const program of programs) console.log(program.printed());
    throw error;
  } finally {
    for (const program of programs) await ended(program);
    await tiktok.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function ended(program: Program) {
  try {
    Deno.kill(program.pid, "SIGCONT");
    await program.end("SIGKILL");
  } catch (error) {
    if (
      !(error instanceof TypeError || error instanceof Deno.errors.NotFound)
    ) {
      throw error; // else it has ended already
    }
  }
}

interface State {
  frame: { viewers: number };
  session: { id: string; seq: number } | null;
  connection: { state: string };
  health: {
    leader: { here: boolean; name: string | null } | null;
    redis: { state: string; detail: string } | null;
  };
}

async function stateOf(program: Program): Promise<State> {
  return (await api(program, "state")).body as unknown as State;
}

async function leads(program: Program): Promise<boolean> {
  const { health, session } = await stateOf(program);
  return session !== null && health.leader?.here === true;
}

async function begin(program: Program): Promise<void> {
  await until(
    "it leads",
    async () => (await stateOf(program)).health.leader?.here !== false,
  );
  const connect = { type: "connect", channel: CHANNEL };
  equal((await api(program, "commands", connect)).status, 200);
  await until(
    "it is live",
    async () => (await stateOf(program)).connection.state === "live",
  );
  const started = await api(program, "commands", { type: "newSession" });
  equal(started.status, 200);
}

/** Waits until nothing more arrives. */
async function quiet(program: Program) {
  let last = -1, same = 0;
  await until("the ledger stands still", async () => {
    const { session, connection } = await stateOf(program);
    same = session?.seq === last && connection.state === "live" ? same + 1 : 0;
    last = session?.seq ?? -1;
    return same > 20;
  }, 60);
}

/** The board's hash as the export of the running session ends with it. */
async function hashOf(program: Program): Promise<string> {
  const path = "/api/sessions/current/export.jsonl";
  const text = await (await fetch(program.url + path)).text();
  const { type, board } = JSON.parse(text.trim().split("\n").at(-1)!);
  equal(type, "end");
  return board;
}

/** The hash after an evening that nothing disturbs, without Redis. */
async function undisturbed(messages: RoomMessage[]): Promise<string> {
  let hash = "";
  await inPlace(async ({ tiktok, start }) => {
    const program = await start("only");
    await begin(program);
    const batches = arrange(messages, { batch: 25 });
    await play(tiktok.room(CHANNEL), batches, { made: "now" });
    await quiet(program);
    hash = await hashOf(program);
    ok((await stateOf(program)).frame.viewers > 300);
  });
  return hash;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

Deno.test("owners that die and freeze at random moments leave the board as if nothing had happened", async () => {
  const messages = evening(EVENTS);
  const wanted = await undisturbed(messages);
  const redis = await startRedis();
  const seeded = createSeeded(SEED);
  try {
    await inPlace(async ({ tiktok, start }) => {
      const room = tiktok.room(CHANNEL);
      let owner = await start("a", redis.url);
      let folder = "a";
      await begin(owner);
      let other = await start("b", redis.url);
      let otherFolder = "b";
      const pause = EVENTS / RATE * 1_000 / (KILLS + 1);
      const playing = play(room, arrange(messages, { batch: 25 }), {
        ...{ rate: RATE, made: "now" },
      });
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(pause * (0.5 + seeded.next()));
        const shown = (await stateOf(owner)).session!.seq;
        const freezes = kill % 2 === 1;
        const diedAt = performance.now();
        if (freezes) Deno.kill(owner.pid, "SIGSTOP");
        else await owner.end("SIGKILL");
        const next = other;
        await until("another leads", () => leads(next), 10);
        const took = performance.now() - diedAt;
        ok(took < TAKEOVER_MS, `it took ${took} ms until another led`);
        const { session } = await stateOf(next);
        ok(session!.seq >= shown, `entry ${shown} was shown and is lost`);
        if (freezes) {
          Deno.kill(owner.pid, "SIGCONT");
          const woken = owner;
          await until(
            "the old owner stands by",
            async () => (await stateOf(woken)).health.leader?.here === false,
          );
          match(woken.printed(), /leads now; this process stands by/);
          [owner, other] = [other, owner];
        } else {
          const dead = folder;
          owner = other;
          other = await start(dead, redis.url);
        }
        [folder, otherFolder] = [otherFolder, folder];
        await until(
          "it is live again",
          async () => (await stateOf(owner)).connection.state === "live",
        );
      }
      await playing;
      await quiet(owner);
      equal(await hashOf(owner), wanted);
      const { session } = await stateOf(owner);
      const board = await readRedisBoard(redis.url, session!.id);
      equal([board.seq, board.hash], [session!.seq, wanted]);
      ok(!await leads(other));
    });
  } finally {
    await redis.stop();
  }
});

Deno.test("a Redis that dies at random moments loses no acknowledged event and counts none twice", async () => {
  const messages = evening(EVENTS);
  const wanted = await undisturbed(messages);
  const redis = await startRedis();
  const seeded = createSeeded(SEED + 1);
  try {
    await inPlace(async ({ tiktok, start }) => {
      const program = await start("a", redis.url);
      await begin(program);
      const pause = EVENTS / RATE * 1_000 / (KILLS + 1);
      const playing = play(
        tiktok.room(CHANNEL),
        arrange(messages, { batch: 25 }),
        { rate: RATE, made: "now" },
      );
      for (let kill = 0; kill < KILLS; kill++) {
        await sleep(pause * (0.5 + seeded.next()));
        await redis.kill();
        const shown = (await stateOf(program)).session!.seq;
        await sleep(seeded.between(0, 1_500));
        await redis.restart();
        ok((await stateOf(program)).session!.seq >= shown);
      }
      await playing;
      await quiet(program);
      await until(
        "Redis is up to date",
        async () => (await stateOf(program)).health.redis?.state === "ok",
      );
      equal(await hashOf(program), wanted);
      const { session } = await stateOf(program);
      await until("the board in Redis is the same", async () => {
        const board = await readRedisBoard(redis.url, session!.id);
        return board.seq === session!.seq && board.hash === wanted;
      }, 10);
    });
  } finally {
    await redis.stop();
  }
});

/** Waits until it says that it follows; how often it has said so for whom. */
async function follows(program: Program, sessionId: string, times = 1) {
  const line = `Follows "${sessionId}", ready`;
  await until(
    `it follows ${sessionId}`,
    () => program.printed().split(line).length > times,
    60,
  );
}

Deno.test("a process with an empty folder that stands by goes on with a large evening at once", async () => {
  const redis = await startRedis();
  try {
    await inPlace(async ({ folder, start }) => {
      const archive = await openKvStore(`${folder}/a`);
      const store = await openRedisStore({
        clock: systemClock,
        url: redis.url,
        archive,
      });
      const size = { viewers: 10_000, events: 50_000 };
      const evening = await writeEvening(store, CHANNEL, size);
      await store.close();
      const owner = await start("a", redis.url);
      await until("it leads", () => leads(owner));
      const next = await start("b", redis.url);
      await follows(next, evening.id);

      // Another one, and back again.
      equal((await api(owner, "commands", { type: "newSession" })).status, 200);
      const { session } = await stateOf(owner);
      await follows(next, session!.id);
      const back = { type: "continueSession", sessionId: evening.id };
      equal((await api(owner, "commands", back)).status, 200);
      await follows(next, evening.id, 2);

      const shown = (await stateOf(owner)).session!.seq;
      const first = Promise.withResolvers<number>();
      const stream = await openFrames(next.url, "", undefined, (frame) => {
        if (frame.session?.id === evening.id) first.resolve(frame.seq);
      });
      const diedAt = performance.now();
      await owner.end("SIGKILL");
      const seq = await first.promise;
      const took = performance.now() - diedAt;
      stream.close();
      ok(took < TAKEOVER_MS, `it took ${took} ms to its first frame`);
      ok(seq >= shown, `entry ${shown} was shown and is lost`);
      await quiet(next);
      const board = await readRedisBoard(redis.url, evening.id);
      equal(await hashOf(next), board.hash);
      equal(board.seq, (await stateOf(next)).session!.seq);
    });
  } finally {
    await redis.stop();
  }
});

Deno.test("over a take-over TikTok has one connection, beside that of a process that is frozen", async () => {
  const redis = await startRedis();
  const messages = evening(3_000);
  const wanted = await undisturbed(messages);
  const [first, second, third] = [0, 1_000, 2_000].map((from) =>
    arrange(messages.slice(from, from + 1_000), { batch: 25 })
  );
  try {
    await inPlace(async ({ tiktok, start }) => {
      const room = tiktok.room(CHANNEL);
      const owner = await start("a", redis.url);
      await begin(owner);
      const standby = await start("b", redis.url);
      await follows(standby, (await stateOf(owner)).session!.id);
      await play(room, first!, { made: "now" });
      equal([room.counts.open, room.counts.sockets], [1, 1]);

      // Killed: its connection ends with it, and the next one comes later.
      await owner.end("SIGKILL");
      await until("the dead one has left", () => room.counts.open === 0, 2);
      await until("another is live", () => isLive(standby));
      await play(room, second!, { made: "now" });
      equal([room.counts.mostOpen, room.counts.sockets], [1, 2]);

      // Frozen: its connection stays, unread, until it can learn of the other.
      const next = await start("a", redis.url);
      await follows(next, (await stateOf(standby)).session!.id);
      Deno.kill(standby.pid, "SIGSTOP");
      await until("another is live", () => isLive(next));
      equal([room.counts.open, room.counts.sockets], [2, 3]);
      await play(room, third!, { made: "now" }); // to both; only one may count it
      const wokenAt = performance.now();
      Deno.kill(standby.pid, "SIGCONT");
      await until("the woken one has left", () => room.counts.open === 1, 3);
      const took = performance.now() - wokenAt;
      ok(took < 2_000, `it kept its connection for ${took} ms`);
      await until("it stands by", async () => !await leads(standby));
      equal((await stateOf(standby)).connection.state, "off");
      equal([room.counts.mostOpen, room.counts.sockets], [2, 3]);

      await quiet(next);
      equal(await hashOf(next), wanted);
      equal((await readRedisBoard(redis.url, await idOf(next))).hash, wanted);
      equal(room.counts.open, 1);
    });
  } finally {
    await redis.stop();
  }
});

async function isLive(program: Program): Promise<boolean> {
  return (await stateOf(program)).connection.state === "live";
}

async function idOf(program: Program): Promise<string> {
  return (await stateOf(program)).session!.id;
}
