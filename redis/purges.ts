/**
 * What was deleted, for those who were not there: every process with an
 * archive of its own deletes a session there too, once another one has. A
 * session that was only written anew is copied again afterwards.
 *
 * @module
 */
import type { Sessions } from "@/core/ports.ts";
import { PURGED_KEY } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import { MARK_PURGED } from "./scripts.ts";

/** The archive's document that holds the number of the last one followed. */
const FOLLOWED = "redis-purged";

/** Deletions by number, as Redis counts them. */
export interface RedisPurges {
  /** Tells the others that a session was deleted. */
  mark(id: string): Promise<void>;
  /** Sessions deleted elsewhere that this archive may still have. */
  due(): Promise<{ id: string; number: number }[]>;
  /** They are deleted here as well, up to that number. */
  followed(number: number): Promise<void>;
}

/** Deletions, numbered so that every process follows each once. */
export function redisPurges(
  link: RedisLink,
  archive: Pick<Sessions, "document" | "putDocument">,
): RedisPurges {
  let kept: number | undefined;

  async function last(): Promise<number> {
    return kept ??= Number(await archive.document(FOLLOWED) ?? 0);
  }

  async function followed(number: number) {
    kept = number;
    await archive.putDocument(FOLLOWED, number);
  }

  /** Sessions with a higher number than this. */
  async function after(number: number) {
    const flat = await link.call(
      ...["ZRANGE", PURGED_KEY, `(${number}`, "+inf", "BYSCORE"],
      "WITHSCORES",
    ) as string[];
    const found: { id: string; number: number }[] = [];
    for (let at = 0; at < flat.length; at += 2) {
      found.push({ id: flat[at]!, number: Number(flat[at + 1]) });
    }
    return found;
  }

  /** Whether Redis has begun to count anew. */
  async function isFresh(): Promise<boolean> {
    const range = ["ZRANGE", PURGED_KEY, "-1", "-1", "WITHSCORES"];
    const [, newest] = await link.call(...range) as string[];
    return Number(newest ?? 0) < await last();
  }

  return {
    async mark(id) {
      const number = Number(await link.run(MARK_PURGED, [PURGED_KEY], [id]));
      // Not where others' deletions are still to be followed.
      if (number === await last() + 1) await followed(number);
    },
    async due() {
      if (await isFresh()) await followed(0);
      return await after(await last());
    },
    followed,
  };
}
