/**
 * The real connector against the stand-in, in every state a channel can be in.
 * Waiting is done on a clock that stands still, so an hour costs nothing.
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { createServer } from "node:http";
import type { Connection, Source } from "@/core/connection.ts";
import type { Incoming, LiveEvent } from "@/core/shapes/events.ts";
import {
  createFakeClock,
  type FakeClock,
  until,
} from "@/testing/fake_clock.ts";
import { frame } from "@/testing/tiktok_frames.ts";
import {
  chat,
  control,
  gift,
  like,
  roomUser,
  ROSE,
  type Sender,
  undecodable,
} from "@/testing/tiktok_messages.ts";
import type { Answer } from "@/testing/tiktok_pages.ts";
import type { Room } from "@/testing/tiktok_room.ts";
import { startTikTok, type TikTokServer } from "@/testing/tiktok_server.ts";
import { type ConnectionOptions, openConnection } from "./connect.ts";
import { createSignLimit } from "./sign_limit.ts";

const ANN: Sender = { id: "111", nickname: "Ann", follower: true };

interface Scene {
  server: TikTokServer;
  clock: FakeClock;
  room: Room;
  connection: Source;
  heard: Incoming[];
  changes: Connection[];
  /** Connects once more, closing what was open. */
  connect(options?: Partial<ConnectionOptions>): void;
  /** Waits for a state, in real time. */
  reach(state: Connection["state"]): Promise<Connection>;
  /** Lets the pause pass that the connection has announced. */
  retry(): Promise<void>;
  live(): LiveEvent[];
}

/** Runs a test with a room called "studio", and sees that nothing is left. */
function scene(
  name: string,
  play: (scene: Scene) => Promise<void>,
  before: (server: TikTokServer, room: Room) => void = () => {},
  first: Partial<ConnectionOptions> = {},
): void {
  Deno.test(`openConnection() ${name}`, async () => {
    const clock = createFakeClock();
    const server = await startTikTok({ now: clock.wall });
    const room = server.room("studio");
    before(server, room);
    const heard: Incoming[] = [];
    const changes: Connection[] = [];
    const opened: Source[] = [];
    const signLimit = createSignLimit(clock.elapsed);
    const it: Scene = {
      server,
      clock,
      room,
      heard,
      changes,
      get connection() {
        return opened.at(-1)!;
      },
      connect(options = {}) {
        opened.push(openConnection({
          channel: "studio",
          webUrl: server.url,
          signUrl: server.url,
          clock,
          signLimit,
          onEvents: (events) => heard.push(...events),
          onChange: (change) => changes.push(change),
          ...options,
        }));
      },
      async reach(state) {
        await until(
          `"${state}"`,
          () => it.connection.connection().state === state,
        );
        return it.connection.connection();
      },
      async retry() {
        const { retryAt } = it.connection.connection();
        ok(retryAt !== null, "no retry is announced");
        await clock.advance(retryAt - clock.wall());
      },
      live: () =>
        heard.filter((event) =>
          event.type !== "room" && event.type !== "ended"
        ),
    };
    it.connect(first);
    try {
      await play(it);
    } finally {
      for (const source of opened) await source.close();
      strictEqual(clock.sleeping(), 0, "a timer was left");
      strictEqual(it.connection.connection().state, "off");
      await until("every socket closed", () => room.counts.open === 0);
      ok(room.counts.mostOpen <= 1, "more than one socket at a time");
      await server.close();
    }
  });
}

scene(
  "asks elsewhere when TikTok's page says nothing, and waits for nobody",
  async (it) => {
    await until("the page is asked", () => it.server.count("page") === 1);
    await it.clock.advance(1_999);
    strictEqual(it.server.count("api_live"), 0);
    await it.clock.advance(1);
    await until("it is asked", () => it.server.count("room_info") === 1);
    strictEqual(it.connection.connection().state, "looking");
    await it.clock.advance(2_000);
    await it.reach("live");
    strictEqual(it.server.count("api_live"), 1);
    strictEqual(it.server.count("sign_room_id"), 0);
  },
  (server) => {
    server.answer("page", "silence");
    server.answer("room_info", "silence");
  },
);

