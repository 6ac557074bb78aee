/**
 * Ordinary events for benches: what a busy room sends, from as many viewers as
 * asked for, all made before the clock starts.
 *
 * @module
 */
import type { LiveEvent, Viewer } from "@/core/shapes/events.ts";
import { createSeeded } from "@/core/seeded.ts";

/** Viewers with names and avatars of ordinary length. */
export function crowd(size: number): Viewer[] {
  return Array.from({ length: size }, (_, i) => ({
    id: String(6_800_000_000_000_000_000n + BigInt(i) * 7_919n),
    handle: `viewer_${i}`,
    nickname: `น้องเมย์ ${i} 🌸`,
    avatarUrl:
      `https://p16-sign.tiktokcdn.com/tos-alisg-avt-0068/${i}~c5_100x100.webp?x-expires=1700000000&x-signature=abcdefghijklmnop`,
    follower: i % 3 === 0,
  }));
}

/**
 * So many events: 60 % likes, 25 % gifts, 15 % comments, Unix ms from `at`.
 */
export function ordinaryEvents(
  count: number,
  viewers: Viewer[],
  at: number,
): LiveEvent[] {
  const seeded = createSeeded(1);
  const first = BigInt(at) * 1_000_000n;
  return Array.from({ length: count }, (_, i): LiveEvent => {
    const viewer = seeded.pick(viewers);
    const message = { id: String(first + BigInt(i)), at: at + i, viewer };
    const kind = seeded.next();
    if (kind < 0.6) {
      return { type: "like", ...message, count: seeded.between(1, 15) };
    }
    if (kind < 0.85) {
      return {
        type: "gift",
        ...message,
        giftId: "5655",
        giftName: "Rose",
        diamonds: 1,
        repeatCount: seeded.between(1, 20),
        combo: true,
        groupId: String(at + i - i % 7),
      };
    }
    return { type: "comment", ...message, text: `ขอเพลงหน่อยค่ะ ${i % 977}` };
  });
}

/** Ms of one clock that all processes of this machine share, with fractions. */
export function clock(): number {
  return performance.timeOrigin + performance.now();
}
