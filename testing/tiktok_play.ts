/**
 * Puts recorded messages into an order and into batches, and plays them into a
 * room. Any order and any number of copies must give the same points, so both
 * are options here.
 *
 * @module
 */
import { createSeeded } from "@/core/seeded.ts";
import { amend, type RoomMessage, theirNow } from "./tiktok_messages.ts";
import type { Room, Sending } from "./tiktok_room.ts";

/** How messages are arranged. */
export interface Arrangement {
  /** Every message so many times, with the same id. */
  times?: number;
  /** A seed: the same seed gives the same order. Without one the order stays. */
  shuffle?: number;
  /** Messages in one frame. */
  batch?: number;
}

/** The messages in batches. */
export function arrange(
  messages: RoomMessage[],
  { times = 1, shuffle, batch = 10 }: Arrangement = {},
): RoomMessage[][] {
  const all = messages.flatMap((message) =>
    Array.from({ length: times }, () => message)
  );
  if (shuffle !== undefined) createSeeded(shuffle).shuffle(all);
  const batches: RoomMessage[][] = [];
  for (let i = 0; i < all.length; i += batch) {
    batches.push(all.slice(i, i + batch));
  }
  return batches;
}

/**
 * Plays batches into a room while somebody is in it.
 *
 * @param options `rate` in messages a second; 0 is as fast as the socket.
 * `made` is when the messages say that they were made: `before` as they are,
 * `now` as they are sent.
 */
export async function play(
  room: Room,
  batches: RoomMessage[][],
  options: Sending & { rate?: number; made?: "before" | "now" } = {},
): Promise<void> {
  const { rate = 0, made = "before", ...sending } = options;
  const startedAt = performance.now();
  let sent = 0;
  for (const batch of batches) {
    await room.entered();
    room.send(made === "now" ? batch.map(madeNow) : batch, sending);
    sent += batch.length;
    const due = rate > 0 ? startedAt + sent / rate * 1_000 : 0;
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, due - performance.now()))
    );
  }
}

function madeNow(message: RoomMessage): RoomMessage {
  return amend(message, { common: { createTime: String(theirNow()) } });
}
