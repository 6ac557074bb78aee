/**
 * How long Redis holds what belongs to a session: anew while it runs, and gone
 * with it.
 *
 * @module
 */
import type { KvStore } from "@/stores/kv_store.ts";
import type { Archiver } from "./archiver.ts";
import type { Comments } from "./comments.ts";
import { KEYS_AT_A_TIME } from "./keys.ts";
import type { Lines } from "./lines.ts";
import type { RedisLink } from "./link.ts";
import { sessionKeys } from "./parts.ts";
import type { RedisPurges } from "./purges.ts";
import { KEEP } from "./scripts.ts";
import type { Availability } from "./availability.ts";

/** What holds. */
interface HoldOptions {
  link: RedisLink;
  archive: KvStore;
  archiver: Archiver;
  availability: Availability;
  comments: Comments;
  lines: Lines;
  purges: RedisPurges;
  /** How long what belongs to a session is kept after its last entry. */
  keepSeconds: number;
}

/** Ways to hold and to let go. */
export interface Hold {
  /** Gives what runs its time anew. */
  keepRunning(): Promise<void>;
  /** Deletes all that belongs to a session. */
  purge(id: string): Promise<void>;
}

/** Holds nothing by itself. */
export function createHold(options: HoldOptions): Hold {
  const { link, archive, archiver, availability, comments, lines } = options;
  const { sessions } = availability;

  /** Keys of everything that belongs to a session. */
  const keysOf = async (id: string, commentKeys: Promise<string[]>) =>
    inCalls([...sessionKeys(id), ...await commentKeys]);

  return {
    async keepRunning() {
      const seconds = String(options.keepSeconds);
      for (const id of sessions.running) {
        for (const some of await keysOf(id, comments.commentKeys(id))) {
          await link.run(KEEP, some, [seconds]);
        }
      }
    },
    async purge(id) {
      await archiver.drained(id);
      for (const some of await keysOf(id, comments.allCommentKeys(id))) {
        await link.call("UNLINK", ...some);
      }
      await lines.remove(id);
      await options.purges.mark(id);
      sessions.anew.delete(id);
      await archive.purgeSession(id);
    },
  };
}

/** Keys, so many as one call takes. */
function inCalls(keys: string[]): string[][] {
  const calls: string[][] = [];
  for (let at = 0; at < keys.length; at += KEYS_AT_A_TIME) {
    calls.push(keys.slice(at, at + KEYS_AT_A_TIME));
  }
  return calls;
}