scene("goes live and hands on what it hears", async (it) => {
  const { roomId } = await it.reach("live");
  strictEqual(roomId, it.room.roomId);
  await it.room.entered();
  it.room.send([
    chat(ANN, "สวัสดีค่ะ"),
    like(ANN, 7, { total: 500 }),
    gift(ANN, ROSE, { count: 3, group: "9" }),
    roomUser(42),
  ], { needAck: true });
  await until("four messages", () => it.live().length === 3);
  deepStrictEqual(it.live().map(({ type }) => type), [
    "comment",
    "like",
    "gift",
  ]);
  strictEqual(it.connection.roomViewers(), 42);
  await until("an ack", () => it.room.counts.acks === 1);
  deepStrictEqual(it.changes.map(({ state }) => state).slice(0, 3), [
    "looking",
    "connecting",
    "live",
  ]);
  strictEqual(it.connection.counts().signRequests, 1);
  strictEqual(it.connection.counts().namedLikes, 7);
});

scene("reads the first batch, which comes with the signature", async (it) => {
  await it.reach("live");
  strictEqual(it.live().length, 1);
  strictEqual(it.connection.counts().undecodable, 1);
}, (_server, room) => {
  room.initial = [chat(ANN, "before the socket"), undecodable()];
});

scene("reads plain and compressed frames of any size", async (it) => {
  await it.reach("live");
  await it.room.entered();
  for (const gzip of [true, false]) {
    for (const size of [1, 3, 500]) {
      const messages = Array.from({ length: size }, () => like(ANN, 1));
      it.room.send(messages, { gzip });
    }
  }
  await until("all", () => it.live().length === 2 * (1 + 3 + 500));
});

scene(
  "hands on small frames after the large ones before them, and all before the end",
  async (it) => {
    await it.reach("live");
    await it.room.entered();
    const texts: string[] = [];
    for (const size of [2_000, 1, 500]) {
      const messages = Array.from({ length: size }, () => {
        texts.push(`${texts.length}`);
        return chat(ANN, texts.at(-1)!);
      });
      it.room.send(messages);
    }
    it.room.drop("close");
    await it.reach("waiting");
    deepStrictEqual(
      it.live().map((event) => event.type === "comment" && event.text),
      texts,
    );
  },
);

scene("looks again in 60 to 180 s while the channel is offline", async (it) => {
  const { retryAt, reason } = await it.reach("offline");
  strictEqual(reason, null);
  const wait = retryAt! - it.clock.wall();
  ok(wait >= 60_000 && wait <= 180_000, `waits ${wait} ms`);
  strictEqual(it.server.count("sign_connect"), 0);
  it.room.state = "live";
  await it.retry();
  await it.reach("live");
}, (_server, room) => {
  room.state = "offline";
});

scene("takes a room whose LIVE is over for offline", async (it) => {
  await it.reach("offline");
  strictEqual(it.connection.connection().roomId, null);
}, (_server, room) => {
  room.state = "ended";
});

scene("says when TikTok knows no such channel, and looks again", async (it) => {
  const { reason, retryAt } = await it.reach("failed");
  strictEqual(reason, "not_found");
  ok(retryAt! - it.clock.wall() >= 60_000);
  strictEqual(it.server.count("sign_room_id"), 0);
  it.room.state = "live";
  await it.retry();
  await it.reach("live");
}, (_server, room) => {
  room.state = "unknown";
});

scene("says when a LIVE hides behind a login", async (it) => {
  const { reason } = await it.reach("failed");
  strictEqual(reason, "age_restricted");
  strictEqual(it.server.count("sign_room_id"), 0);
}, (_server, room) => {
  room.state = "age_restricted";
});

scene("says not found when every place answers 404", async (it) => {
  strictEqual((await it.reach("failed")).reason, "not_found");
}, (server) => {
  for (const kind of ["page", "api_live", "sign_room_id"] as const) {
    server.answer(kind, { status: 404, body: "<h1>404</h1>" });
  }
});

scene("reaches a LIVE behind a login by its room id", async (it) => {
  it.room.state = "age_restricted";
  it.connect({ roomId: it.room.roomId });
  await it.reach("live");
}, (_server, room) => {
  room.state = "unknown";
});

