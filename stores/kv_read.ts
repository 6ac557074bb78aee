/**
 * Reads ledgers and comments in Deno KV, pack by pack.
 *
 * @module
 */
import type { Entry } from "../core/shapes/entries.ts";
import type { CommentRow } from "../core/ports.ts";
import { commentsKey, logKey } from "./kv_keys.ts";
import { fromHeld, type Held } from "./kv_rows.ts";
import { byFirst } from "./batch_order.ts";

/** Packs fetched at a time: up to 12 MB. */
const PACKS_AT_A_TIME = 200;
/** Rows of comments fetched at a time; Deno KV gives at most 1,000. */
const ROWS_AT_A_TIME = 500;

/** The packs of a ledger up to `last`, whatever is appended meanwhile. */
export async function* readLedger(
  kv: Deno.Kv,
  id: string,
  after: number,
  last: number,
): AsyncGenerator<Entry[]> {
  for (let next = after + 1; next <= last;) {
    const before = next;
    for await (const { first, pack } of packsFrom(kv, id, next, last)) {
      // A tail that grew behind us holds what seems to be missing here.
      if (first > next) break;
      const fresh = first === next ? pack : pack.slice(next - first);
      if (fresh.length === 0) continue;
      yield fresh;
      next += fresh.length;
    }
    if (next === before) {
      throw new Error(`Cannot read "${id}": entry ${next} is missing`);
    }
  }
}

async function* packsFrom(
  kv: Deno.Kv,
  id: string,
  seq: number,
  last: number,
) {
  const start = [...logKey(id), await packWith(kv, id, seq)];
  const range = { start, end: [...logKey(id), last + 1] };
  const options = { batchSize: PACKS_AT_A_TIME };
  for await (const { key, value } of kv.list<Held>(range, options)) {
    const pack = await fromHeld<Entry[]>(kv, key, value);
    yield { first: Number(key[2]), pack };
  }
}

/** The first seq of the pack that holds this one. */
async function packWith(
  kv: Deno.Kv,
  id: string,
  seq: number,
): Promise<number> {
  const range = { prefix: logKey(id), end: [...logKey(id), seq + 1] };
  const options = { limit: 1, reverse: true };
  for await (const { key } of kv.list(range, options)) return Number(key[2]);
  return seq;
}

/** A viewer's comments, the first first. */
export async function readComments(
  kv: Deno.Kv,
  id: string,
  viewerId: string,
): Promise<CommentRow[]> {
  const prefix = [...commentsKey(id), viewerId];
  const options = { batchSize: ROWS_AT_A_TIME };
  const found: CommentRow[] = [];
  for await (const { key, value } of kv.list<Held>({ prefix }, options)) {
    found.push(await fromHeld<CommentRow>(kv, key, value));
  }
  return found.sort(byFirst);
}
