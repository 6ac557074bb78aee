/**
 * Everything that can be wrong with a Redis, one after the other in one
 * evening: what the host reads in the panel, in both languages, and that
 * nothing is lost.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import type { Page } from "playwright-core";
import { createClient } from "redis";
import type { LiveHealth } from "@/core/ports.ts";
import { type Language, textsOf } from "@/locales/mod.ts";
import { openChromium } from "../chromium.ts";
import { api, type Program, startProgram, until } from "../program.ts";
import { readRedisBoard } from "../redis_board.ts";
import { startRedis, type TestRedis } from "../redis.ts";

type Trouble = LiveHealth["state"];

/** A trouble, how it comes about and how it ends. */
interface Case {
  state: Trouble;
  begins(redis: TestRedis): Promise<void>;
  ends(redis: TestRedis): Promise<void>;
  /** The points go on to Redis all the same. */
  isRisk?: true;
}

const PASSWORD = "not-the-one-in-REDIS_URL";

/** Commands for the server itself, and then everybody is sent away. */
async function tell(
  { port }: TestRedis,
  ...commands: (string[] | "leave")[]
): Promise<void> {
  const client = createClient({ url: `redis://127.0.0.1:${port}` });
  await client.connect();
  for (const command of commands) {
    await client.sendCommand(
      command === "leave"
        ? ["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]
        : command,
    );
  }
  client.destroy();
}

const set = (name: string, value: string) => ["CONFIG", "SET", name, value];

const CASES: Case[] = [
  {
    state: "unreachable",
    begins: (redis) => redis.kill(),
    ends: (redis) => redis.restart(),
  },
  {
    state: "unreachable", // it is there, and does not answer
    begins: (redis) => Promise.resolve(redis.signal("SIGSTOP")),
    ends: (redis) => Promise.resolve(redis.signal("SIGCONT")),
  },
  {
    state: "refused",
    begins: (redis) => tell(redis, set("requirepass", PASSWORD), "leave"),
    async ends({ port }) {
      const url = `redis://:${PASSWORD}@127.0.0.1:${port}`;
      const client = await createClient({ url }).connect();
      await client.configSet("requirepass", "");
      client.destroy();
    },
  },
  {
    state: "read_only",
    begins: (redis) => tell(redis, ["REPLICAOF", "127.0.0.1", "1"]),
    ends: (redis) => tell(redis, ["REPLICAOF", "NO", "ONE"]),
  },
  {
    state: "full",
    begins: (redis) => tell(redis, set("maxmemory", "1mb")),
    ends: (redis) => tell(redis, set("maxmemory", "0")),
  },
  {
    state: "not_safe",
    begins: (redis) => tell(redis, set("appendonly", "no"), "leave"),
    ends: (redis) => tell(redis, set("appendonly", "yes"), "leave"),
    isRisk: true,
  },
];

async function redisOf(program: Program): Promise<LiveHealth> {
  const { health } = (await api(program, "state")).body as {
    health: { redis: LiveHealth };
  };
  return health.redis;
}

/** What a panel says in its banners. */
async function bannersOf(page: Page): Promise<string> {
  return (await page.locator(".banner").allInnerTexts()).join("\n");
}

Deno.test({
  name:
    "whatever is wrong with Redis is said in the host's language, and nothing is lost",
  sanitizeOps: false, // the browser's own
  sanitizeResources: false,
}, async () => {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  await redis.kill(); // it is down when the program starts
  const program = await startProgram({
    DATA_DIR: folder,
    REDIS_URL: redis.url,
    ROOM: "simulated",
    CHANNEL: "demo",
  });
  const browser = await openChromium();
  const panels: { page: Page; language: Language }[] = [];
  try {
    for (const language of ["th", "en"] as const) {
      const locale = language === "th" ? "th-TH" : "en-US";
      const page = await browser.newPage({ locale });
      await page.goto(`${program.url}/admin`);
      await page.locator('.panel[data-ready="true"]').waitFor();
      panels.push({ page, language });
    }

    /** All panels say this of Redis, or nothing. */
    const say = async (state: Trouble | null, isKept: boolean) => {
      for (const { page, language } of panels) {
        const { health } = textsOf(language);
        const words = state && `${health.redis}: ${health.redisStates[state]}`;
        await until(`the ${language} panel says ${state}`, async () => {
          const banners = await bannersOf(page);
          return words === null
            ? !banners.includes(health.redis)
            : banners.includes(words) &&
              banners.includes(health.redisAway) === isKept;
        });
      }
    };
    const acknowledged: number[] = [];
    const command = async (body: Record<string, unknown>) => {
      const answer = await api(program, "commands", body);
      equal([body.type, answer.status], [body.type, 200]);
      acknowledged.push(answer.body.seq as number);
    };

    // A place that has met no other begins alone, and keeps what happens.
    const id = async () => {
      const { session } = (await api(program, "state")).body;
      return (session as { id: string } | null)?.id ?? null;
    };
    await until("the game runs", async () => await id() !== null);
    await say("unreachable", true);
    const begun = await id();
    await command({ type: "freeze", seconds: 0 });
    await command({ type: "open" });
    await redis.restart();
    await say(null, false);
    await until("it leads for all", async () => {
      const response = await fetch(`${program.url}/readyz`);
      await response.body?.cancel();
      return response.ok;
    });
    equal(await id(), begun, "the game that was begun alone goes on");

    for (const { state, begins, ends, isRisk } of CASES) {
      await command({ type: "freeze", seconds: 0 });
      await begins(redis);
      await command({ type: "open" });
      await until(
        `it is ${state}`,
        async () => (await redisOf(program)).state === state,
      );
      await say(state, !isRisk);
      await command({ type: "freeze", seconds: 0 });
      await ends(redis);
      await until(
        `${state} is over`,
        async () => (await redisOf(program)).state === "ok",
      );
      await command({ type: "open" });
      await say(null, false);
    }

    await command({ type: "freeze", seconds: 0 });
    equal((await api(program, "commands", { type: "disconnect" })).status, 200);
    await noneMissing(program, redis, acknowledged);
  } finally {
    await browser.close();
    await program.end("SIGKILL");
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

/** Every command is in the ledger, and Redis has the same ledger and board. */
async function noneMissing(
  program: Program,
  redis: TestRedis,
  acknowledged: number[],
) {
  const text = await (await fetch(
    `${program.url}/api/sessions/current/export.jsonl`,
  )).text();
  const [header, ...lines] = text.trim().split("\n")
    .map((line) => JSON.parse(line));
  const end = lines.pop();
  equal(lines.map(({ seq }) => seq), lines.map((_, i) => i + 1));
  for (const seq of acknowledged) {
    ok(/frozen|opened|closing/i.test(lines[seq - 1].type), lines[seq - 1].type);
  }
  const board = await readRedisBoard(redis.url, header.session.id);
  equal(board, { seq: end.seq, hash: end.board });
}
