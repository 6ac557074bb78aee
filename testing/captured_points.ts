/**
 * What a recording is worth, worked out the plain way and apart from the
 * program: the yardstick for tests of the whole path.
 *
 * @module
 */
import {
  WebcastChatMessage,
  WebcastGiftMessage,
  WebcastLikeMessage,
  WebcastSocialMessage,
} from "tiktok-live-proto/v3";
import type { Captured } from "./captures.ts";

/** What one viewer did in a recording. */
export interface Worth {
  likes: number;
  diamonds: number;
  points: number;
}

/** Points by viewer id, at the default rates, of messages in their order. */
export function worthOf(messages: Captured[]): Map<string, Worth> {
  const units = new Map<string, { who: string; price: number; n: number }>();
  const thirtieths = new Map<string, number>();
  const likes = new Map<string, number>();
  const followers = new Set<string>();
  for (const { method, msgId, payload } of messages) {
    if (method === "WebcastGiftMessage") {
      const gift = WebcastGiftMessage.decode(payload);
      const who = gift.user!.id;
      const combo = gift.gift!.type === 1;
      const key = combo ? `${who} ${gift.giftId} ${gift.groupId}` : msgId;
      const n = Math.max(gift.repeatCount, units.get(key)?.n ?? 0);
      units.set(key, { who, price: gift.gift!.diamondCount, n });
      if (gift.userIdentity?.isFollowerOfAnchor) followers.add(who);
    } else if (method === "WebcastLikeMessage") {
      const like = WebcastLikeMessage.decode(payload);
      const who = like.user!.id;
      if (Number(like.user!.followInfo?.followStatus ?? 0) > 0) {
        followers.add(who);
      }
      likes.set(who, (likes.get(who) ?? 0) + like.count);
      const each = followers.has(who) ? 3 : 2;
      thirtieths.set(who, (thirtieths.get(who) ?? 0) + each * like.count);
    } else if (method === "WebcastSocialMessage") {
      const social = WebcastSocialMessage.decode(payload);
      const follows = social.action === "1" ||
        Number(social.user!.followInfo?.followStatus ?? 0) > 0;
      if (follows) followers.add(social.user!.id);
    } else if (method === "WebcastChatMessage") {
      const chat = WebcastChatMessage.decode(payload);
      if (chat.userIdentity?.isFollowerOfAnchor) followers.add(chat.user!.id);
    }
  }
  const worth = new Map<string, Worth>();
  const of = (who: string) => {
    const found = worth.get(who) ?? { likes: 0, diamonds: 0, points: 0 };
    worth.set(who, found);
    return found;
  };
  for (const [who, count] of likes) of(who).likes = count;
  for (const [who, parts] of thirtieths) {
    of(who).points = Math.floor(parts / 30);
  }
  for (const { who, price, n } of units.values()) {
    of(who).diamonds += n * price;
    of(who).points += n * price * times(price);
  }
  return worth;
}

function times(price: number): number {
  const tiers = [[4, 5], [9, 6], [19, 7], [49, 8], [99, 10], [299, 15], [
    999,
    20,
  ]];
  return tiers.find(([upTo]) => price <= upTo!)?.[1] ?? 30;
}