Deno.test("openConnection() refuses a name that cannot be", async () => {
  const server = await startTikTok();
  const connection = openConnection({
    channel: "no such name!",
    webUrl: server.url,
    signUrl: server.url,
    onEvents: () => {},
  });
  strictEqual(connection.connection().state, "failed");
  strictEqual(connection.connection().reason, "bad_channel");
  await connection.close();
  strictEqual(server.requests.length, 0);
  await server.close();
});

scene("asks the signing service when TikTok shows a puzzle", async (it) => {
  await it.reach("live");
  strictEqual(it.server.count("sign_room_id"), 1);
  strictEqual(it.connection.counts().signRequests, 2);
}, (_server, room) => {
  room.state = "captcha";
});

scene("says when TikTok shows nothing but puzzles", async (it) => {
  const { reason } = await it.reach("waiting");
  strictEqual(reason, "blocked");
}, (server, room) => {
  room.state = "captcha";
  server.answer("sign_room_id", { status: 403, body: { code: 403 } });
});

/** What the host reads for each answer of the signing service. */
const SIGN_FAILURES: [string, Answer | null, Connection["reason"]][] = [
  ["402", { status: 402, body: { message: "Pay" } }, "needs_key"],
  ["402 without JSON", { status: 402, body: "" }, "needs_key"],
  ["403", { status: 403, body: { message: "No" } }, "blocked"],
  ["500", { status: 500, body: { message: "Oops" } }, "sign_failed"],
  ["502 without JSON", { status: 502, body: "<html>" }, "sign_failed"],
  ["429 without JSON", { status: 429, body: "slow" }, "rate_limited"],
  ["200 with garbage", { status: 200, body: "?" }, "sign_failed"],
  ["200 with nothing", { status: 200, body: "" }, "sign_failed"],
  ["200 with a short body", {
    status: 200,
    body: Uint8Array.of(0x0a, 0xff, 0xff),
    headers: { "x-set-tt-cookie": "a=b" },
  }, "sign_failed"],
  ["200 with an empty batch", {
    status: 200,
    body: new Uint8Array(),
    headers: { "x-set-tt-cookie": "a=b" },
  }, "sign_failed"],
  ["a hang-up", null, "unreachable"],
];
for (const [what, answer, reason] of SIGN_FAILURES) {
  scene(`tries again after ${what} from the signing service`, async (it) => {
    const waiting = await it.reach("waiting");
    strictEqual(waiting.reason, reason);
    ok(waiting.message, "says nothing");
    ok(waiting.retryAt! - it.clock.wall() >= 5_000);
    await it.retry();
    await it.reach("live");
  }, (server) => server.answer("sign_connect", answer));
}

scene(
  "tries again after a sign answer with thousands of messages",
  async (it) => {
    const { reason } = await it.reach("waiting");
    strictEqual(reason, "sign_failed");
    strictEqual(it.live().length, 0);
    it.room.initial = Array.from({ length: 900 }, () => like(ANN, 1));
    await it.retry();
    await it.reach("live");
    strictEqual(it.live().length, 900);
  },
  (_server, room) => {
    room.initial = Array.from({ length: 2_000 }, () => like(ANN, 1));
  },
);

scene("waits as long as a 429 asks for, in seconds", async (it) => {
  const { reason, retryAt } = await it.reach("waiting");
  strictEqual(reason, "rate_limited");
  strictEqual(retryAt, it.clock.wall() + 400_000);
}, (server) =>
  server.answer("sign_connect", {
    status: 429,
    body: { message: "Too many" },
    headers: { "retry-after": "400" },
  }));

scene("waits for the reset that a 429 names, in Unix seconds", async (it) => {
  const { reason, retryAt } = await it.reach("waiting");
  strictEqual(reason, "rate_limited");
  strictEqual(retryAt, 1_700_000_900_000);
}, (server) =>
  server.answer("sign_connect", {
    status: 429,
    body: "not even JSON",
    headers: { "retry-after": "30", "x-ratelimit-reset": "1700000900" },
  }));

scene("says when the push server refuses", async (it) => {
  const { reason, message } = await it.reach("waiting");
  strictEqual(reason, "blocked");
  match(message!, /DEVICE_BLOCKED/);
  await it.retry();
  await it.reach("live");
}, (server) => server.answer("push", { status: 200, body: "" }));

scene("says when nothing answers", async (it) => {
  const { reason } = await it.reach("waiting");
  strictEqual(reason, "unreachable");
}, (server) => {
  for (const kind of ["page", "api_live", "sign_room_id"] as const) {
    server.answer(kind, null);
  }
});

