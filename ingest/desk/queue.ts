/**
 * Comments lined up for the screen: a moderator fills the queue, the host airs
 * what stands in it. It belongs to the running session and outlives a restart.
 *
 * @module
 */
import { z } from "zod";
import type { Blocker } from "@/core/blocked_words.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { Store } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import { commentById } from "@/core/tallies.ts";
import type { FeedComment } from "@/core/views.ts";
import { feedComment } from "../past/view.ts";

/** Under which name the store keeps it. */
const DOCUMENT = "queue";
/** Most comments in line. */
const MOST = 50;

const Kept = z.object({
  sessionId: z.string(),
  items: z.array(z.object({ viewerId: z.string(), commentId: z.string() })),
});
type Kept = z.infer<typeof Kept>;
type Item = Kept["items"][number];

/** The queue. */
export interface Queue {
  /** Puts a comment at its end; why not, if it cannot. */
  add(session: Session, item: Item): Promise<"no_comment" | "already" | null>;
  /** Takes one out; false if it was not there. */
  remove(item: Item): Promise<boolean>;
  /** Takes out what has been shown. */
  follow(entries: Entry[]): void;
  /** What can still be shown, the next one first. */
  list(session: Session, blocker: Blocker): FeedComment[];
}

/** Opens the queue as it was; `onTrouble` hears why it could not be kept. */
export async function openQueue(
  store: Pick<Store, "document" | "putDocument">,
  onTrouble: (error: unknown) => void,
): Promise<Queue> {
  const read = Kept.safeParse(await store.document(DOCUMENT));
  let kept: Kept = read.success ? read.data : { sessionId: "", items: [] };

  async function keep(items: Item[], sessionId = kept.sessionId) {
    kept = { sessionId, items };
    await store.putDocument(DOCUMENT, kept);
  }

  return {
    async add(session, { viewerId, commentId }) {
      const row = commentById(session, viewerId, commentId);
      if (!row || row.deleted || row.hidden) return "no_comment";
      const items = kept.sessionId === session.id ? kept.items : [];
      const isIn = items.some((item) => item.commentId === row.id);
      if (isIn || items.length >= MOST) return "already";
      await keep([...items, { viewerId, commentId: row.id }], session.id);
      return null;
    },
    async remove(item) {
      const rest = kept.items.filter((each) => !isSame(each, item));
      if (rest.length === kept.items.length) return false;
      await keep(rest);
      return true;
    },
    follow(entries) {
      if (kept.items.length === 0) return;
      const shown = new Set(
        entries.flatMap((entry) =>
          entry.type === "commentShown" || entry.type === "winnerSelected"
            ? entry.commentId ?? []
            : []
        ),
      );
      const rest = kept.items.filter((item) => !shown.has(item.commentId));
      if (rest.length < kept.items.length) keep(rest).catch(onTrouble);
    },
    list(session, blocker) {
      if (kept.sessionId !== session.id) return [];
      return kept.items.flatMap(({ viewerId, commentId }) => {
        const row = commentById(session, viewerId, commentId);
        const tally = session.tallies.get(viewerId);
        const isGone = !row || !tally || row.deleted || row.hidden ||
          tally.blocked || blocker.blocksComment(row);
        return isGone ? [] : feedComment(row, tally, blocker);
      });
    },
  };
}

function isSame(a: Item, b: Item): boolean {
  return a.viewerId === b.viewerId && a.commentId === b.commentId;
}
