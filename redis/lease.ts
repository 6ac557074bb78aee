/**
 * The lease in Redis: it names the one process that takes events in, and its
 * token grows with every change of hands. Writes carry the token, so a process
 * that only believes to lead is refused by the first of them.
 *
 * @module
 */
import type { Lease, LiveHealth, Sessions } from "@/core/ports.ts";
import { OWNER_KEY, TOKEN_KEY } from "./keys.ts";
import { RedisAwayError, type RedisLink } from "./link.ts";
import { CLAIM, RELEASE } from "./scripts.ts";

/**
 * How long a lease lasts without being claimed again, in ms: long enough for a
 * stutter of a busy machine, short enough that another takes over in 5 s.
 */
const LEASE_MS = 2_000;

/**
 * The archive's document that holds the token; 0 once another process was met
 * that leads.
 */
const REMEMBERED = "redis-token";

/** What a lease needs. */
interface RedisLeaseOptions {
  link: RedisLink;
  /** Remembers the token: whoever led last may go on without Redis. */
  archive: Pick<Sessions, "document" | "putDocument">;
  /** Of this process, unlike any other's. */
  name: string;
  /** Whether it may begin without Redis where it has met nobody that leads. */
  beginsAlone: boolean;
  /**
   * Called with the token to write with; `alone` where none was ever given, and
   * nothing may be written to Redis.
   */
  onToken(token: number, alone: boolean): void;
}

/** How Redis stands while it is likely to answer soon. */
const SOON = new Set<LiveHealth["state"]>(["connecting", "loading"]);

/** The lease in Redis; the token held last is kept in the archive. */
export function redisLease(options: RedisLeaseOptions): Lease {
  const { link, archive, name, beginsAlone, onToken } = options;
  /** Null where nothing was ever remembered. */
  let kept: number | null | undefined;

  async function known(): Promise<number | null> {
    if (kept === undefined) {
      const document = await archive.document(REMEMBERED);
      kept = document === null ? null : Number(document);
    }
    return kept;
  }

  async function remember(token: number) {
    if (await known() === token) return;
    kept = token;
    await archive.putDocument(REMEMBERED, token);
  }

  return {
    ms: LEASE_MS,
    name,
    remembered: async () => await known() ?? 0,
    async mayPresume() {
      const token = await known();
      if (token !== null) return token > 0;
      return beginsAlone && !SOON.has(link.health().state);
    },
    async claim(held) {
      // Just after Redis came back an owner that lives gets it first.
      const may = link.isSettled() ? "1" : "0";
      // Also where it takes no writes: an owner can be asked for and kept there.
      const reply = await link.run(
        CLAIM,
        [OWNER_KEY, TOKEN_KEY],
        [name, String(LEASE_MS), String(held), may],
        { anyway: true },
      ) as [number, string];
      const [token, leader] = reply;
      const isNobody = leader === "";
      if (isNobody && held === 0 && !link.isUp()) {
        throw new RedisAwayError(link.health().detail);
      }
      if (!isNobody) onToken(token, false);
      if (!isNobody || held > 0) await remember(token);
      return { token, leader: isNobody ? null : leader };
    },
    presume: (token) => onToken(token, token === 0),
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