scene("comes back after a drop and says what is missing", async (it) => {
  await it.reach("live");
  await it.room.entered();
  it.room.send(chat(ANN, "one"));
  await until("a comment", () => it.live().length === 1);
  const lastHeard = it.clock.wall();
  await it.clock.advance(3_000);
  it.room.drop();
  const { reason, retryAt } = await it.reach("waiting");
  strictEqual(reason, "lost");
  const wait = retryAt! - it.clock.wall();
  ok(wait >= 5_000 && wait <= 10_000, `waits ${wait} ms`);
  await it.retry();
  await it.reach("live");
  const gap = it.live().find(({ type }) => type === "gap");
  deepStrictEqual(gap, {
    type: "gap",
    id: `gap:${it.room.roomId}:${lastHeard}`,
    at: it.clock.wall(),
    from: lastHeard,
    to: it.clock.wall(),
  });
  strictEqual(it.connection.counts().reconnects, 1);
  strictEqual(it.server.count("page"), 1, "the known room was looked up again");
});

scene("hands on what is replayed, with the ids it had", async (it) => {
  it.room.replay = 10;
  await it.reach("live");
  await it.room.entered();
  it.room.send([like(ANN, 5), chat(ANN, "once")]);
  await until("two", () => it.live().length === 2);
  it.room.drop("close");
  await it.reach("waiting");
  await it.retry();
  await until("a replay", () => it.live().length === 5); // and a gap
  const [first, second] = it.live();
  const [again, onceMore] = it.live().slice(-2);
  deepStrictEqual([again, onceMore], [first, second]);
  strictEqual(it.connection.counts().namedLikes, 5);
});

scene("looks a known room up afresh every few tries", async (it) => {
  for (let i = 0; i < 4; i++) {
    await it.reach("live");
    await it.room.entered();
    it.room.drop();
    await it.reach("waiting");
    await it.retry();
  }
  await it.reach("live");
  strictEqual(it.server.count("page"), 2);
});

scene("keeps to the room it knows when nobody can look it up", async (it) => {
  await it.reach("live");
  it.room.state = "captcha";
  it.server.answer("sign_room_id", { status: 403, body: { code: 403 } }, 99);
  for (let i = 0; i < 3; i++) {
    await it.room.entered();
    it.room.drop();
    await it.reach("waiting");
    await it.retry();
    await it.reach("live");
  }
  strictEqual(it.server.count("sign_room_id"), 1);
});

scene("finds the new room when the LIVE was started anew", async (it) => {
  await it.reach("live");
  await it.room.entered();
  it.room.state = "ended";
  const next = it.server.room("studio", "7400000000000009999");
  await it.reach("waiting");
  await it.retry();
  await until("the new room", () => next.counts.entered > 0);
  strictEqual((await it.reach("live")).roomId, next.roomId);
});

scene("sees through a frozen link", async (it) => {
  await it.reach("live");
  await it.room.entered();
  it.room.send(chat(ANN, "still here"));
  await until("a comment", () => it.live().length === 1);
  const from = it.clock.wall();
  it.room.freeze();
  await it.clock.advance(19_000);
  strictEqual(it.connection.connection().reason, null);
  await it.clock.advance(1_000);
  strictEqual(it.connection.connection().reason, "silent");
  strictEqual(it.connection.connection().lastMessageAt, from);
  await it.clock.advance(39_000);
  strictEqual(it.connection.connection().state, "live");
  await it.clock.advance(1_000);
  strictEqual((await it.reach("waiting")).reason, "lost");
  it.room.thaw();
  await it.retry();
  await it.reach("live");
  const gap = it.live().find((event) => event.type === "gap")!;
  strictEqual(gap.from, from);
  strictEqual(gap.to, it.clock.wall());
});

