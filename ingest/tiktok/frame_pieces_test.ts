import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import { gzipSync } from "node:zlib";
import {
  ProtoMessageFetchResult,
  WebcastPushFrame,
} from "tiktok-live-proto/v3";
import { batch, frame } from "@/testing/tiktok_frames.ts";
import {
  chat,
  like,
  type RoomMessage,
  type Sender,
} from "@/testing/tiktok_messages.ts";
import {
  framePieces,
  isSignedSize,
  MAX_FRAME_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_MESSAGES,
} from "./frame_pieces.ts";

const ANN: Sender = { id: "111", nickname: "Ann" };

function framed(messages: RoomMessage[], gzip = true): Uint8Array {
  const body = batch(messages, { cursor: "c-7", needAck: true });
  return frame("msg", body, { logId: "42", gzip });
}

/** The pieces, each with what the connector would read in it. */
async function read(bytes: Uint8Array) {
  const refused: string[] = [];
  const pieces = await Array.fromAsync(
    framePieces(bytes, (error) => refused.push(error.message)),
    (piece) => {
      const { logId, payloadType, payload } = WebcastPushFrame.decode(piece);
      const result = ProtoMessageFetchResult.decode(payload);
      return { logId, payloadType, ...result };
    },
  );
  return { pieces, refused };
}

for (const gzip of [true, false]) {
  Deno.test(`framePieces() keeps every message of a frame in its order, ${gzip ? "packed" : "plain"}`, async () => {
    const messages = Array.from({ length: 2_345 }, () => like(ANN, 1));
    const { pieces, refused } = await read(framed(messages, gzip));
    deepStrictEqual(
      pieces.flatMap((piece) => piece.messages.map(({ msgId }) => msgId)),
      messages.map(({ msgId }) => msgId),
    );
    ok(pieces.every((piece) => piece.messages.length <= 100));
    ok(pieces.every(({ payloadType }) => payloadType === "msg"));
    deepStrictEqual(refused, []);
  });
}

Deno.test("framePieces() asks for the acknowledgement with the last piece", async () => {
  const messages = Array.from({ length: 250 }, () => like(ANN, 1));
  const { pieces } = await read(framed(messages));
  deepStrictEqual(pieces.map(({ needAck }) => needAck), [false, false, true]);
  const last = pieces.at(-1)!;
  deepStrictEqual([last.logId, last.cursor], ["42", "c-7"]);
});

Deno.test("framePieces() leaves a frame without messages as it is", async () => {
  const beat = frame("hb", new Uint8Array());
  const [piece] = await Array.fromAsync(framePieces(beat, () => {}));
  deepStrictEqual(new Uint8Array(piece!), beat);
});

Deno.test("framePieces() does not unpack more than a frame can be", async () => {
  const bomb = gzipSync(new Uint8Array(2 * MAX_FRAME_BYTES));
  ok(bomb.length < 50_000);
  await rejects(read(frame("msg", bomb)), /more than 16777216/);
});

Deno.test("framePieces() refuses more messages than a frame can have", async () => {
  const empty = new Uint8Array(2 * (MAX_MESSAGES + 1));
  for (let i = 0; i < empty.length; i += 2) empty[i] = 0x0a;
  await rejects(
    read(frame("msg", empty, { gzip: true })),
    /50001 messages, more than 50000/,
  );
});

Deno.test("framePieces() refuses a frame with thousands of fields", async () => {
  const headers = new Uint8Array(4_000);
  for (let i = 0; i < headers.length; i += 2) headers[i] = 0x2a;
  await rejects(read(headers), /1001 fields, more than 1000/);
});

Deno.test("framePieces() refuses a giant message, and no other of its frame", async () => {
  const giant = chat(ANN, "a".repeat(MAX_MESSAGE_BYTES));
  const { pieces, refused } = await read(
    framed([chat(ANN, "before"), giant, chat(ANN, "after")]),
  );
  strictEqual(pieces.flatMap(({ messages }) => messages).length, 2);
  strictEqual(refused.length, 1);
  match(refused[0]!, /Cannot take a message: \d+ bytes, more than 65536/);
});

Deno.test("framePieces() refuses what is cut off, and lengths that lie", async () => {
  const whole = framed([chat(ANN, "a")], false);
  await rejects(read(whole.subarray(0, whole.length - 3)), /cut off/);
  const lie = Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f);
  await rejects(read(frame("msg", lie)), /cut off/);
  const endless = new Uint8Array(12).fill(0xff);
  await rejects(read(frame("msg", endless)), /does not end/);
});

Deno.test("isSignedSize() takes a room's latest messages, and no more than a thousand", () => {
  const list = (length: number) =>
    batch(Array.from({ length }, () => like(ANN, 1)), { cursor: "c" });
  ok(isSignedSize(list(500)));
  ok(isSignedSize(new Uint8Array()));
  ok(!isSignedSize(list(1_001)));
  ok(!isSignedSize(list(10).subarray(0, 100)));
});
