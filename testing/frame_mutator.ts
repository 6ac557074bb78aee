/**
 * Frames as no room sends them, made from real ones by chance that a seed
 * decides: bytes turned, cut and doubled, bombs, giants, and fields at the ends
 * of what their types can hold.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import * as schema from "tiktok-live-proto/v3";
import { createSeeded, type Seeded } from "@/core/seeded.ts";
import { batch, frame } from "./tiktok_frames.ts";
import type { RoomMessage } from "./tiktok_messages.ts";

/** A frame, and what was done to it. */
interface Mutated {
  what: string;
  bytes: Uint8Array;
}

type Mutation = (seeded: Seeded, messages: RoomMessage[]) => Uint8Array;

/** How often each is chosen. The large ones cost a hundred times the others. */
const MUTATIONS: [weight: number, what: string, mutate: Mutation][] = [
  [20, "bytes turned", (seeded, list) => turned(seeded, framed(seeded, list))],
  [10, "cut off", (seeded, list) => cut(seeded, framed(seeded, list))],
  [5, "doubled", (seeded, list) => doubled(framed(seeded, list))],
  [10, "wrong gzip", wrongGzip],
  [15, "messages turned and cut", brokenMessages],
  [40, "fields at their ends", extremes],
  [2, "many fields of a frame", manyFields],
  [2, "nested deeply", nestedDeeply],
  [2, "lengths that lie", lyingLengths],
  [1, "a bomb", bomb],
  [1, "a bomb of empty messages", bombOfMessages],
  [1, "20,000 messages", (seeded, list) => many(seeded, list, 20_000)],
  [1, "60,000 messages", (seeded, list) => many(seeded, list, 60_000)],
  [1, "a giant message", giantMessage],
  [1, "a message stuffed with empty parts", stuffedMessage],
];

/** Mutates messages without end; the same seed gives the same frames. */
export function* mutatedFrames(
  messages: RoomMessage[],
  seed: number,
): Generator<Mutated> {
  const seeded = createSeeded(seed);
  const chosen = MUTATIONS.flatMap(([weight, what, mutate]) =>
    Array.from({ length: weight }, () => ({ what, mutate }))
  );
  while (true) {
    // Each kind comes early, so that a short run has seen them all.
    const turn = [...MUTATIONS].map(([, what, mutate]) => ({ what, mutate }));
    for (let i = 0; i < 85; i++) turn.push(seeded.pick(chosen));
    for (const { what, mutate } of turn) {
      yield { what, bytes: mutate(seeded, messages) };
    }
  }
}

function some(seeded: Seeded, messages: RoomMessage[]): RoomMessage[] {
  const count = seeded.between(1, 12);
  return Array.from({ length: count }, () => seeded.pick(messages));
}

function framed(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  return frameOf(some(seeded, messages), seeded.next() < 0.7);
}

function frameOf(messages: RoomMessage[], gzip: boolean): Uint8Array {
  return frame("msg", batch(messages, { cursor: "m" }), { gzip });
}

function turned(seeded: Seeded, bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  for (let n = seeded.between(1, 8); n > 0 && copy.length > 0; n--) {
    copy[seeded.between(0, copy.length - 1)]! ^= 1 << seeded.between(0, 7);
  }
  return copy;
}

function cut(seeded: Seeded, bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, seeded.between(0, bytes.length));
}

function doubled(bytes: Uint8Array): Uint8Array {
  return joined(bytes, bytes);
}

function wrongGzip(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  const plain = batch(some(seeded, messages), { cursor: "m" });
  const packed = new Uint8Array(gzipSync(plain));
  const body = seeded.pick([
    turned(seeded, packed),
    cut(seeded, packed),
    doubled(packed),
    joined(packed.subarray(0, 10), plain),
    gzipSync(packed),
  ]);
  return frame("msg", body);
}

function brokenMessages(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  const broken = some(seeded, messages).map((message) => ({
    ...message,
    method: seeded.pick([message.method, seeded.pick(messages).method, ""]),
    payload: seeded.pick([turned, cut])(seeded, message.payload),
  }));
  return frameOf(broken, true);
}

function extremes(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  const mutated = some(seeded, messages).map((message) => {
    const codec = codecOf(message.method);
    if (!codec) return message;
    const fields = codec.decode(message.payload);
    for (let n = seeded.between(1, 4); n > 0; n--) setAnyField(seeded, fields);
    try {
      return { ...message, payload: codec.encode(fields).finish() };
    } catch {
      return message; // a value that its type cannot hold at all
    }
  });
  return frameOf(mutated, true);
}