for (const jump of [-120_000, 600_000]) {
  scene(
    `sees a frozen link as soon, with the clock set by ${jump} ms`,
    async (it) => {
      await it.reach("live");
      await it.room.entered();
      it.room.send(chat(ANN, "still here"));
      await until("a comment", () => it.live().length === 1);
      it.room.freeze();
      await it.clock.advance(2_000);
      it.clock.jump(jump);
      await it.clock.advance(17_000);
      strictEqual(it.connection.connection().reason, null);
      await it.clock.advance(1_000);
      strictEqual(it.connection.connection().reason, "silent");
      await it.clock.advance(39_000);
      strictEqual(it.connection.connection().state, "live");
      await it.clock.advance(1_000);
      strictEqual((await it.reach("waiting")).reason, "lost");
      it.room.thaw();
      await it.retry();
      await it.reach("live");
      const gap = it.live().find((event) => event.type === "gap")!;
      ok(gap.to > gap.from && gap.to - gap.from < 120_000, "as long as it was");
    },
  );
}

scene("keeps a quiet room whose heartbeats are answered", async (it) => {
  await it.reach("live");
  await it.room.entered();
  const frames = () => it.clock.sleeping(); // every frame moves the deadline
  for (let i = 0; i < 12; i++) {
    it.room.beat();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await it.clock.advance(10_000);
    ok(frames() > 0);
  }
  strictEqual(it.connection.connection().state, "live");
  strictEqual(it.connection.connection().reason, "silent");
  it.room.send(roomUser(3));
  await until("a word", () => it.connection.connection().reason === null);
  strictEqual(it.room.counts.sockets, 1);
});

scene("counts what cannot be read and goes on", async (it) => {
  await it.reach("live");
  await it.room.entered();
  it.room.send([chat(ANN, "a"), undecodable(), chat(ANN, "b")]);
  it.room.sendMalformed("garbage");
  it.room.sendMalformed("bad_gzip");
  it.room.sendMalformed("cut_off");
  it.room.sendMalformed("text");
  it.room.sendMalformed("empty");
  it.room.send([chat({ id: "9", nickname: "", handle: "" }, "c")]);
  await until("three comments", () => it.live().length === 3);
  const { undecodable: broken, errors, empty } = it.connection.counts();
  strictEqual(broken, 5);
  strictEqual(errors, 4);
  strictEqual(empty, 1);
  strictEqual(it.connection.connection().state, "live");
});

scene("lets everything else have its turn inside a large frame", async (it) => {
  let turns = 0;
  let counting = true;
  const count = () => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  const turnsAt: number[] = [];
  await it.connection.close();
  it.connect({ onEvents: (events) => turnsAt.push(turns, events.length) });
  await it.reach("live");
  await it.room.entered();
  count();
  it.room.send(Array.from({ length: 20_000 }, () => like(ANN, 1)));
  await until(
    "every like",
    () => it.connection.counts().namedLikes === 20_000,
  );
  counting = false;
  ok(turnsAt.every((n, i) => i % 2 === 0 || n <= 100), "too many at once");
  const at = turnsAt.filter((_, i) => i % 2 === 0);
  ok(at.every((turn, i) => i === 0 || turn > at[i - 1]!), "no turn between");
});

scene(
  "takes the next frame after a bomb, and counts what it refused",
  async (it) => {
    await it.reach("live");
    await it.room.entered();
    it.room.sendRaw(frame("msg", new Uint8Array(100_000_000), { gzip: true }));
    it.room.send([
      chat(ANN, "a".repeat(100_000)),
      chat(ANN, "honest"),
    ]);
    await until("a comment", () => it.live().length === 1);
    const { undecodable: broken, errors } = it.connection.counts();
    deepStrictEqual({ broken, errors }, { broken: 2, errors: 2 });
    strictEqual(it.room.counts.sockets, 1);
  },
);

scene("can be closed while much waits to be told", async (it) => {
  await it.reach("live");
  await it.room.entered();
  for (let i = 0; i < 20; i++) {
    it.room.send(Array.from({ length: 1_000 }, () => like(ANN, 1)));
  }
  await until("the first likes", () => it.live().length > 0);
  ok(it.connection.untoldSince!() !== null, "nothing waits");
  await it.connection.close();
  strictEqual(it.connection.untoldSince!(), null); // nobody waits for it
  const before = it.live().length;
  ok(before < 20_000, "it waited for all of them");
  await new Promise((resolve) => setTimeout(resolve, 50));
  strictEqual(it.live().length, before);
});

