/**
 * A viewer who was deleted, looked for byte by byte: in everything that the
 * program keeps, in its folder and in Redis.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import { createClient } from "redis";
import { compact } from "@/tasks/compact.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";
import {
  chat,
  gift,
  question,
  ROSE,
  type Sender,
} from "@/testing/tiktok_messages.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";

const WANDA: Sender = {
  id: "7311112222333344",
  handle: "wantstogo",
  nickname: "Wanda Vanishing",
};
const STAYS: Sender = {
  id: "7399998888777766",
  handle: "stays",
  nickname: "Sten",
};
/** What must not be found anywhere; and something that must. */
const HERS = [
  WANDA.id,
  WANDA.handle!,
  WANDA.nickname!,
  "her own sentence",
  "her question",
  "her reason",
];
const HIS = "his own sentence";

/** Which words a file of a folder holds, at any depth. */
async function wordsIn(folder: string, words: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) {
      for (const word of await wordsIn(path, words)) found.add(word);
      continue;
    }
    const text = new TextDecoder("latin1").decode(await Deno.readFile(path));
    for (const word of words) if (text.includes(word)) found.add(word);
  }
  return found;
}

async function keyed(program: Program, key: string, body: unknown) {
  const response = await fetch(`${program.url}/api/commands`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  strictEqual(response.status, 200, text);
  return JSON.parse(text);
}

Deno.test("of a deleted viewer not a byte is left, in the folder and in Redis", async () => {
  const data = await Deno.makeTempDir();
  const [tiktok, redis] = await Promise.all([
    startTikTok(),
    startRedis({
      settings: { rdbcompression: "no", "aof-use-rdb-preamble": "no" },
    }),
  ]);
  const settings = {
    DATA_DIR: data,
    REDIS_URL: redis.url,
    TIKTOK_WEB_URL: tiktok.url,
    TIKTOK_SIGN_URL: tiktok.url,
    CHANNEL: "studio",
  };
  const room = tiktok.room("studio"); // it is live before anybody asks
  const program = await startProgram(settings);
  const client = createClient({ url: redis.url });
  try {
    await client.connect();
    await room.entered();
    await api(program, "commands", { type: "newSession", title: "Friday" });
    room.send([
      gift(WANDA, ROSE, { count: 2, end: true, group: "1" }),
      chat(WANDA, "her own sentence"),
      question(WANDA, "her question"),
      gift(STAYS, ROSE, { count: 1, end: true, group: "2" }),
      chat(STAYS, HIS),
    ]);
    await until("both are there", async () => {
      const { body } = await api(program, "comments");
      return (body.items as unknown[]).length >= 2;
    });
    const viewerId = WANDA.id;
    const { body } = await api(program, `viewers/${viewerId}`);
    const [comment] = body.comments as { id: string }[];
    const commentId = comment!.id;
    await keyed(program, "line-up", {
      type: "queueComment",
      viewerId,
      commentId,
    });
    const points = { points: 3, reason: "her reason" };
    await keyed(program, "give", { type: "adjustPoints", viewerId, ...points });
    const won = await keyed(program, "win", { type: "selectWinner" });
    strictEqual(won.entry.viewerId, viewerId);
    // A snapshot, an archive: all that is written when a game is over.
    await api(program, "commands", { type: "newSession", title: "Saturday" });
    await program.end();
    equal(await wordsIn(data, HERS), new Set(HERS), "it can be found");

    const again = await startProgram(settings);
    const forget = async () => {
      const path = `${again.url}/api/viewers/${viewerId}`;
      return await (await fetch(path, { method: "DELETE" })).json();
    };
    // She also writes in the game that runs; it began without a word of hers.
    await room.entered();
    room.send(chat(WANDA, "her own sentence"));
    await until("it is there", async () => {
      const { body } = await api(again, "comments");
      return (body.items as unknown[]).length > 0;
    });
    equal(await forget(), { sessions: 1, pending: true });
    await api(again, "commands", { type: "newSession", title: "Sunday" });
    await until("it follows", async () => !(await forget()).pending);
    const repeated = await keyed(again, "win", { type: "selectWinner" });
    strictEqual(repeated.seq, won.seq, "a key still gives its answer");
    strictEqual(repeated.entry.won, won.entry.won);
    ok(repeated.entry.viewerId.startsWith("gone-"));
    await again.end();

    // SQLite and Redis write over what was deleted in their own time; now.
    await compact(data);
    equal(await wordsIn(data, [...HERS, HIS]), new Set([HIS]));
    const folder = (await client.configGet("dir")).dir!;
    await client.sendCommand(["BGREWRITEAOF"]);
    await until(
      "Redis has written its file anew",
      async () =>
        /aof_rewrite_in_progress:0[^]*aof_rewrite_scheduled:0/.test(
          await client.info("persistence"),
        ) && !(await wordsIn(folder, [WANDA.nickname!])).size,
    );
    equal(
      await wordsIn(folder, [...HERS, STAYS.nickname!]),
      new Set([STAYS.nickname!]),
    );
  } finally {
    client.destroy();
    await program.end();
    await tiktok.close();
    await redis.stop();
    await Deno.remove(data, { recursive: true });
  }
});
