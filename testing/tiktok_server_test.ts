import { deepStrictEqual, match, notDeepStrictEqual, ok } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openConnection } from "@/ingest/tiktok/connect.ts";
import { createSignLimit } from "@/ingest/tiktok/sign_limit.ts";
import { until } from "./fake_clock.ts";
import { chat, type RoomMessage } from "./tiktok_messages.ts";
import { arrange } from "./tiktok_play.ts";

const SAID = Array.from(
  { length: 25 },
  (_, i) => chat({ id: String(100 + i) }, `comment ${i}`),
);

Deno.test("arrange() copies, shuffles and batches, the same for the same seed", () => {
  const options = { times: 3, shuffle: 9, batch: 4 };
  const batches = arrange(SAID, options);
  deepStrictEqual(batches, arrange(SAID, options));
  notDeepStrictEqual(batches, arrange(SAID, { ...options, shuffle: 10 }));
  deepStrictEqual(batches.map(({ length }) => length).slice(-2), [4, 3]);
  const each = Map.groupBy(batches.flat(), ({ msgId }) => msgId);
  ok([...each.values()].every(({ length }) => length === 3));
});

Deno.test("tiktok_server.ts plays a recording to whoever connects", async () => {
  const folder = await mkdtemp(join(tmpdir(), "captures-"));
  await writeFile(join(folder, "tiktok-rooms.jsonl"), lines(SAID));
  const program = start([
    "--captures",
    folder,
    "--times",
    "2",
    "--shuffle",
    "3",
  ]);
  const reader = program.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  const printed = await readUntil(reader, /messages wait/);
  const url = /TIKTOK_WEB_URL=(\S+)/.exec(printed)![1]!;
  match(printed, new RegExp(`TIKTOK_SIGN_URL=${url}`));

  const texts: string[] = [];
  const connection = openConnection({
    channel: "studio",
    webUrl: url,
    signUrl: url,
    signLimit: createSignLimit(),
    onEvents: (events) => {
      for (const event of events) {
        if (event.type === "comment") texts.push(event.text);
      }
    },
  });
  await until("every comment twice", () => texts.length === 2 * SAID.length);
  await readUntil(reader, /Played/);
  await connection.close();
  program.kill("SIGTERM");
  await reader.cancel();
  deepStrictEqual((await program.status).code, 0);
  await rm(folder, { recursive: true });
});

Deno.test("tiktok_server.ts says what is wrong with its arguments", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PROGRAM, "--times", "many"],
    stderr: "piped",
  }).output();
  deepStrictEqual(code, 2);
  match(new TextDecoder().decode(stderr), /--times must be whole, got "many"/);
});

const PROGRAM = new URL("./tiktok_server.ts", import.meta.url).href;

function start(args: string[]) {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", PROGRAM, ...args],
    stdout: "piped",
  }).spawn();
}

async function readUntil(
  reader: ReadableStreamDefaultReader<string>,
  wanted: RegExp,
): Promise<string> {
  let text = "";
  while (!wanted.test(text)) {
    const { value, done } = await reader.read();
    ok(!done, `the program ended after: ${text}`);
    text += value;
  }
  return text;
}

function lines(messages: RoomMessage[]): string {
  return messages.map(({ method, msgId, payload }, i) =>
    JSON.stringify({
      at: i,
      room: "1",
      method,
      msgId,
      payload: Buffer.from(payload).toString("base64"),
    }) + "\n"
  ).join("");
}
