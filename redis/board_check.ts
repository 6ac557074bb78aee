/**
 * Whether the board in Redis is what a session says it is.
 *
 * @module
 */
import { boardLine, hashOfLines } from "@/core/board.ts";
import { boardKey, namesKey, pointsOf, viewersKey } from "./keys.ts";
import type { RedisLedger } from "./ledger.ts";
import type { RedisLink } from "./link.ts";
import { type Availability, reportAway } from "./availability.ts";

/** Places of the board read at a time. */
const PAGE = 10_000;

/**
 * Compares the board with a session's, by its hash; where it is another one it
 * will be written anew. Gives whether it is the same.
 */
export function createVerify(
  link: RedisLink,
  ledger: RedisLedger,
  availability: Availability,
): (id: string, seq: number, hash: string) => Promise<boolean> {
  const { sessions: { behind, whole, running } } = availability;

  async function verify(id: string, seq: number, hash: string) {
    running.add(id);
    try {
      const head = await ledger.head(id);
      const fits = head.seq === seq && head.board === seq &&
        await hasAllNames(id) && await hashOfBoard(id) === hash;
      if (fits) whole.delete(id);
      else whole.add(id);
    } catch (error) {
      reportAway(error);
      behind.add(id);
    }
    availability.tell();
    return !whole.has(id) && !behind.has(id);
  }

  /** Whether everybody in it can be found by name. */
  async function hasAllNames(id: string): Promise<boolean> {
    const [viewers, names] = await Promise.all(
      [viewersKey(id), namesKey(id)].map((key) => link.call("HLEN", key)),
    );
    return viewers === names;
  }

  async function hashOfBoard(id: string): Promise<string> {
    const lines: string[] = [];
    for (let from = 0;; from += PAGE) {
      const flat = await link.call(
        ...["ZRANGE", boardKey(id), String(from), String(from + PAGE - 1)],
        ...["REV", "WITHSCORES"],
      ) as string[];
      for (let at = 0; at < flat.length; at += 2) {
        lines.push(boardLine(flat[at]!, pointsOf(Number(flat[at + 1]))));
      }
      if (flat.length < 2 * PAGE) return await hashOfLines(lines);
    }
  }

  return verify;
}