interface Codec {
  decode(bytes: Uint8Array): Record<string, unknown>;
  encode(fields: Record<string, unknown>): { finish(): Uint8Array };
}

function codecOf(method: string): Codec | undefined {
  return (schema as unknown as Record<string, Codec | undefined>)[method];
}

const INTEGERS = [0, 1, -1, 15, 2 ** 31 - 1, -(2 ** 31)];
const LONGS = [
  ...["", "0", "1", "-1", "9007199254740991", "9007199254740993"],
  ...["9223372036854775807", "-9223372036854775808", "1700000000"],
  ...["1700000000000000", "1700000000000000000"],
];
const TEXTS = ["", "\u0000", "\ud800", "\u2800", "a".repeat(100_000)];

/** Sets one field, somewhere in the tree, to an end of its type. */
function setAnyField(seeded: Seeded, fields: Record<string, unknown>): void {
  const names = Object.keys(fields);
  if (names.length === 0) return;
  const name = seeded.pick(names);
  const value = fields[name];
  if (typeof value === "number") fields[name] = seeded.pick(INTEGERS);
  else if (typeof value === "boolean") fields[name] = !value;
  else if (typeof value === "string") {
    const isLong = /^-?\d+$/.test(value);
    fields[name] = seeded.pick(isLong ? LONGS : TEXTS);
  } else if (Array.isArray(value)) {
    fields[name] = seeded.next() < 0.3
      ? []
      : value.slice(0, 1).flatMap((one) => new Array(1_000).fill(one));
  } else if (typeof value === "object" && value !== null) {
    if (seeded.next() < 0.1) fields[name] = undefined;
    else setAnyField(seeded, value as Record<string, unknown>);
  }
}

function manyFields(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  // 0x2a 0x00: a header of a frame, which says nothing
  const headers = new Uint8Array(2_000_000);
  for (let i = 0; i < headers.length; i += 2) headers[i] = 0x2a;
  return joined(framed(seeded, messages), headers);
}

function nestedDeeply(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  const payload = new Uint8Array(seeded.between(1_000, 200_000))
    .fill(seeded.pick([0x0b, 0x13, 0xfb])); // groups that never end
  return frameOf([{ ...seeded.pick(messages), payload }], true);
}

function lyingLengths(seeded: Seeded): Uint8Array {
  const length = seeded.pick([
    [0xff, 0xff, 0xff, 0xff, 0x0f],
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    [0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
  ]);
  return frame("msg", Uint8Array.of(0x0a, ...length, 1, 2, 3));
}

let zeros: Uint8Array | undefined;
/** 300 MB in 300 kB. */
function bomb(): Uint8Array {
  zeros ??= gzipSync(new Uint8Array(300_000_000));
  return frame("msg", zeros);
}

function bombOfMessages(seeded: Seeded): Uint8Array {
  const empty = new Uint8Array(seeded.pick([60_000, 90_000, 15_000_000]));
  for (let i = 0; i < empty.length; i += 2) empty[i] = 0x0a;
  return frame("msg", empty, { gzip: true });
}

function many(
  seeded: Seeded,
  messages: RoomMessage[],
  count: number,
): Uint8Array {
  const scored = messages.filter(({ method }) => /Like|Chat/.test(method));
  const all = Array.from({ length: count }, () => seeded.pick(scored));
  return frameOf(all, true);
}

function giantMessage(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  const length = seeded.pick([60_000, 300_000, 12_000_000]);
  const payload = joined(
    seeded.pick(messages).payload,
    tagged(15, new Uint8Array(length).fill(0x61)),
  );
  return frameOf([{ ...seeded.pick(messages), payload }], true);
}

/** Fields 1 to 30, each an empty message or text, over and over. */
function stuffedMessage(seeded: Seeded, messages: RoomMessage[]): Uint8Array {
  const empty = new Uint8Array(seeded.pick([64_000, 250_000]));
  const field = seeded.between(1, 15);
  for (let i = 0; i < empty.length; i += 2) empty[i] = field * 8 + 2;
  const inner = seeded.next() < 0.5
    ? empty
    : tagged(seeded.between(1, 15), empty);
  return frameOf([{ ...seeded.pick(messages), payload: inner }], true);
}

/** A field of a number below 16, with its length. */
function tagged(field: number, bytes: Uint8Array): Uint8Array {
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest = Math.floor(rest / 128)) {
    length.push(rest % 128 + 128);
  }
  return joined(Uint8Array.of(field * 8 + 2, ...length, rest), bytes);
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