for (const how of ["ended", "suspended"] as const) {
  scene(`stops when the LIVE is ${how}`, async (it) => {
    await it.reach("live");
    await it.room.entered();
    it.room.end(how);
    const { reason, retryAt } = await it.reach("ended");
    strictEqual(reason, how === "suspended" ? "suspended" : null);
    strictEqual(retryAt, null);
    const end = it.heard.find((event) => event.type === "ended");
    strictEqual(end?.reason, how);
    const before = it.server.requests.length;
    await it.clock.advance(3_600_000);
    strictEqual(it.server.requests.length, before);
  });
}

scene(
  "goes on with the channel's next LIVE where there is a game",
  async (it) => {
    it.connection.seekNext!(true);
    await it.reach("live");
    await it.room.entered();
    it.room.send(gift(ANN, ROSE, { count: 5, group: "1" }));
    await until("a gift", () => it.live().length === 1);
    it.room.end();
    const { reason, retryAt } = await it.reach("offline");
    strictEqual(reason, "ended");
    ok(retryAt! - it.clock.wall() >= 60_000, "it looks too soon");
    await it.retry();
    await until("a second look", () => it.server.count("page") === 2);
    const between = await it.reach("offline");
    strictEqual(between.reason, "ended", "it says that nothing had been on");

    const next = it.server.room("studio", "7400000000000000777");
    await it.retry();
    strictEqual((await it.reach("live")).roomId, next.roomId);
    await next.entered();
    next.send(gift(ANN, ROSE, { count: 2, group: "77" }));
    await until("both gifts", () => it.live().length === 2);
    // Nothing was on in between, so nothing is missing; and nothing had failed.
    deepStrictEqual(it.live().map(({ type }) => type), ["gift", "gift"]);
    strictEqual(it.connection.counts().reconnects, 0);
    next.drop();
    await until("it is out", () => next.counts.open === 0);
  },
);

scene(
  "takes the old room for the next LIVE only when it is on air again",
  async (it) => {
    it.connection.seekNext!(true);
    it.room.replay = 10;
    await it.reach("live");
    await it.room.entered();
    it.room.send(control(3));
    await it.reach("offline");
    it.room.state = "live"; // the page still shows it; the room knows better
    const info = { status_code: 0, data: { status: 4 } };
    it.server.answer("room_info", { status: 200, body: info });
    await it.retry();
    await until("the room is asked", () => it.server.count("room_info") === 2);
    strictEqual((await it.reach("offline")).reason, "ended");
    it.server.answer("room_info", { status: 403, body: "" });
    await it.retry();
    await until("it is asked again", () => it.server.count("room_info") === 3);
    strictEqual((await it.reach("offline")).reason, "ended");
    strictEqual(it.room.counts.sockets, 1);

    await it.retry();
    await it.reach("live");
    await it.room.entered();
    it.room.send(chat(ANN, "on air again"));
    await until("a comment", () => it.live().length === 1);
    strictEqual(it.connection.connection().state, "live", "the old end counts");
  },
);

scene("looks at once when a game begins after the end", async (it) => {
  await it.reach("live");
  await it.room.entered();
  it.room.end();
  await it.reach("ended");
  const next = it.server.room("studio", "7400000000000000777");
  await it.clock.advance(3_600_000);
  it.connection.seekNext!(true);
  strictEqual((await it.reach("live")).roomId, next.roomId);
  next.drop();
  await until("it is out", () => next.counts.open === 0);
});

scene("stops looking when the game is over, too", async (it) => {
  it.connection.seekNext!(true);
  await it.reach("live");
  await it.room.entered();
  it.room.end("suspended");
  strictEqual((await it.reach("offline")).reason, "suspended");
  it.connection.seekNext!(false);
  const { reason, retryAt } = await it.reach("ended");
  deepStrictEqual([reason, retryAt], ["suspended", null]);
  const before = it.server.requests.length;
  await it.clock.advance(3_600_000);
  strictEqual(it.server.requests.length, before);
});

scene("tells what stands behind the end in the same frame", async (it) => {
  await it.reach("live");
  await it.room.entered();
  const after = Array.from({ length: 250 }, () => like(ANN, 1));
  it.room.send([control(3), ...after]);
  await it.reach("ended");
  strictEqual(it.live().length, 250);
});

scene("tells what came before the socket was closed", async (it) => {
  await it.reach("live");
  await it.room.entered();
  it.room.send(Array.from({ length: 20_000 }, () => like(ANN, 1)));
  it.room.drop("close");
  await it.reach("waiting");
  strictEqual(it.live().length, 20_000);
});

