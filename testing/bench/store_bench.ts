/**
 * How fast the ledger in Deno KV is beside Deno KV itself. Each line does the
 * same work through `kvLog` and as a bare loop of the same bytes, already
 * encoded, in turns of one run: the ratio is what counts, because machines
 * differ and swing. The last ratio is to a loop that encodes too. Takes about
 * ten seconds.
 *
 * @example
 * ```sh
 * deno run -A testing/bench/store_bench.ts
 * ```
 *
 * @module
 */
import type { Entry } from "@/core/shapes/entries.ts";
import type { Batch, CommentRow } from "@/core/ports.ts";
import { commentKey, logKey } from "@/stores/kv_keys.ts";
import { kvLog } from "@/stores/kv_log.ts";
import { VALUE_BYTES } from "@/stores/kv_limits.ts";
import { rowOf, stepsOf } from "@/stores/kv_pack.ts";

const READS = 10;
const SNAPSHOTS = 15;

if (import.meta.main) {
  const folder = await Deno.makeTempDir();
  const kv = await Deno.openKv(`${folder}/bench.sqlite`);
  try {
    console.log(
      `${"a second".padEnd(28)}    this store       Deno KV   ratio  encoded`,
    );
    await appends(kv, { length: 1, runs: 2_000 });
    await appends(kv, { length: 50, runs: 1_500 });
    await appends(kv, { length: 500, runs: 500 });
    await appends(kv, { length: 2_000, runs: 150 });
    await appends(kv, { length: 500, runs: 80, comments: true });
    await reading(kv, 1, 5_000);
    await reading(kv, 500, 50_000);
    await snapshots(kv, 5_000_000);
  } finally {
    kv.close();
    await Deno.remove(folder, { recursive: true });
  }
}

interface Load {
  /** Entries of one append. */
  length: number;
  /** Appends of one turn. */
  runs: number;
  /** Whether each comment has its row. */
  comments?: boolean;
}

async function appends(kv: Deno.Kv, { length, runs, comments }: Load) {
  const log = kvLog(kv);
  const id = crypto.randomUUID();
  const bareId = crypto.randomUUID();
  const through: number[] = [];
  const bare: number[] = [];
  const encoding: number[] = [];
  for (let run = 0; run < runs; run++) {
    const same = batchOf(bareId, run * length, length, comments);
    const start = performance.now();
    const steps = bareSteps(same);
    const encoded = performance.now() - start;
    const committed = await milliseconds(() => commitAll(kv, steps));
    bare.push(committed);
    encoding.push(encoded + committed);
    const batch = batchOf(id, run * length, length, comments);
    through.push(await milliseconds(() => log.append(batch)));
  }
  report(`append ${length}${comments ? ", with comments" : ""}`, length, {
    through,
    bare,
    encoding,
  });
}

interface BareRow {
  key: Deno.KvKey;
  value: Uint8Array;
}

/** The values and keys that an append writes, encoded. */
function bareSteps(batch: Batch): BareRow[][] {
  const id = batch.sessionId;
  const rows = batch.comments.map(({ seq, row }) =>
    rowOf(seq, commentKey(id, row.viewerId, row.id), row)
  );
  return stepsOf(batch.entries, rows).map((step) => [
    ...step.packs.map(({ first, bytes }) => ({
      key: [...logKey(id), first],
      value: bytes,
    })),
    ...step.rows.map(({ key, bytes }) => ({ key, value: bytes })),
  ]);
}

async function commitAll(kv: Deno.Kv, steps: BareRow[][]) {
  for (const rows of steps) {
    const atomic = kv.atomic();
    for (const { key, value } of rows) atomic.set(key, value);
    await atomic.commit();
  }
}

/** Reading a ledger back, beside a bare scan and parse of the same rows. */
async function reading(kv: Deno.Kv, length: number, total: number) {
  const log = kvLog(kv);
  const id = crypto.randomUUID();
  for (let after = 0; after < total; after += length) {
    await log.append(batchOf(id, after, length));
  }
  const decoder = new TextDecoder();
  const through: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < READS; run++) {
    bare.push(
      await milliseconds(async () => {
        const rows = kv.list<Uint8Array>({ prefix: logKey(id) });
        for await (const { value } of rows) JSON.parse(decoder.decode(value));
      }),
    );
    through.push(
      await milliseconds(async () => {
        let seen = 0;
        for await (const pack of log.read(id)) seen += pack.length;
        if (seen !== total) throw new Error(`Cannot read back: ${seen} seen`);
      }),
    );
  }
  report(`read appends of ${length}`, total, { through, bare });
}

