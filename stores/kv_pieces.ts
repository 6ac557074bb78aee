/**
 * Values of any length in Deno KV, where one value ends at 65,536 bytes: cut
 * into pieces under a generation of their own, and only then named by one row.
 * A half-written value has no row and is never read.
 *
 * @module
 */
import { commit } from "./kv_commit.ts";
import { costOf, groupsThatFit, VALUE_BYTES } from "./kv_limits.ts";
import { piecesKey } from "./kv_keys.ts";

/** Where a value's pieces are. */
export interface Pieces {
  /** Unlike that of any other writing of the same key. */
  generation: string;
  count: number;
  /** Length of the whole value. */
  bytes: number;
}

/** A row with something small about it, and its bytes or where they are. */
type PieceRow<About> = { about: About; held: Uint8Array | Pieces };

/** Bytes with what is known about them. */
interface Large<About> {
  about: About;
  bytes: Uint8Array;
}

/**
 * Writes the pieces of a value; nothing points at them yet.
 *
 * @param key The key whose row will name them.
 * @param expireIn Milliseconds to keep them; for ever by default.
 */
export async function writePieces(
  kv: Deno.Kv,
  key: Deno.KvKey,
  bytes: Uint8Array,
  expireIn?: number,
): Promise<Pieces> {
  const generation = crypto.randomUUID();
  const rows = cut(bytes).map((piece, index) => ({
    key: [...piecesKey(key), generation, index],
    piece,
  }));
  for (const group of groupsThatFit(rows, (r) => costOf(r.key, r.piece))) {
    const atomic = kv.atomic();
    for (const row of group) atomic.set(row.key, row.piece, { expireIn });
    await commit(atomic);
  }
  return { generation, count: rows.length, bytes: bytes.length };
}

/** The whole value, or null where a piece is missing. */
export async function readPieces(
  kv: Deno.Kv,
  key: Deno.KvKey,
  pieces: Pieces,
): Promise<Uint8Array | null> {
  const whole = new Uint8Array(pieces.bytes);
  const prefix = [...piecesKey(key), pieces.generation];
  let count = 0;
  let length = 0;
  for await (const { value } of kv.list<Uint8Array>({ prefix })) {
    if (length + value.length > whole.length) return null;
    whole.set(value, length);
    length += value.length;
    count++;
  }
  return count === pieces.count && length === pieces.bytes ? whole : null;
}

/**
 * Replaces a value of any length. Of two at the same time, each is written
 * whole, and the one that ends last stays.
 */
export async function putLarge<About>(
  kv: Deno.Kv,
  key: Deno.KvKey,
  { about, bytes }: Large<About>,
): Promise<void> {
  for (;;) {
    const old = await kv.get<PieceRow<About>>(key);
    const stale = await generationsOf(kv, key);
    const held = bytes.length <= VALUE_BYTES
      ? bytes
      : await writePieces(kv, key, bytes);
    const row: PieceRow<About> = { about, held };
    const { ok } = await commit(kv.atomic().check(old).set(key, row));
    if (!ok) continue; // replaced by somebody else meanwhile
    // Whoever was still writing one of these can no longer name it.
    for (const generation of stale) {
      await removeAll(kv, [...piecesKey(key), generation]);
    }
    return;
  }
}

/** The value, or null where there is none or its pieces are not whole. */
export async function getLarge<About>(
  kv: Deno.Kv,
  key: Deno.KvKey,
): Promise<Large<About> | null> {
  let seen: string | null = null;
  for (;;) {
    const { value: row, versionstamp } = await kv.get<PieceRow<About>>(key);
    if (!row) return null;
    const { about, held } = row;
    if (held instanceof Uint8Array) return { about, bytes: held };
    const bytes = await readPieces(kv, key, held);
    if (bytes) return { about, bytes };
    if (versionstamp === seen) return null; // torn, not just replaced
    seen = versionstamp;
  }
}

/** Removes everything under a prefix, in steps that Deno KV can hold. */
export async function removeAll(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
): Promise<void> {
  let keys: Deno.KvKey[] = [];
  for await (const { key } of kv.list({ prefix })) {
    keys.push(key);
    if (keys.length < 1_000) continue;
    await removeKeys(kv, keys);
    keys = [];
  }
  await removeKeys(kv, keys);
}

async function removeKeys(kv: Deno.Kv, keys: Deno.KvKey[]): Promise<void> {
  for (const group of groupsThatFit(keys, (key) => costOf(key))) {
    const atomic = kv.atomic();
    for (const key of group) atomic.delete(key);
    await commit(atomic);
  }
}

/** What is there: the value itself, and what a crash or a race left behind. */
async function generationsOf(
  kv: Deno.Kv,
  key: Deno.KvKey,
): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const next = await generationAfter(kv, piecesKey(key), found.at(-1));
    if (next === null) return found;
    found.push(next);
  }
}

async function generationAfter(
  kv: Deno.Kv,
  prefix: Deno.KvKey,
  generation?: string,
): Promise<string | null> {
  const range = generation === undefined
    ? { prefix }
    : { prefix, start: [...prefix, generation, Infinity] };
  for await (const { key } of kv.list(range, { limit: 1 })) {
    return String(key[prefix.length]);
  }
  return null;
}

function cut(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += VALUE_BYTES) {
    pieces.push(bytes.subarray(at, at + VALUE_BYTES));
  }
  return pieces;
}
