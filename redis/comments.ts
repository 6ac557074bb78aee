/**
 * Comments by viewer, as Redis has them beside the board.
 *
 * @module
 */
import type { CommentRow, Store } from "@/core/ports.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import { byFirst } from "@/stores/batch_order.ts";
import type { Archiver } from "./archiver.ts";
import { commentsKey, KEYS_AT_A_TIME, talliesKey } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import type { Availability } from "./availability.ts";

/** Comments by viewer. */
export interface Comments extends Pick<Store, "comments"> {
  /** Keys of the comments of everybody on a board. */
  commentKeys(id: string): Promise<string[]>;
  /** The same where there is no board that names the viewers. */
  allCommentKeys(id: string): Promise<string[]>;
}

/** Comments from Redis, or from the archive while it is away or behind. */
export function createComments(
  { link, archive, archiver, availability }: {
    link: RedisLink;
    archive: KvStore;
    archiver: Archiver;
    availability: Availability;
  },
): Comments {
  async function commentKeys(id: string): Promise<string[]> {
    const ids = await link.call("HKEYS", talliesKey(id)) as string[];
    return ids.map((viewerId) => commentsKey(id, viewerId));
  }

  async function allCommentKeys(id: string): Promise<string[]> {
    const pattern = commentsKey(id.replace(/[\\*?[\]^-]/g, "\\$&"), "*");
    const found: string[] = [];
    for (let cursor = "0";;) {
      const count = String(KEYS_AT_A_TIME);
      const reply = await link.call(
        ...["SCAN", cursor, "MATCH", pattern, "COUNT", count],
      ) as [string, string[]];
      found.push(...reply[1]);
      cursor = reply[0];
      if (cursor === "0") return found;
    }
  }

  return {
    commentKeys,
    allCommentKeys,
    async comments(id, viewerId) {
      const isBehind = availability.sessions.behind.has(id);
      const texts = isBehind ? [] : await availability.ask(
        () =>
          link.call("HVALS", commentsKey(id, viewerId)) as Promise<string[]>,
        [],
      );
      if (texts.length > 0) {
        return texts.map((text) => JSON.parse(text) as CommentRow)
          .sort(byFirst);
      }
      await archiver.drained(id);
      return await archive.comments(id, viewerId);
    },
  };
}
