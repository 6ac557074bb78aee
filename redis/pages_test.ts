import { deepStrictEqual as equal, ok } from "node:assert";
import { createClient } from "redis";
import { blockerOf, NO_BLOCKER } from "@/core/blocked_words.ts";
import { advance } from "@/core/advance.ts";
import { evolve } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import { gift, T0 } from "@/core/testing.ts";
import { viewOf } from "@/ingest/past/view.ts";
import { begin, putLiveBoard } from "@/testing/live_board.ts";
import { startRedis } from "@/testing/redis.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { redisPages } from "./pages.ts";

/** Names that searches have stumbled over somewhere. */
const NAMES = [
  "น้องเมย์ 🌸",
  "ÀÉÎ Õü",
  "àéî",
  "Kelvin \u212A",
  "\u0130stanbul",
  "ΣΊΣΥΦΟΣ",
  "Ünï CÖDE",
  'with "quotes" and \\ backslash',
  "tab\tand\nline",
  "100% [a-z]+ (x)",
  "@not_a_handle",
  "ПРИВЕТ мир",
  "漢字かな",
  "🇹🇭🇹🇭",
  "ends with @",
  "",
];

function bigSession(viewers: number) {
  const session = emptySession();
  const first = begin(session, "evening", T0);
  const events = Array.from(
    { length: viewers },
    (_, i) =>
      gift(String(9_000_000 + i), {
        nickname: `${NAMES[i % NAMES.length]} ${i}`.trim(),
        handle: i % 5 === 0 ? `Handle.${i}_x` : `user${i}`,
        diamonds: 1 + (i * 7) % 50,
        groupId: String(i),
      }),
  );
  advance(session, events.map((event) => ({ at: T0, event })));
  evolve(session, {
    seq: session.seq + 1,
    at: T0,
    type: "viewerBlocked",
    viewerId: "9000003",
  });
  return { session, first };
}

Deno.test("a board read from Redis is the board of the session, on any page and for any search", async () => {
  const redis = await startRedis();
  const client = createClient({ url: redis.url });
  try {
    const { session, first } = bigSession(3_000);
    await putLiveBoard(redis.url, session, first);
    await client.connect();
    const pages = redisPages(client);
    const info = {
      id: "evening",
      title: "",
      channel: "studio",
      rehearsal: false,
      startedAt: T0,
      endedAt: null,
      deletedAt: null,
    };
    const blocker = blockerOf([{ text: "привет", part: true }]);
    const view = viewOf(session, () => info, memoryStore(), { blocker });
    const options = { seq: 1, blocker };

    for (
      const [offset, limit] of [[0, 10], [2_990, 500], [1_234, 500], [9_999, 5]]
    ) {
      const asked = { offset: offset!, limit: limit! };
      equal(await pages.page("evening", asked, options), view.board(asked));
    }
    const searches = [
      ...NAMES.flatMap((
        name,
      ) => [name, name.toUpperCase(), [...name].slice(0, 3).join("")]),
      ...["user", "USER12", "@user12", "@handle", "@", "a@", "handle.25_", "k"],
      ...["i", "i\u0307", "\u0307", "ß", "nobody at all", "\\", '"', "%", " "],
      ...["9000007", "\n@user7", "7\n@user7", "viewerId", "nickname"],
    ];
    for (const q of searches) {
      for (const offset of [0, 40]) {
        const asked = { offset, limit: 30, q };
        equal(
          [q, await pages.page("evening", asked, options)],
          [q, view.board(asked)],
        );
      }
    }
  } finally {
    if (client.isOpen) client.destroy();
    await redis.stop();
  }
});

Deno.test("a board that is not in Redis, or not up to date, is not answered", async () => {
  const redis = await startRedis();
  const client = createClient({ url: redis.url });
  try {
    const { session, first } = bigSession(5);
    await putLiveBoard(redis.url, session, first);
    await client.connect();
    const pages = redisPages(client);
    const asked = { offset: 0, limit: 3 };
    const at = (seq: number) => ({ seq, blocker: NO_BLOCKER });
    equal(await pages.page("another", asked, at(0)), null);
    equal(await pages.page("evening", asked, at(2)), null);
    ok(await pages.page("evening", asked, at(1)));
  } finally {
    if (client.isOpen) client.destroy();
    await redis.stop();
  }
});