/** Replacing a snapshot, beside setting the same bytes in bare atomics. */
async function snapshots(kv: Deno.Kv, length: number) {
  const log = kvLog(kv);
  const bytes = new Uint8Array(length).map((_, at) => at * 31 >> 3);
  const through: number[] = [];
  const bare: number[] = [];
  for (let seq = 0; seq < SNAPSHOTS; seq++) {
    bare.push(await milliseconds(() => setBare(kv, seq, bytes)));
    const snapshot = { seq, bytes };
    through.push(await milliseconds(() => log.saveSnapshot("bench", snapshot)));
  }
  report(`snapshot of ${length} bytes`, length, { through, bare });
}

/** Sets the bytes under new keys, and removes those of the time before. */
async function setBare(kv: Deno.Kv, time: number, bytes: Uint8Array) {
  const pieces = Array.from(
    { length: Math.ceil(bytes.length / VALUE_BYTES) },
    (_, at) => bytes.subarray(at * VALUE_BYTES, (at + 1) * VALUE_BYTES),
  );
  for (let at = 0; at < pieces.length; at += 13) {
    const atomic = kv.atomic();
    pieces.slice(at, at + 13).forEach((piece, index) => {
      atomic.set(["bare", time, at + index], piece);
    });
    await atomic.commit();
  }
  const removal = kv.atomic();
  for (const at of pieces.keys()) removal.delete(["bare", time - 1, at]);
  await removal.commit();
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * One line: things a second of both sides, and the ratio of the first to the
 * second; for appends also to one that has to encode its bytes first.
 */
function report(
  name: string,
  size: number,
  times: { through: number[]; bare: number[]; encoding?: number[] },
) {
  const rate = (all: number[]) => size / middle(all) * 1_000;
  const through = rate(times.through);
  const bare = rate(times.bare);
  const figures = [through, bare].map((figure) =>
    Math.round(figure).toLocaleString("en").padStart(14)
  );
  const ratios = [bare, times.encoding && rate(times.encoding)].map((beside) =>
    beside ? (through / beside).toFixed(2).padStart(8) : ""
  );
  console.log(`${name.padEnd(28)}${figures.join("")}${ratios.join("")}`);
}

function middle(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** A batch of ordinary entries; each fifth is a comment, each fiftieth new. */
function batchOf(
  sessionId: string,
  after: number,
  length: number,
  withRows = false,
): Batch {
  const entries: Entry[] = [];
  const comments: { seq: number; row: CommentRow }[] = [];
  for (let seq = after + 1; seq <= after + length; seq++) {
    const entry = entryOf(seq);
    entries.push(entry);
    if (withRows && entry.type === "commented") {
      comments.push({ seq, row: commentOf(entry) });
    }
  }
  // Through JSON, so that every string is flat, as one from a socket is.
  const made = { sessionId, writer: "bench", after, entries, comments };
  return { ...JSON.parse(JSON.stringify(made)) as typeof made, answers: [] };
}

function entryOf(seq: number): Entry {
  const at = 1_790_000_000_000 + seq * 3;
  const viewerId = String(6_800_000_000_000_000_000n + hash(seq % 9_973));
  const from = {
    seq,
    at,
    id: String(7_400_000_000_000_000_000n + hash(seq)),
    sentAt: at - 120,
    viewerId,
    points: seq % 17,
    viewer: seq % 50 ? undefined : {
      id: viewerId,
      handle: `viewer_${seq}`,
      nickname: `ผู้ชม ${seq} 🌸`,
      avatarUrl: `https://example.test/${hash(seq)}~c5_100x100.webp`,
      follower: seq % 3 === 0,
    },
  };
  if (seq % 5 === 0) {
    return { ...from, type: "commented", text: `สวัสดีครับ hello ${seq}` };
  }
  if (seq % 7) return { ...from, type: "liked", count: seq % 15 + 1 };
  return {
    ...from,
    type: "gifted",
    giftId: "5655",
    giftName: "Rose",
    diamonds: 1,
    units: 1,
    total: seq % 40 + 1,
    combo: true,
    groupId: String(at),
  };
}

function commentOf(entry: Entry & { type: "commented" }): CommentRow {
  const { id, viewerId, text, at } = entry;
  const times = 1;
  const used = false;
  const deleted = false;
  return { id, viewerId, text, times, firstAt: at, lastAt: at, used, deleted };
}

/** A number that looks like chance and is always the same. */
function hash(seq: number): bigint {
  return BigInt.asUintN(58, BigInt(seq) * 0x9e37_79b9_7f4a_7c15n);
}
