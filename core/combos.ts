/**
 * Combos: one viewer repeating one gift. TikTok sends a growing total, so what
 * was counted is kept for each, and only growth counts.
 *
 * @module
 */
import type { EntryOf } from "./shapes/entries.ts";
import type { LiveEventOf } from "./shapes/events.ts";
import type { Room } from "./room.ts";
import type { Session } from "./session.ts";

/** TikTok's groupId of a gift that belongs to no group; "" says the same. */
export const NO_GROUP = "0";

/** Units counted, by combo; a `Map` is one. */
export interface Combos {
  get(key: string): number | undefined;
  set(key: string, units: number): void;
  delete(key: string): void;
}

/** A gift as it came, or as the ledger has it. */
type AnyGift = LiveEventOf<"gift"> | EntryOf<"gifted">;

/**
 * Tells one combo from every other: a viewer can run several at once, also to
 * several people.
 */
export function comboKey(gift: AnyGift): string {
  const viewerId = gift.type === "gift" ? gift.viewer.id : gift.viewerId;
  const key = `${viewerId}|${gift.giftId}|${gift.groupId}`;
  return gift.to ? `${key}|${gift.to.id}` : key;
}

/** Where the send time of the last end of a combo without a group is kept. */
function endKey(key: string): string {
  return `${key}|end`;
}

/** Whether nothing but its end tells a combo from the next one. */
function hasNoGroup({ groupId }: AnyGift): boolean {
  return groupId === NO_GROUP || groupId === "";
}

/** Whether no message of the same combo is to come. */
export function endsCombo(gift: AnyGift): boolean {
  return gift.combo && gift.end === true && hasNoGroup(gift);
}

/**
 * Units of a message's combo that have been counted; Infinity where its combo
 * is over. Without a group, what was sent before the last end belongs to what
 * that end closed, however late it comes.
 */
export function countedUnits(
  combos: Pick<Combos, "get">,
  gift: LiveEventOf<"gift">,
): number {
  const key = comboKey(gift);
  const isOver = hasNoGroup(gift) && gift.at < (combos.get(endKey(key)) ?? 0);
  return isOver ? Infinity : combos.get(key) ?? 0;
}

/** The same by the session itself or, in this room, by any other. */
export function countedByAny(
  { combos }: Session,
  gift: LiveEventOf<"gift">,
  room?: Room | null,
): number {
  const counted = countedUnits(combos, gift);
  return room ? Math.max(counted, countedUnits(room.combos, gift)) : counted;
}

/** Notes that all units of a message's combo up to it have been counted. */
export function countUnits(combos: Combos, gift: AnyGift): void {
  const key = comboKey(gift);
  const [total, sentAt] = gift.type === "gift"
    ? [gift.repeatCount, gift.at]
    : [gift.total, gift.sentAt];
  if (!endsCombo(gift)) return void combos.set(key, total);
  combos.delete(key);
  combos.set(endKey(key), sentAt);
}
