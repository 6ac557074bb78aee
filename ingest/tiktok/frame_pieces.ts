/**
 * A frame of TikTok's socket in pieces that are small enough to be decoded one
 * after the other with a breath between. The connector unpacks and decodes a
 * frame in one go, however large it turns out to be: 285 kB of gzip can be
 * 300 MB, and 20,000 messages held everything else up for seconds.
 *
 * Here the frame is measured first, field by field and without looking into
 * its messages. What is larger than anything a room sends is refused.
 *
 * @see {@link https://protobuf.dev/programming-guides/encoding/}
 * @module
 */
import { Buffer } from "node:buffer";
import { WebcastPushFrame } from "tiktok-live-connector";
import { turn } from "../clock.ts";

/**
 * Bytes of a frame, packed and unpacked. Recorded messages have 400 on average
 * and large rooms send some dozens at a time: this is a few hundred times more.
 */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** Messages of one frame; a replay after a reconnect has some hundreds. */
export const MAX_MESSAGES = 50_000;
/**
 * Bytes of one message. The longest recorded one has 1,933, and 64 KiB of empty
 * parts take a tenth of a second to decode.
 */
export const MAX_MESSAGE_BYTES = 64 * 1024;
/**
 * Messages and bytes of the batch in a sign answer, which the connector decodes
 * in one go: a room's latest messages, some dozens.
 */
const MAX_SIGNED = { messages: 1_000, bytes: 1024 * 1024 };
/** Fields of a frame or a batch beside the messages; there are about ten. */
const MAX_FIELDS = 1_000;
/** What is decoded in one go: a few milliseconds. */
const PIECE = { messages: 100, bytes: 64 * 1024 };

/** Packed bytes that are unpacked in one go: at most 4 MB come out of them. */
const UNPACK_BYTES = 4 * 1024;

/** gzip's first bytes, by which the connector tells it, too. */
const GZIP = [0x1f, 0x8b, 0x08];
/** The number of `messages` in a batch. */
const MESSAGES = 1;

/** A field's number and where it lies, its tag included. */
interface Field {
  number: number;
  from: number;
  to: number;
}

/**
 * The pieces of a frame, in order, each a frame of its own that is not packed.
 * All but its messages is in the last one, so that a frame is acknowledged
 * when all of it has been told.
 *
 * @param onRefused Called for each message that is too large to be one.
 * @throws {Error} If the frame cannot be read or is too large as a whole.
 */
export async function* framePieces(
  frame: Uint8Array,
  onRefused: (error: RangeError) => void,
): AsyncGenerator<Buffer> {
  countFields("a frame", frame, MAX_FIELDS);
  const push = WebcastPushFrame.decode(frame);
  if (push.payloadEncoding !== "pb" || push.payload.length === 0) {
    yield Buffer.from(frame);
    return;
  }
  const packed = GZIP.every((byte, i) => push.payload[i] === byte);
  const batch = packed ? await unpack(push.payload) : push.payload;
  for (const fields of runsOf(batch, onRefused)) {
    const payload = Buffer.concat(fields);
    const piece = WebcastPushFrame.encode({ ...push, headers: [], payload });
    yield Buffer.from(piece.finish());
  }
}

/** Whether the batch in a sign answer may be decoded in one go. */
export function isSignedSize(batch: Uint8Array): boolean {
  try {
    countFields("a sign answer", batch, MAX_SIGNED.messages);
    return batch.length <= MAX_SIGNED.bytes;
  } catch {
    return false; // unreadable or too much, which is one to whoever asks
  }
}

/** Unpacks by steps, and no more than a frame can be. */
async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const gunzip = new DecompressionStream("gzip");
  const feeding = feed(gunzip.writable.getWriter(), packed);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of gunzip.readable) {
      bytes += part.length;
      atMost("a frame", "bytes", bytes, MAX_FRAME_BYTES);
      parts.push(part);
    }
  } finally {
    await Promise.allSettled([feeding]); // the reader has said what is wrong
  }
  return Buffer.concat(parts);
}

async function feed(
  writer: WritableStreamDefaultWriter,
  packed: Uint8Array,
): Promise<void> {
  for (let at = 0; at < packed.length; at += UNPACK_BYTES) {
    await writer.write(packed.slice(at, at + UNPACK_BYTES));
    await turn();
  }
  await writer.close();
}

/** The batch's fields in runs of one piece each, the last with all the rest. */
function runsOf(
  batch: Uint8Array,
  onRefused: (error: RangeError) => void,
): Uint8Array[][] {
  const runs: Uint8Array[][] = [];
  const rest: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  let bytes = 0;
  let messages = 0;
  for (const { number, from, to } of fieldsOf(batch)) {
    if (number !== MESSAGES) {
      rest.push(batch.subarray(from, to));
      atMost("a batch", "fields", rest.length, MAX_FIELDS);
      continue;
    }
    atMost("a frame", "messages", ++messages, MAX_MESSAGES);
    if (to - from > MAX_MESSAGE_BYTES) {
      onRefused(tooMuch("a message", "bytes", to - from, MAX_MESSAGE_BYTES));
      continue;
    }
    if (run.length === PIECE.messages || bytes + to - from > PIECE.bytes) {
      runs.push(run);
      run = [];
      bytes = 0;
    }
    run.push(batch.subarray(from, to));
    bytes += to - from;
  }
  runs.push([...run, ...rest]);
  return runs;
}

function countFields(what: string, bytes: Uint8Array, most: number): void {
  let fields = 0;
  for (const _ of fieldsOf(bytes)) atMost(what, "fields", ++fields, most);
}

/** Steps over a message's fields. */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  /** A varint below 2^35, which is more than any place or number here. */
  const varint = () => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("Cannot read a frame: a number does not end");
  };
  const skip = (wireType: number) => {
    switch (wireType) {
      case 0:
        while (bytes[at++]! >= 0x80);
        return;
      case 1:
        at += 8;
        return;
      case 2:
        at = varint() + at; // the length first: it moves `at`
        return;
      case 5:
        at += 4;
        return;
      default:
        throw new RangeError(
          `Cannot read a frame: wire type ${wireType} is unknown`,
        );
    }
  };
  while (at < bytes.length) {
    const from = at;
    const tag = varint();
    skip(tag & 7);
    if (at > bytes.length) {
      throw new RangeError("Cannot read a frame: it is cut off");
    }
    yield { number: Math.floor(tag / 8), from, to: at };
  }
}

function atMost(what: string, unit: string, number: number, most: number) {
  if (number > most) throw tooMuch(what, unit, number, most);
}

function tooMuch(what: string, unit: string, number: number, most: number) {
  return new RangeError(
    `Cannot take ${what}: ${number} ${unit}, more than ${most}`,
  );
}
