/**
 * Pages of a live board, and searches in it, for any process that reaches the
 * Redis: the writer is not asked. A page is read in one step, so its rows fit
 * together; a search looks through the names in steps short enough that nobody
 * waits for Redis meanwhile.
 *
 * @module
 */
import type { RedisClientType } from "redis";
import type { Blocker } from "@/core/blocked_words.ts";
import { rowOf } from "@/core/board.ts";
import type { BoardPage } from "@/core/views.ts";
import {
  boardKey,
  fromDetails,
  fromTally,
  HEAD,
  headKey,
  namesKey,
  talliesKey,
  viewersKey,
} from "./keys.ts";

/** Names that one step of a search looks at: 1 or 2 ms of Redis' time. */
const STEP = 2_000;
/** Above so many found, the whole order is read instead of each one's place. */
const MANY = 2_000;
/** Ids of the order read at a time. */
const ORDER_STEP = 5_000;
/** Rows of a page read at a time; a page has 500 at most. */
const ROWS_STEP = 1_000;

/** Runs scripts; what is left of a client. */
type ScriptRunner = Pick<RedisClientType, "eval">;

/** Reads boards. */
interface RedisPages {
  /**
   * A page of a session's board; null if the board is not in Redis, or has not
   * come up to `seq` yet.
   *
   * @param blocker Whose names are masked.
   */
  page(
    sessionId: string,
    asked: { offset: number; limit: number; q?: string },
    { seq, blocker }: { seq: number; blocker: Blocker },
  ): Promise<BoardPage | null>;
}

/**
 * Where the board stands, how many are on it, and a part of it.
 *
 * KEYS: head, board, viewers, tallies. ARGV: field of the head, offset, limit.
 */
const PAGE = `
local seq = redis.call('HGET', KEYS[1], ARGV[1])
if not seq then return false end
local from, limit = tonumber(ARGV[2]), tonumber(ARGV[3])
local total = redis.call('ZCARD', KEYS[2])
if limit == 0 then return {seq, total, {}, {}, {}} end
local ids = redis.call('ZRANGE', KEYS[2], from, from + limit - 1, 'REV')
if #ids == 0 then return {seq, total, ids, {}, {}} end
return {seq, total, ids,
  redis.call('HMGET', KEYS[3], unpack(ids)),
  redis.call('HMGET', KEYS[4], unpack(ids))}`;

/**
 * A step through all viewers: ids of those whose names hold a text, bytes by
 * bytes, because names and text have been lower-cased by the same JavaScript.
 *
 * KEYS: names. ARGV: cursor, step, the text.
 */
const FIND = `
local find, wanted = string.find, ARGV[3]
local scan = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local next, names = scan[1], scan[2]
local found = {}
for at = 2, #names, 2 do
  if find(names[at], wanted, 1, true) then found[#found + 1] = names[at - 1] end
end
return {next, found}`;

/** Places of some viewers from 0, -1 for those not on the board. */
const PLACES = `
local places = {}
for at = 1, #ARGV do
  places[at] = redis.call('ZREVRANK', KEYS[1], ARGV[at]) or -1
end
return places`;

/** Rows of some viewers. KEYS: viewers, tallies. */
const ROWS = `
return {redis.call('HMGET', KEYS[1], unpack(ARGV)), redis.call('HMGET', KEYS[2], unpack(ARGV))}`;

type Row = BoardPage["rows"][number];

/** Reads boards through a client. */
export function redisPages(client: ScriptRunner): RedisPages {
  const run = (script: string, keys: string[], args: (string | number)[]) =>
    client.eval(script, { keys, arguments: args.map(String) });

  async function part(
    session: string,
    offset: number,
    limit: number,
    blocker: Blocker,
  ) {
    const keys = [headKey, boardKey, viewersKey, talliesKey]
      .map((key) => key(session));
    const reply = await run(PAGE, keys, [HEAD.seq, offset, limit]) as
      | null
      | [string, number, string[], (string | null)[], (string | null)[]];
    if (!reply) return null;
    const [seq, total, ids, viewers, tallies] = reply;
    const rows = ids.flatMap((_, i) =>
      rowsOf(offset + i + 1, viewers[i], tallies[i], blocker)
    );
    return { seq: Number(seq), total, rows };
  }

  /** Ids of those on the board or not, whose names hold a text. */
  async function find(session: string, wanted: string): Promise<Set<string>> {
    const found = new Set<string>();
    let cursor = "0";
    do {
      const args = [cursor, STEP, wanted];
      const reply = await run(FIND, [namesKey(session)], args);
      const [next, some] = reply as [string, string[]];
      for (const id of some) found.add(id);
      cursor = next;
    } while (cursor !== "0");
    return found;
  }

  /** Of these, who is on the board: id and place from 0, best first. */
  async function placesOf(
    session: string,
    ids: Set<string>,
  ): Promise<[string, number][]> {
    const places: [string, number][] = [];
    if (ids.size <= MANY) {
      const asked = [...ids];
      const found = asked.length === 0
        ? []
        : await run(PLACES, [boardKey(session)], asked) as number[];
      found.forEach((place, i) => {
        if (place >= 0) places.push([asked[i]!, place]);
      });
      return places.sort((a, b) => a[1] - b[1]);
    }
    const order =
      `return redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'REV')`;
    for (let from = 0;; from += ORDER_STEP) {
      const args = [from, from + ORDER_STEP - 1];
      const some = await run(order, [boardKey(session)], args) as string[];
      some.forEach((id, i) => ids.has(id) && places.push([id, from + i]));
      if (some.length < ORDER_STEP) return places;
    }
  }

  async function search(
    session: string,
    wanted: string,
    { offset, limit }: { offset: number; limit: number },
    blocker: Blocker,
  ): Promise<BoardPage> {
    const places = await placesOf(session, await find(session, wanted));
    const shown = places.slice(offset, offset + limit);
    const keys = [viewersKey(session), talliesKey(session)];
    const rows: Row[] = [];
    for (let at = 0; at < shown.length; at += ROWS_STEP) {
      const some = shown.slice(at, at + ROWS_STEP);
      const [viewers, tallies] = await run(
        ROWS,
        keys,
        some.map(([id]) => id),
      ) as [(string | null)[], (string | null)[]];
      some.forEach(([, place], i) =>
        rows.push(...rowsOf(place + 1, viewers[i], tallies[i], blocker))
      );
    }
    return { total: places.length, rows };
  }

  return {
    async page(session, { offset, limit, q }, { seq, blocker }) {
      const wanted = q?.trim().toLowerCase();
      const now = await part(session, offset, wanted ? 0 : limit, blocker);
      if (!now || now.seq < seq) return null;
      if (wanted) {
        return await search(session, wanted, { offset, limit }, blocker);
      }
      return { total: now.total, rows: now.rows };
    },
  };
}

/** A row as the session itself shows it; none where details are missing. */
function rowsOf(
  rank: number,
  details: string | null | undefined,
  tallied: string | null | undefined,
  blocker: Blocker,
): Row[] {
  if (!details || !tallied) return [];
  const { points, made, team, wins } = fromTally(tallied);
  const tally = { viewer: fromDetails(details), points };
  return [{ ...rowOf(tally, rank, blocker, { team, wins }), made }];
}
