/**
 * A large evening changes hands: the process that runs it is killed, and
 * another one, whose data folder was empty when it began to stand by, goes on.
 * From the kill to its first frame, over a real Redis, with events coming in.
 *
 * @example
 * ```sh
 * deno run -A testing/bench/takeover_bench.ts
 * ```
 *
 * @module
 */
import { systemClock } from "@/ingest/clock.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { openRedisStore } from "@/redis/store.ts";
import { openFrames } from "@/testing/frame_stream.ts";
import { writeEvening } from "@/testing/large_evening.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";
import { like } from "@/testing/tiktok_messages.ts";
import type { Room } from "@/testing/tiktok_room.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";

const VIEWERS = 100_000;
const EVENTS = 250_000;
const CHANNEL = "studio";
const ROUNDS = 3;
/** Likes a second while hands change. */
const RATE = 500;

/** Runs the bench and prints its figures. */
export async function run(): Promise<void> {
  const redis = await startRedis();
  const tiktok = await startTikTok();
  const folder = await Deno.makeTempDir();
  const programs = new Set<Program>();
  const start = async (name: string) => {
    const program = await startProgram({
      DATA_DIR: `${folder}/${name}`,
      REDIS_URL: redis.url,
      TIKTOK_WEB_URL: tiktok.url,
      TIKTOK_SIGN_URL: tiktok.url,
    });
    programs.add(program);
    return program;
  };
  let stop = () => {};
  try {
    const seq = await fill(`${folder}/first`, redis.url);
    console.log(`\n${VIEWERS} viewers, ${seq} entries, ${RATE} events/s`);
    stop = pour(tiktok.room(CHANNEL));
    let owner = await start("first");
    await until("it is live", () => isLive(owner), 120);
    for (let round = 0; round < ROUNDS; round++) {
      const from = performance.now();
      const next = await start(`standby-${round}`);
      await until("it is ready", () => isReady(next), 120);
      const ready = performance.now() - from;
      const { lead, live } = await takeOver(owner, next);
      console.log(
        `ready after ${seconds(ready)} of standing by; first frame ${
          seconds(lead)
        } after the kill, TikTok again after ${seconds(live)}`,
      );
      owner = next;
    }
  } finally {
    stop();
    for (const program of programs) await program.end("SIGKILL");
    await tiktok.close();
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Kills the owner; ms until the next one shows and hears something. */
async function takeOver(owner: Program, next: Program) {
  const shown = Promise.withResolvers<number>();
  const stream = await openFrames(next.url, "", undefined, (frame) => {
    if (frame.session) shown.resolve(performance.now());
  });
  const killedAt = performance.now();
  await owner.end("SIGKILL");
  const lead = await shown.promise - killedAt;
  await until("it is live", () => isLive(next), 60);
  stream.close();
  return { lead, live: performance.now() - killedAt };
}

async function fill(folder: string, url: string): Promise<number> {
  const archive = await openKvStore(folder);
  const store = await openRedisStore({ clock: systemClock, url, archive });
  const size = { viewers: VIEWERS, events: EVENTS };
  const { seq } = await writeEvening(store, CHANNEL, size);
  await store.close();
  return seq;
}

async function isLive(program: Program): Promise<boolean> {
  const { body } = await api(program, "state");
  return (body.connection as { state: string }).state === "live";
}

function isReady(program: Program): boolean {
  return /ready to go on with it/.test(program.printed());
}

/** Likes of everybody in turn; stops when the function given back is called. */
function pour(room: Room): () => void {
  let n = 0;
  const timer = setInterval(() => {
    room.send(Array.from({ length: RATE / 10 }, () => {
      const i = n++ * 7_919 % VIEWERS;
      const id = String(6_800_000_000_000_000_000n + BigInt(i) * 7_919n);
      const name = `viewer_${i}`;
      return like({ id, handle: name, nickname: name, follower: true }, 5);
    }));
  }, 100);
  return () => clearInterval(timer);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

if (import.meta.main) await run();
