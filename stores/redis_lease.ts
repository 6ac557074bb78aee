/**
 * The lease in Redis: it names the one process that takes events in, and its
 * token grows with every change of hands. Writes carry the token, so a process
 * that only believes to lead is refused by the first of them.
 *
 * @module
 */
import type { Lease, Sessions } from "../core/ports.ts";
import { OWNER_KEY, TOKEN_KEY } from "./redis_keys.ts";
import { RedisAwayError, type RedisLink } from "./redis_link.ts";
import { CLAIM, RELEASE } from "./redis_scripts.ts";

/**
 * How long a lease lasts without being claimed again, in ms: long enough for a
 * stutter of a busy machine, short enough that another takes over in 5 s.
 */
export const LEASE_MS = 2_000;

/** The archive's document that holds the token. */
const REMEMBERED = "redis-token";

/** What a lease needs. */
export interface RedisLeaseOptions {
  link: RedisLink;
  /** Remembers the token: whoever led last may go on without Redis. */
  archive: Pick<Sessions, "document" | "putDocument">;
  /** Of this process, unlike any other's. */
  name: string;
  /** Called with the token to write with. */
  onToken(token: number): void;
}

export function redisLease(options: RedisLeaseOptions): Lease {
  const { link, archive, name, onToken } = options;
  let kept: number | undefined;

  async function remembered(): Promise<number> {
    return kept ??= Number(await archive.document(REMEMBERED) ?? 0);
  }

  async function remember(token: number) {
    if (await remembered() === token) return;
    kept = token;
    await archive.putDocument(REMEMBERED, token);
  }

  return {
    ms: LEASE_MS,
    remembered,
    async claim(held) {
      // Just after Redis came back an owner that lives gets it first.
      const may = link.isSettled() ? "1" : "0";
      const reply = await link.run(
        CLAIM,
        [OWNER_KEY, TOKEN_KEY],
        [name, String(LEASE_MS), String(held), may],
      ) as [number, string];
      const [token, leader] = reply;
      if (token > 0) onToken(token);
      if (token > 0 || held > 0) await remember(token);
      return { token, leader: leader === "" ? null : leader };
    },
    presume: onToken,
    async release(token) {
      try {
        await link.run(RELEASE, [OWNER_KEY], [`${token} ${name}`]);
      } catch (error) {
        // It runs out by itself where Redis is away.
        if (!(error instanceof RedisAwayError)) throw error;
      }
    },
  };
}
