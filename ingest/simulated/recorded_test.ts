import {
  deepStrictEqual,
  match,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import { board, ledgerOf, play } from "@/core/testing.ts";
import { capturesFile, hasCaptures } from "@/testing/captures.ts";
import {
  createFakeClock,
  type FakeClock,
  until,
} from "@/testing/fake_clock.ts";
import {
  chat,
  control,
  like,
  type RoomMessage,
  roomUser,
  type Sender,
  undecodable,
} from "@/testing/tiktok_messages.ts";
import { isLiveEvent } from "../live_event.ts";
import { ledgerLines } from "../past/ledger_lines.ts";
import { openRecorded, type RecordedOptions } from "./recorded.ts";
import { simulatedEvents } from "./room.ts";

const ANN: Sender = { id: "111", nickname: "Ann" };
const T0 = 1_760_000_000_000;

/** A recording of messages, `every` ms apart, in a folder that goes away. */
async function withFile(
  text: string,
  run: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "recorded-"));
  try {
    const path = join(folder, "recording.jsonl");
    await writeFile(path, text);
    await run(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function lines(messages: RoomMessage[], every = 1_000, room = "1"): string {
  return messages.map(({ method, msgId, payload }, i) => {
    const base64 = Buffer.from(payload).toString("base64");
    const at = T0 + i * every;
    return JSON.stringify({ at, room, method, msgId, payload: base64 }) + "\n";
  }).join("");
}

function listen(clock: FakeClock, options: Partial<RecordedOptions>) {
  const heard: Incoming[] = [];
  const source = openRecorded({
    path: "",
    clock,
    onEvents: (events) => heard.push(...events),
    ...options,
  });
  return { heard, source };
}

async function finished(source: { connection(): Connection }): Promise<void> {
  await until("the end", () => source.connection().state === "ended");
}

Deno.test("openRecorded() plays a recording at once", async () => {
  const text = lines([chat(ANN, "a"), like(ANN, 9), roomUser(5)]);
  await withFile(text, async (path) => {
    const clock = createFakeClock();
    const { heard, source } = listen(clock, { path, speed: Infinity });
    await finished(source);
    deepStrictEqual(heard.map(({ type }) => type), [
      "comment",
      "like",
      "room",
      "ended",
    ]);
    strictEqual(source.roomViewers(), 5);
    await source.close();
    strictEqual(source.connection().state, "off");
  });
});

for (const speed of [1, 10]) {
  Deno.test(`openRecorded() keeps time at ${speed} times the speed`, async () => {
    const said = ["a", "b", "c"].map((text) => chat(ANN, text));
    await withFile(lines(said, 2_000), async (path) => {
      const clock = createFakeClock();
      const { heard, source } = listen(clock, { path, speed });
      for (let i = 1; i <= 2; i++) {
        await until("a pause", () => clock.sleeping() === 1);
        strictEqual(heard.length, i);
        await clock.advance(2_000 / speed - 1);
        strictEqual(heard.length, i);
        await clock.advance(1);
      }
      await finished(source);
      strictEqual(heard.length, 4);
      await source.close();
    });
  });
}

Deno.test("openRecorded() does not sit through days of silence", async () => {
  const far = lines([chat(ANN, "a"), chat(ANN, "b")], 86_400_000);
  await withFile(far, async (path) => {
    const clock = createFakeClock();
    const { heard, source } = listen(clock, { path });
    await until("a pause", () => clock.sleeping() === 1);
    await clock.advance(5_000);
    await finished(source);
    strictEqual(heard.length, 3);
    await source.close();
  });
});

Deno.test("openRecorded() counts lines it cannot read and goes on", async () => {
  const text = lines([chat(ANN, "a")]) + "{ broken\n" + '{"at":1}\n\n' +
    lines([undecodable()]) +
    lines([{ ...undecodable(), method: "WebcastUnheardOf" }]) +
    lines([control(3), chat(ANN, "b")]) + "x".repeat(1_000_001) + "\n";
  await withFile(text, async (path) => {
    const clock = createFakeClock();
    const { heard, source } = listen(clock, { path, speed: Infinity });
    await finished(source);
    const kinds = heard.map(({ type }) => type);
    deepStrictEqual(kinds, ["comment", "comment", "ended"]);
    strictEqual(source.counts().undecodable, 4);
    await source.close();
  });
});

Deno.test("openRecorded() plays one room of many", async () => {
  const text = lines([chat(ANN, "a")], 0, "1") +
    lines([chat(ANN, "b")], 0, "2");
  await withFile(text, async (path) => {
    const clock = createFakeClock();
    const { heard, source } = listen(clock, { path, room: "2" });
    await finished(source);
    const texts = heard.map((event) =>
      event.type === "comment" ? event.text : event.type
    );
    deepStrictEqual(texts, ["b", "ended"]);
    await source.close();
  });
});

Deno.test("openRecorded() can be closed half-way", async () => {
  const text = lines(Array.from({ length: 50 }, () => chat(ANN, "x")));
  await withFile(text, async (path) => {
    const clock = createFakeClock();
    const { heard, source } = listen(clock, { path });
    await until("a pause", () => clock.sleeping() === 1);
    await source.close();
    strictEqual(heard.length, 1);
    strictEqual(clock.sleeping(), 0);
  });
});

Deno.test("openRecorded() says why it cannot play", async () => {
  const missing = listen(createFakeClock(), { path: "/no/such/file" }).source;
  await until("a failure", () => missing.connection().state === "failed");
  match(missing.connection().message!, /Cannot read the recording/);
  await missing.close();

  await withFile('{"format":"other/9"}\n', async (path) => {
    const { source } = listen(createFakeClock(), { path });
    await until("a failure", () => source.connection().state === "failed");
    match(source.connection().message!, /its format is "other\/9"/);
    await source.close();
  });
  for (const speed of [0, -1, NaN, 101]) {
    throws(() => listen(createFakeClock(), { path: "x", speed }), RangeError);
  }
});

Deno.test("openRecorded() gives an exported ledger the same board", async () => {
  const evening = simulatedEvents({ seed: 4, pace: 20 }).take(2_000)
    .map(({ event }) => event).filter(isLiveEvent).toArray();
  const { session, entries } = ledgerOf();
  entries.push(...play(session, evening, T0));
  const info = {
    id: "s1",
    title: "",
    channel: "host",
    rehearsal: false,
    startedAt: T0,
    endedAt: null,
    deletedAt: null,
  };
  async function* packs() {
    yield await Promise.resolve(entries);
  }
  const half = ledgerLines(info, packs(), {
    least: 1_000_000,
    hasRounds: false,
  });
  await rejects(Array.fromAsync(half), /1000000 entries were there/);
  const text = (await Array.fromAsync(
    ledgerLines(info, packs(), { least: 1, hasRounds: false }),
  )).join("");

  await withFile(text, async (path) => {
    const clock = createFakeClock();
    const { heard, source } = listen(clock, { path, speed: Infinity });
    await finished(source);
    strictEqual(source.counts().undecodable, 0);
    await source.close();
    const again = ledgerOf().session;
    play(again, heard.filter(isLiveEvent), T0);
    ok(board(session).length > 20);
    deepStrictEqual(board(again), board(session));
  });
});

Deno.test({
  name: "openRecorded() plays the recorded rooms",
  ignore: !await hasCaptures(),
  async fn() {
    const clock = createFakeClock();
    const path = capturesFile();
    const { heard, source } = listen(clock, { path, speed: Infinity });
    await finished(source);
    ok(heard.length > 600, `${heard.length} events`);
    strictEqual(source.counts().undecodable, 0);
    await source.close();
  },
});
