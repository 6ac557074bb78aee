/**
 * The ledgers in Redis: a stream for each, written with the board by one
 * script a batch. Knows nothing of Deno KV; `redis_store.ts` puts the two
 * together.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { type Batch, LogConflictError } from "@/core/ports.ts";
import type { Pack } from "@/stores/kv_pack.ts";
import { conflict } from "@/stores/batch_order.ts";
import { headKey, ledgerKey } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import {
  anewSteps,
  type Call,
  packsOfParts,
  partAfter,
  type Terms,
} from "./parts.ts";
import { APPEND, PREPARE, type Script } from "./scripts.ts";

/** Items of a stream fetched at a time; each holds up to 2,000 entries, 600 kB. */
const ITEMS_AT_A_TIME = 5;
/** How often a session's keys are given their time anew, in ms. */
const RENEW_MS = 10 * 60 * 1_000;

/** Where a ledger ends, and where its board stands. */
interface RedisHead {
  seq: number;
  board: number;
}

/** The ledgers of a Redis. */
export interface RedisLedger {
  /**
   * Writes a batch, in several transactions where it is a large one; gives its
   * entries as they were encoded for that.
   *
   * @throws {LogConflictError} If somebody else leads or has appended.
   * @throws {RedisAwayError} If that cannot be known now.
   */
  append(batch: Batch, token: number): Promise<Pack[]>;
  /** Encodes a batch ahead of its turn. */
  prepare(batch: Batch): void;
  head(id: string): Promise<RedisHead>;
  /** One entry, or null where the stream does not have it. */
  entry(id: string, seq: number): Promise<Entry | null>;
  /** Entries with a seq above `after`, in order, in packs. */
  read(id: string, after: number): AsyncGenerator<Entry[]>;
}

/**
 * @param keepSeconds How long a session is kept after its last entry.
 */
export function redisLedger(
  link: RedisLink,
  clock: Clock,
  keepSeconds: number,
): RedisLedger {
  const renewedAt = new Map<string, number>();
  const prepared = new WeakMap<Batch, Pack[]>();

  function termsOf(id: string, token: number): Terms {
    const now = clock.elapsed();
    const renew = now - (renewedAt.get(id) ?? -Infinity) > RENEW_MS;
    if (renew) renewedAt.set(id, now);
    return { token, ttl: keepSeconds, renew };
  }

  /** What so many items of a stream hold, the first of them with `seq` + 1. */
  async function packsAfter(
    id: string,
    seq: number,
    items: number,
  ): Promise<Entry[][]> {
    const range = [ledgerKey(id), `(${seq}-0`, "+", "COUNT", String(items)];
    const found = await link.call("XRANGE", ...range) as [string, string[]][];
    return found.map(([, [, json = "[]"]]) => JSON.parse(json) as Entry[]);
  }

  async function run(script: Script, { keys, args }: Call, batch: Batch) {
    const reply = await link.run(script, keys, args) as string[];
    if (reply[0] === "fenced") throw fenced(batch);
    return reply;
  }

  return {
    async append(batch, token) {
      const terms = termsOf(batch.sessionId, token);
      if (batch.anew) {
        for (const step of anewSteps(batch.sessionId, batch.anew, terms)) {
          await run(PREPARE, step, batch);
        }
      }
      const end = batch.after + batch.entries.length;
      const packs = prepared.get(batch) ?? packsOfParts(batch.entries);
      for (let from = batch.after;;) {
        const part = partAfter(batch, packs, from, terms);
        const reply = await run(APPEND, part, batch);
        if (reply[0] === "ok") from = part.last;
        else {
          const resumed = resumeAt(batch, reply);
          if (resumed === null || resumed <= from) {
            throw conflict(batch, Number(reply[1]));
          }
          from = resumed;
        }
        if (from === end) return packs;
      }
    },

    prepare(batch) {
      prepared.set(batch, packsOfParts(batch.entries));
    },

    async head(id) {
      const [seq, board] = await link.call(
        "HMGET",
        headKey(id),
        "seq",
        "board",
      ) as (string | null)[];
      return { seq: Number(seq ?? 0), board: Number(board ?? 0) };
    },

    async entry(id, seq) {
      const [pack = []] = await packsAfter(id, seq - 1, 1);
      return pack.find((entry) => entry.seq === seq) ?? null;
    },

    async *read(id, after) {
      for (let next = after + 1;;) {
        const packs = await packsAfter(id, next - 1, ITEMS_AT_A_TIME);
        if (packs.length === 0) return;
        for (const pack of packs) {
          const fresh = pack.filter(({ seq }) => seq >= next);
          if (fresh[0]?.seq !== next) {
            throw new Error(
              `Cannot read "${id}" from Redis: entry ${next} is missing`,
            );
          }
          yield fresh;
          next += fresh.length;
        }
      }
    },
  };
}

/** The seq after which a batch goes on that had been begun; null if another's. */
function resumeAt(batch: Batch, reply: string[]): number | null {
  const [, seq, writer, after, length] = reply;
  const begun = writer === batch.writer && after === String(batch.after) &&
    length === String(batch.entries.length);
  return begun ? Number(seq) : null;
}

function fenced({ sessionId }: Batch): LogConflictError {
  return new LogConflictError(
    `Cannot append to "${sessionId}": another process leads it now`,
  );
}
