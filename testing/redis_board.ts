/**
 * The board as anybody finds it in Redis, with nothing of the program between.
 *
 * @module
 */
import { createClient } from "redis";
import { boardLine, hashOfLines } from "@/core/board.ts";
import { boardKey, HEAD, headKey, pointsOf } from "@/redis/keys.ts";

/** Reads a session's whole board: the seq it stands at, and its hash. */
export async function readRedisBoard(
  url: string,
  sessionId: string,
): Promise<{ seq: number; hash: string }> {
  const client = createClient({ url });
  await client.connect();
  try {
    const rows = await client.zRangeWithScores(boardKey(sessionId), 0, -1, {
      REV: true,
    });
    const seq = Number(await client.hGet(headKey(sessionId), HEAD.board));
    const lines = rows.map(({ value, score }) =>
      boardLine(value, pointsOf(score))
    );
    return { seq, hash: await hashOfLines(lines) };
  } finally {
    client.destroy();
  }
}
