/**
 * Test events that a host sends into a rehearsal.
 *
 * @module
 */
import type { SimulateCommand } from "@/core/shapes/commands.ts";
import type { LiveEvent, Viewer } from "@/core/shapes/events.ts";
import type { Session } from "@/core/session.ts";
import type { Chance } from "@/core/chance.ts";

/** Gifts a test may send by id: name and diamonds of one unit. */
const GIFTS: Record<string, [string, number]> = {
  "5655": ["Rose", 1],
  "5487": ["Finger Heart", 5],
  "5879": ["Doughnut", 30],
  "5897": ["Swan", 699],
  "5978": ["Train", 899],
};

/** The message ids of test events, so that none comes twice. */
let lastId = 0;

/**
 * The events of one `simulate` command, `at` Unix ms: of the named viewer, or
 * of a random one of the session, or of a new one.
 */
export function testEvents(
  command: SimulateCommand,
  session: Session,
  at: number,
  { choose }: Chance,
): LiveEvent[] {
  const viewer = pickViewer(command.viewerId, session, choose);
  const count = command.count ?? 1;
  const next = () => ({ id: `test-${at}-${++lastId}`, at, viewer });
  switch (command.kind) {
    case "like": {
      // TikTok sends at most 15 likes in a message.
      const messages = Array.from(
        { length: Math.ceil(count / 15) },
        (_, i) => ({
          type: "like" as const,
          ...next(),
          count: Math.min(15, count - 15 * i),
        }),
      );
      return messages;
    }
    case "gift": {
      const giftId = command.giftId ?? "5655";
      const [giftName, diamonds] = GIFTS[giftId] ?? ["Gift", 1];
      const gift = { giftId, giftName, diamonds, repeatCount: count };
      const { id, ...message } = next();
      return [{
        type: "gift",
        id,
        ...message,
        ...gift,
        combo: true,
        groupId: id,
      }];
    }
    case "comment":
      return Array.from({ length: count }, () => {
        const message = next();
        return { type: "comment", ...message, text: `ทดสอบ test ${lastId}` };
      });
    case "follow":
    case "share":
      return Array.from({ length: count }, () => ({
        type: command.kind as "follow" | "share",
        ...next(),
      }));
  }
}

function pickViewer(
  viewerId: string | undefined,
  session: Session,
  choose: Chance["choose"],
): Viewer {
  const known = viewerId === undefined
    ? session.order.slice(0, 50)
    : [session.tallies.get(viewerId)].filter((tally) => tally !== undefined);
  if (known.length > 0) return known[choose(known.length)]!.viewer;
  const id = viewerId ?? `test-${1 + choose(20)}`;
  return {
    id,
    handle: id.replaceAll("-", "_"),
    nickname: `ทดสอบ ${id}`,
    avatarUrl: null,
    follower: false,
  };
}
