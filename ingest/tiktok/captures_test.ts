/**
 * Recorded rooms through the stand-in and the real connector: whatever the
 * order, the batches and the copies, the gifts and likes must come out right.
 * The right answers are worked out here from the recording itself.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import type { Incoming } from "@/core/shapes/events.ts";
import { WebcastGiftMessage, WebcastLikeMessage } from "tiktok-live-proto/v3";
import {
  type Captured,
  hasCaptures,
  readCaptures,
} from "@/testing/captures.ts";
import { until } from "@/testing/fake_clock.ts";
import { arrange, type Arrangement, play } from "@/testing/tiktok_play.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";
import { openConnection } from "./connect.ts";
import { createSignLimit } from "./sign_limit.ts";

const ignore = !await hasCaptures();

/** Diamonds and likes of each viewer. */
type Tallies = Map<string, { diamonds: number; likes: number }>;

const ARRANGEMENTS: [string, Arrangement][] = [
  ["one by one", { batch: 1 }],
  ["ten at a time", { batch: 10 }],
  ["all at once", { batch: 100_000 }],
  ["three times", { batch: 7, times: 3 }],
  ["three times, shuffled", { batch: 13, times: 3, shuffle: 1 }],
  ["three times, shuffled otherwise", { batch: 50, times: 3, shuffle: 2 }],
];

for (const [name, arrangement] of ARRANGEMENTS) {
  Deno.test({
    name: `recorded rooms come out right ${name}`,
    ignore,
    async fn() {
      const messages = await recording();
      const heard = await throughConnector(messages, arrangement);
      const { times = 1 } = arrangement;
      const scored = messages.filter(({ method }) =>
        ["Chat", "Like", "Gift", "Social", "QuestionNew"]
          .some((kind) => method === `Webcast${kind}Message`)
      );
      const live = heard.filter(({ type }) => type !== "room");
      strictEqual(live.length, scored.length * times);
      deepStrictEqual(tallied(heard), expected(messages));
    },
  });
}

// Ends of the recorded rooms would end the one that plays them all.
async function recording(): Promise<Captured[]> {
  const all = await Array.fromAsync(readCaptures());
  ok(all.length > 600);
  return all.filter(({ method }) => method !== "WebcastControlMessage");
}

async function throughConnector(
  messages: Captured[],
  arrangement: Arrangement,
): Promise<Incoming[]> {
  const server = await startTikTok();
  const room = server.room("studio");
  const heard: Incoming[] = [];
  const connection = openConnection({
    channel: "studio",
    webUrl: server.url,
    signUrl: server.url,
    signLimit: createSignLimit(),
    onEvents: (events) => heard.push(...events),
  });
  const batches = arrange(messages, arrangement);
  await play(room, batches);
  const last = batches.length;
  await until("every frame", () => room.counts.frames === last);
  const total = expectedEvents(messages) * (arrangement.times ?? 1);
  await until("every message", () => heard.length >= total);
  const { undecodable, errors } = connection.counts();
  deepStrictEqual({ undecodable, errors }, { undecodable: 0, errors: 0 });
  await connection.close();
  await server.close();
  return heard;
}

/** A like tells two things, a join and a sticker nothing. */
function expectedEvents(messages: Captured[]): number {
  return messages.reduce((sum, { method }) => {
    if (method === "WebcastLikeMessage") return sum + 2;
    return /Member|Emote/.test(method) ? sum : sum + 1;
  }, 0);
}

/** Straight from the protobufs, with the rule of the recording's own notes. */
function expected(messages: Captured[]): Tallies {
  const tallies: Tallies = new Map();
  const combos = new Map<string, { viewer: string; worth: number }>();
  for (const { method, payload, room } of messages) {
    if (method === "WebcastLikeMessage") {
      const { user, count } = WebcastLikeMessage.decode(payload);
      tallyOf(tallies, user!.id).likes += count;
    }
    if (method !== "WebcastGiftMessage") continue;
    const message = WebcastGiftMessage.decode(payload);
    const viewer = message.user!.id;
    const worth = message.repeatCount * message.gift!.diamondCount;
    if (message.gift!.type === 1) {
      const key = [room, viewer, message.giftId, message.groupId].join();
      const known = combos.get(key)?.worth ?? 0;
      combos.set(key, { viewer, worth: Math.max(known, worth) });
    } else tallyOf(tallies, viewer).diamonds += worth;
  }
  for (const { viewer, worth } of combos.values()) {
    tallyOf(tallies, viewer).diamonds += worth;
  }
  return sorted(tallies);
}

/** From the events: copies dropped by id, combos by their largest total. */
function tallied(events: Incoming[]): Tallies {
  const tallies: Tallies = new Map();
  const seen = new Set<string>();
  const combos = new Map<string, number>();
  for (const event of events) {
    if (!("id" in event) || seen.has(event.id)) continue;
    seen.add(event.id);
    if (event.type === "like") {
      tallyOf(tallies, event.viewer.id).likes += event.count;
    }
    if (event.type !== "gift") continue;
    const { viewer, giftId, groupId, repeatCount, diamonds, combo } = event;
    const key = [viewer.id, giftId, groupId].join();
    const counted = combo ? combos.get(key) ?? 0 : 0;
    combos.set(key, Math.max(counted, repeatCount));
    tallyOf(tallies, viewer.id).diamonds += diamonds *
      Math.max(0, repeatCount - counted);
  }
  return sorted(tallies);
}

function tallyOf(tallies: Tallies, viewer: string) {
  const known = tallies.get(viewer) ?? { diamonds: 0, likes: 0 };
  tallies.set(viewer, known);
  return known;
}

function sorted(tallies: Tallies): Tallies {
  return new Map([...tallies].sort(([a], [b]) => a.localeCompare(b)));
}
