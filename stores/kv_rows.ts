/**
 * JSON in one row of Deno KV, or beside it in pieces where it is too large.
 *
 * @module
 */
import { VALUE_BYTES } from "./kv_limits.ts";
import { type Pieces, readPieces, writePieces } from "./kv_pieces.ts";

/** What such a row holds. */
export type Held = Uint8Array | Pieces;

const decoder = new TextDecoder();

/**
 * What to set as the row's value. Pieces are written at once, and stay unseen
 * until the row is set.
 *
 * @param expireIn Milliseconds to keep the pieces; for ever by default.
 */
export async function hold(
  kv: Deno.Kv,
  key: Deno.KvKey,
  bytes: Uint8Array,
  expireIn?: number,
): Promise<Held> {
  if (bytes.length <= VALUE_BYTES) return bytes;
  return await writePieces(kv, key, bytes, expireIn);
}

/**
 * The JSON of a row's value.
 *
 * @throws {Error} If a piece of it is missing.
 */
export async function fromHeld<T>(
  kv: Deno.Kv,
  key: Deno.KvKey,
  held: Held,
): Promise<T> {
  const bytes = held instanceof Uint8Array
    ? held
    : await readPieces(kv, key, held);
  if (!bytes) {
    throw new Error(`Cannot read ${JSON.stringify(key)}: a piece is missing`);
  }
  return JSON.parse(decoder.decode(bytes)) as T;
}
