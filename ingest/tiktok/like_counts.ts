/**
 * Likes that came with a name, beside the growth of the room's own total.
 * TikTok sends names for a part of the likes only, and the host should see how
 * large a part. Messages are replayed after a reconnect, so their ids are kept
 * for a while; the room's total jumps back, so its highest value counts.
 *
 * @module
 */
import type { RoomTotal } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";

/** Both numbers, and the room's highest total so far. */
interface LikeCounts {
  /** Takes in what a room sent. */
  add(event: Incoming): void;
  /** Another room: its total starts anew. */
  enter(roomId: string): void;
  named(): number;
  /** Growth of the room's total since the first one seen, over all rooms. */
  room(): number;
  /** The room's highest total, or null before the first. */
  highest(): number | null;
  /** The same with its room. */
  total(): RoomTotal | null;
}

/** Ids of like messages that are remembered; replays reach back far less. */
const REMEMBERED = 20_000;

/** Counts from nothing. */
export function createLikeCounts(): LikeCounts {
  const seen = new Set<string>();
  let roomId: string | null = null;
  let named = 0;
  let before = 0;
  let first: number | null = null;
  let highest: number | null = null;
  const growth = () => (highest ?? 0) - (first ?? 0);

  return {
    add(event) {
      if (event.type === "like" && !seen.has(event.id)) {
        named += event.count;
        seen.add(event.id);
        if (seen.size > REMEMBERED) {
          for (const oldest of seen) {
            seen.delete(oldest);
            break;
          }
        }
      }
      if (event.type === "room" && event.likes !== undefined) {
        first ??= event.likes;
        highest = Math.max(highest ?? 0, event.likes);
      }
    },
    enter(next) {
      if (next === roomId) return;
      before += growth();
      first = highest = null;
      roomId = next;
    },
    named: () => named,
    room: () => before + growth(),
    highest: () => highest,
    total: () =>
      roomId === null || highest === null ? null : { roomId, total: highest },
  };
}