scene("stops when the first batch says that it is over", async (it) => {
  await it.reach("ended");
}, (_server, room) => {
  room.initial = [control(3)];
});

scene("does not take a pause of the LIVE for its end", async (it) => {
  await it.reach("live");
  await it.room.entered();
  it.room.send([control(1), control(2), chat(ANN, "back")]);
  await until("a comment", () => it.live().length === 1);
  strictEqual(it.connection.connection().state, "live");
});

scene("never signs more than five times a minute", async (it) => {
  it.clock.chance(0); // the shortest pauses there are
  const end = it.clock.wall() + 10 * 60_000;
  while (it.clock.wall() < end) {
    await until("a pause", () => it.connection.connection().retryAt !== null);
    if (it.server.requests.length % 7 === 0) {
      await it.connection.close(); // a host who presses the button again
      it.connect();
      continue;
    }
    await it.retry();
  }
  const signed = it.server.requests
    .filter(({ kind }) => kind.startsWith("sign_"))
    .map(({ at }) => at);
  ok(signed.length >= 40, `${signed.length} in ten minutes`);
  for (const at of signed) {
    const minute = signed.filter((other) => other >= at && other < at + 60_000);
    ok(minute.length <= 5, `${minute.length} in a minute`);
  }
}, (server, room) => {
  room.state = "captcha";
  server.answer("sign_connect", { status: 500, body: "" }, 1_000);
});

scene("waits longer after every failure, and at random", async (it) => {
  const waits: number[] = [];
  it.clock.chance(0.999);
  for (let i = 0; i < 7; i++) {
    const { retryAt } = await it.reach("waiting");
    waits.push(Math.round((retryAt! - it.clock.wall()) / 1_000));
    await it.retry();
    await until("another try", () => it.server.count("sign_connect") > i + 1);
    await it.reach("waiting");
  }
  deepStrictEqual(waits, [10, 15, 25, 45, 85, 125, 125]);
  strictEqual(it.connection.counts().reconnects, 7);
}, (server) => server.answer("sign_connect", { status: 500, body: "" }, 100));

scene("can be closed at any moment", async (it) => {
  await it.connection.close(); // while it looks
  it.connect();
  await until("signing", () => it.server.count("sign_connect") > 0);
  await it.connection.close();
  it.connect();
  await it.reach("live");
  await it.room.entered();
  it.room.freeze();
  await it.connection.close();
  const before = it.heard.length;
  it.room.thaw();
  it.room.send(chat(ANN, "too late"));
  strictEqual(it.heard.length, before);
});

scene("says so when a receiver fails, and goes on", async (it) => {
  const { error } = console;
  const said: unknown[] = [];
  console.error = (...words) => said.push(words);
  try {
    await it.connection.close();
    it.connect({
      onEvents: () => {
        throw new Error("full");
      },
    });
    await it.reach("live");
    await it.room.entered();
    it.room.send(chat(ANN, "a"));
    await until("a word", () => said.length === 1);
    strictEqual(it.connection.connection().state, "live");
    strictEqual(it.connection.counts().errors, 1);
  } finally {
    console.error = error;
  }
});

Deno.test("openConnection() speaks https to every host but this machine", async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`plain ${request.url}`);
    response.writeHead(502).end();
  });
  proxy.on("connect", (request, socket) => {
    asked.push(`tunnel ${request.url}`);
    socket.end("HTTP/1.1 502 No\r\n\r\n");
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const address = proxy.address();
  ok(address && typeof address === "object");
  const connection = openConnection({
    channel: "studio",
    webUrl: "http://tiktok.invalid",
    signUrl: "http://sign.invalid",
    proxyUrl: `http://me:secret@127.0.0.1:${address.port}`,
    sessionId: "0123456789abcdef",
    signLimit: createSignLimit(() => 0),
    onEvents: () => {},
  });
  await until("a pause", () => connection.connection().state === "waiting");
  await connection.close();
  deepStrictEqual(asked, [
    "tunnel tiktok.invalid:443",
    "tunnel tiktok.invalid:443",
    "tunnel sign.invalid:443",
  ]);
  proxy.closeAllConnections();
  await new Promise<void>((done) => proxy.close(() => done()));
});
