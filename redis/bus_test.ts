import type { Clock } from "@/core/clock.ts";
import { connectionOff, emptyCounts } from "@/core/connection.ts";
import type { Frame } from "@/core/frame.ts";
import { systemClock } from "@/ingest/clock.ts";
import { deepStrictEqual as equal, match, ok, rejects } from "node:assert";
import type { Connection, Source } from "@/core/connection.ts";
import {
  AwayError,
  ImportError,
  KeyReusedError,
  StandbyError,
} from "@/core/desk.ts";
import type { OpenDesk } from "@/core/desk.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import { createListeners } from "@/core/listeners.ts";
import type { Store } from "@/core/ports.ts";
import type { DeskState } from "@/core/views.ts";
import { openDesk } from "@/ingest/desk/desk.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { until } from "@/testing/program.ts";
import { startRedis, type TestRedis } from "@/testing/redis.ts";
import { MOST_FLOWS, SILENCE_MS } from "./bus.ts";
import { type BusMember, joinBus } from "./bus_member.ts";
import type { BusOwner } from "./bus_owner.ts";
import { deskOnBus } from "./desk_on_bus.ts";
import { remoteDesk } from "./remote_desk.ts";

/** One Redis for the tests that do not disturb it. */
async function withRedis(work: (redis: TestRedis) => Promise<void>) {
  const redis = await startRedis();
  try {
    await work(redis);
  } finally {
    await redis.stop();
  }
}

/** A LIVE that is on; `send` lets events in. */
function room() {
  let onEvents: (events: Incoming[]) => void = () => {};
  const connection: Connection = {
    ...connectionOff(1),
    state: "live",
    channel: "studio",
    roomId: "1",
  };
  const source: Source = {
    connection: () => connection,
    counts: emptyCounts,
    roomViewers: () => 1,
    close: () => Promise.resolve(),
  };
  return {
    connect(options: { onEvents(events: Incoming[]): void }) {
      onEvents = options.onEvents;
      return source;
    },
    send: (...events: Incoming[]) => onEvents(events),
  };
}

let gifts = 0;
function gift(viewer: string, diamonds = 1): Incoming {
  return {
    type: "gift",
    id: String(7_000_000_000_000_000_000n + BigInt(++gifts)),
    at: 1_700_000_000_000 + gifts,
    viewer: {
      id: viewer,
      handle: `h.${viewer}`,
      nickname: `Ñame ${viewer}`,
      avatarUrl: null,
      follower: false,
    },
    giftId: "5655",
    giftName: "Rose",
    diamonds,
    repeatCount: 1,
    combo: false,
    groupId: "0",
  };
}

interface Owner {
  desk: OpenDesk;
  bus: BusOwner;
  send(...events: Incoming[]): void;
  oustings: number;
  close(): Promise<void>;
}

async function openOwner(
  url: string,
  { token = 1, store = memoryStore(), tells = (desk) => desk }: {
    token?: number;
    store?: Store;
    /** The desk as another version of the program tells of it. */
    tells?(desk: OpenDesk): OpenDesk;
  } = {},
): Promise<Owner> {
  const { connect, send } = room();
  const desk = await openDesk({
    store,
    connect,
    rehearsal: false,
    version: "1",
    overlays: (): number => owner.bus?.overlays() ?? 0,
  });
  let access: unknown = { keys: ["hash"], signIns: [] };
  const watchers = createListeners();
  const owner: Owner = {
    desk,
    send,
    oustings: 0,
    bus: deskOnBus({
      url,
      clock: systemClock,
      token: () => token,
      desk: tells(desk),
      access: {
        kept: () => access,
        watch: watchers.watch,
        change(change) {
          access = change;
          watchers.tell();
          return Promise.resolve(true);
        },
      },
      onOusted: () => owner.oustings++,
    }),
    async close() {
      await owner.bus.close();
      await desk.close();
    },
  };
  return owner;
}

async function openMember(
  url: string,
  { clock = systemClock, onTrouble }: {
    clock?: Clock;
    onTrouble?: (trouble: string | null) => void;
  } = {},
) {
  const bus = await joinBus({
    url,
    clock,
    ...(onTrouble && { onTrouble }),
  });
  const desk = remoteDesk({ bus, board: null, version: "1", clock });
  return { bus, desk };
}

/** A member that has heard its owner. */
async function joinOwner(url: string, clock?: Clock) {
  const member = await openMember(url, clock && { clock });
  await until("it is heard", () => member.bus.trouble() === null);
  return member;
}

const NEW = {
  type: "newSession",
  title: "Evening",
  channel: "studio",
} as const;

Deno.test("a member has the state, the frame and the keys of an owner that was there before", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    await owner.desk.submit(NEW);
    owner.send(gift("1", 5));
    await until("the gift counts", () => owner.desk.frame().viewers === 1);
    const member = await joinOwner(url);
    try {
      await until("it is there", () => member.desk.frame().viewers === 1);
      const { frame: _, health: a, ...told } = member.desk.state();
      const { frame: __, health: b, ...own } = owner.desk.state();
      equal(told, own);
      equal(a.storage, b.storage);
      equal(member.desk.frame().rows, owner.desk.frame().rows);
      equal(member.bus.newest("access"), { keys: ["hash"], signIns: [] });
      equal(member.bus.trouble(), null);
    } finally {
      await member.desk.close();
      await owner.close();
    }
  });
});

Deno.test("every read is the same through the bus", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const member = await joinOwner(url);
    try {
      await member.desk.submit(NEW);
      for (let i = 0; i < 60; i++) {
        owner.send(gift(String(i % 7), i + 1), {
          type: "comment",
          id: String(8_000_000_000_000_000_000n + BigInt(i)),
          at: 1_700_000_000_000 + i,
          viewer: {
            id: String(i % 7),
            handle: `h.${i % 7}`,
            nickname: `Ñame ${i % 7}`,
            avatarUrl: null,
            follower: false,
          },
          text: `ทำไม ${i}?`,
        });
      }
      await until("all count", () => owner.desk.state().session?.seq === 121);
      const id = owner.desk.state().session!.id;
      for (const name of ["current", id]) {
        const here = (await owner.desk.view(name))!;
        const there = (await member.desk.view(name))!;
        equal(await there.summary(), here.summary());
        for (const q of [undefined, "ñame 3", "@h.2", "nobody"]) {
          const asked = { offset: 1, limit: 3, q };
          equal(await there.board(asked), here.board(asked));
        }
        equal(await there.viewer("3"), here.viewer("3"));
        equal(await there.viewer("none"), null);
        const asked = { limit: 4 };
        equal(
          await there.receipts("3", asked),
          await here.receipts("3", asked),
        );
        equal(await there.receipts("none", asked), null);
        equal(await there.proof("3"), await here.proof("3"));
        equal(await there.proof("none"), null);
        equal(await there.closing(), await here.closing());
        equal(await there.comments(asked), here.comments(asked));
        const at = Date.now();
        equal(
          await there.boardAt(at, { offset: 0, limit: 9 }),
          await here.boardAt(at, { offset: 0, limit: 9 }),
        );
        equal(
          await Array.fromAsync(there.exportJsonl()),
          await Array.fromAsync(here.exportJsonl()),
        );
        equal(
          await Array.fromAsync(there.exportCsv()),
          await Array.fromAsync(here.exportCsv()),
        );
      }
      equal(await member.desk.sessions(), await owner.desk.sessions());
      equal(await member.desk.view("none"), null);
    } finally {
      await member.desk.close();
      await owner.close();
    }
  });
});

Deno.test("the same key through two members has one effect, another body is refused", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const [one, two] = await Promise.all([joinOwner(url), joinOwner(url)]);
    try {
      await one.desk.submit(NEW);
      const freeze = { type: "freeze", seconds: 0 } as const;
      const [a, b] = await Promise.all([
        one.desk.submit(freeze, "k"),
        two.desk.submit(freeze, "k"),
      ]);
      equal(a, b);
      ok(a.ok);
      // The freeze, and its end at once.
      equal(owner.desk.state().session?.seq, a.seq! + 1);
      await rejects(two.desk.submit({ type: "open" }, "k"), KeyReusedError);
      const refused = await two.desk.submit(freeze);
      equal(refused.ok, false);
    } finally {
      await one.desk.close();
      await two.desk.close();
      await owner.close();
    }
  });
});

Deno.test("whoever has an answer has the news of it", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const member = await joinOwner(url);
    try {
      await member.desk.submit(NEW);
      for (let i = 0; i < 50; i++) {
        const type = i % 2 === 0 ? "freeze" : "open";
        await member.desk.submit(
          type === "freeze" ? { type, seconds: 0 } : { type },
        );
        const phase = i % 2 === 0 ? "frozen" : "open";
        equal(member.desk.frame().phase, phase);
        equal(member.desk.state().session?.phase, phase);
        await member.desk.changeSettings({ freezeSeconds: i });
        equal(member.desk.state().settings.freezeSeconds, i);
        await member.bus.ask("changeKeys", [{ i }]);
        equal(member.bus.newest("access"), { i });
      }
    } finally {
      await member.desk.close();
      await owner.close();
    }
  });
});

Deno.test("an export goes over whole, is imported again, and waits for a slow reader", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const member = await joinOwner(url);
    try {
      await member.desk.submit(NEW);
      for (let i = 0; i < 200; i++) {
        owner.send(...Array.from({ length: 100 }, (_, k) => gift(`${k}`)));
      }
      await until(
        "all count",
        () => owner.desk.state().session?.seq === 20_001,
      );
      const here = (await owner.desk.view("current"))!;
      const there = (await member.desk.view("current"))!;
      const text = (await Array.fromAsync(here.exportJsonl())).join("");
      equal((await Array.fromAsync(there.exportJsonl())).join(""), text);
      const lines = text.trimEnd().split("\n");

      // Readers that leave, and one that never came, hold nothing up.
      there.exportJsonl();
      for (let i = 0; i < 2 * MOST_FLOWS; i++) {
        for await (const _ of there.exportJsonl()) break;
      }
      let open: AsyncIterator<string>[] = [];
      await until("those who left are gone", async () => {
        const asked = await Promise.allSettled(
          Array.from({ length: MOST_FLOWS }, async () => {
            const lines = there.exportJsonl()[Symbol.asyncIterator]();
            await lines.next();
            return lines;
          }),
        );
        open = asked.flatMap((one) =>
          one.status === "fulfilled" ? one.value : []
        );
        if (open.length === MOST_FLOWS) return true;
        for (const lines of open) await lines.return?.();
        return false;
      });
      await rejects(Array.fromAsync(there.exportJsonl()), AwayError);
      for (const lines of open) await lines.return?.();

      const info = await member.desk.importSession(toAsync(lines));
      const copy = (await member.desk.view(info.id))!;
      equal((await copy.summary()).totals, here.summary().totals);
      await rejects(
        member.desk.importSession(toAsync([...lines.slice(0, 30), "{"])),
        ImportError,
      );
      await rejects(
        member.desk.importSession(broken(lines)),
        /the sender fell over/,
      );
      equal((await owner.desk.sessions()).length, 2);
    } finally {
      await member.desk.close();
      await owner.close();
    }
  });
});

async function* toAsync(lines: string[]): AsyncGenerator<string> {
  yield* lines;
}

async function* broken(lines: string[]): AsyncGenerator<string> {
  yield* lines.slice(0, 5_000);
  throw new RangeError("the sender fell over");
}

Deno.test("without an owner that is said in plain words, and heals when one comes", async () => {
  await withRedis(async ({ url }) => {
    const member = await openMember(url);
    let owner: Owner | undefined;
    try {
      match(member.bus.trouble()!, /The process that runs the game.*not there/);
      match(member.desk.state().health.storage!, /not there/);
      equal(member.desk.frame().phase, "idle");
      const before = performance.now();
      await rejects(member.desk.submit(NEW), AwayError);
      await rejects(member.desk.check(), /Start it/);
      ok(performance.now() - before < 1_000, "it does not wait for nobody");
      owner = await openOwner(url);
      await until("it is heard", () => member.bus.trouble() === null);
      equal((await member.desk.submit(NEW)).ok, true);
    } finally {
      await member.desk.close();
      await owner?.close();
    }
  });
});

/** What a program tells that knows no rounds yet. */
function withoutRounds(desk: OpenDesk): OpenDesk {
  const frame = () => {
    const { round: _, series: __, teams: ___, goals, boost, ...rest } = desk
      .frame();
    ok(goals.length === 0 && boost === null);
    return rest as Frame;
  };
  const state = () => {
    const { late: _, rounds: __, setUp, ...rest } = desk.state();
    ok(setUp.round === null);
    return { ...rest, frame: frame() } as DeskState;
  };
  return { ...desk, frame, state };
}

Deno.test("beside an older program that leads, what that does not tell is as it is without rounds", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url, { tells: withoutRounds });
    const member = await joinOwner(url);
    try {
      equal((await member.desk.submit(NEW)).ok, true);
      await until(
        "the game is heard of",
        () => member.desk.frame().phase === "open",
      );
      const { frame, ...state } = member.desk.state();
      const { late, rounds, setUp } = owner.desk.state();
      equal([state.late, state.rounds, state.setUp], [late, rounds, setUp]);
      const { round, series, teams, goals, boost } = owner.desk.frame();
      equal(
        [frame.round, frame.series, frame.teams, frame.goals, frame.boost],
        [round, series, teams, goals, boost],
      );
      equal(frame.session?.title, NEW.title);
    } finally {
      await member.desk.close();
      await owner.close();
    }
  });
});

Deno.test("an ask waits for the next owner when the first one goes", async () => {
  await withRedis(async ({ url }) => {
    const store = memoryStore();
    const first = await openOwner(url, { store });
    const member = await joinOwner(url);
    await member.desk.submit(NEW);
    await first.close();
    const asked = member.desk.submit({ type: "freeze", seconds: 0 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = await openOwner(url, { token: 2, store });
    try {
      equal((await asked).ok, true);
      equal(second.desk.state().session?.phase, "frozen");
    } finally {
      await member.desk.close();
      await second.close();
    }
  });
});

Deno.test("an ask that an owner has no say in any more goes to the next one", async () => {
  await withRedis(async ({ url }) => {
    const store = memoryStore();
    const first = await openOwner(url, { store });
    const member = await joinOwner(url);
    await member.desk.submit(NEW);
    first.desk.submit = () => Promise.reject(new StandbyError("Another leads"));
    const asked = member.desk.submit({ type: "freeze", seconds: 0 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = await openOwner(url, { token: 2, store });
    try {
      equal((await asked).ok, true);
      equal(second.desk.state().session?.phase, "frozen");
    } finally {
      await member.desk.close();
      await second.close();
      await first.close();
    }
  });
});

Deno.test("a member that joins a game raises no alarm, and one without a game raises it once", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const said: (string | null)[] = [];
    // A name is all that was kept: nothing of the owner was heard yet.
    const member = await openMember(url, {
      onTrouble: (trouble) => said.push(trouble),
    });
    await until("it is heard", () => member.bus.trouble() === null);
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
    equal(said, [null]);
    await member.desk.close();
    await owner.close();
    const alone: (string | null)[] = [];
    const other = await openMember(url, {
      onTrouble: (trouble) => alone.push(trouble),
    });
    await until("it says so", () => alone.length > 0);
    await other.desk.close();
    equal(alone.map((trouble) => trouble !== null), [true]);
  });
});

Deno.test("whether the owner could take a command is known before a probe gives up", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const member = await joinOwner(url);
    const begun = Promise.withResolvers<void>();
    owner.desk.check = () => begun.promise; // as long as a disk hangs
    const patience = new Promise((_, give) =>
      setTimeout(() => give(new Error("The probe gave up")), 2_500)
    );
    try {
      await rejects(
        Promise.race([member.desk.check(), patience]),
        /does not answer in time/,
      );
    } finally {
      begun.resolve();
      await patience.catch(() => {}); // its timer
      await member.desk.close();
      await owner.close();
    }
  });
});

Deno.test("a Redis without memory silences nobody, and what was told meanwhile is kept when it has some", async () => {
  const redis = await startRedis();
  const owner = await openOwner(redis.url);
  const member = await joinOwner(redis.url);
  const memory = (bytes: string) =>
    member.bus.client.configSet("maxmemory", bytes);
  try {
    await memory("1mb"); // less than it has in use
    await member.desk.submit(NEW);
    equal(member.desk.frame().phase, "open", "the news come before the answer");
    owner.send(gift("1"));
    await until("frames go on", () => member.desk.frame().viewers === 1);
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS + 500));
    equal(member.bus.trouble(), null);
    await memory("0");
    await until("the newest is kept", async () => {
      const kept = await member.bus.client.hGet("bus:newest", "frame");
      return kept?.includes('"phase":"open"') ?? false;
    });
    const late = await joinOwner(redis.url);
    equal(late.desk.frame().viewers, 1);
    await late.desk.close();
  } finally {
    await member.desk.close();
    await owner.close();
    await redis.stop();
  }
});

Deno.test("an owner with an older token is not heard any more", async () => {
  await withRedis(async ({ url }) => {
    const old = await openOwner(url, { token: 3 });
    await old.desk.submit(NEW);
    const member = await joinOwner(url);
    const young = await openOwner(url, { token: 4 });
    try {
      await until("the young one leads", () => !member.desk.state().session);
      await old.desk.submit({ type: "freeze", seconds: 0 });
      await until("the old one knows", () => old.oustings > 0);
      equal(member.desk.state().session, null);
      equal(member.desk.frame().phase, "idle");
    } finally {
      await member.desk.close();
      await young.close();
      await old.close();
    }
  });
});

Deno.test("when Redis goes and comes back empty, the newest is there again", async () => {
  const redis = await startRedis({ appendonly: "no" });
  const owner = await openOwner(redis.url);
  const member = await joinOwner(redis.url);
  try {
    await member.desk.submit(NEW);
    await redis.kill();
    await until("it is noticed", () => member.bus.trouble() !== null);
    match(member.bus.trouble()!, /^Redis .*\(redis:\/\/127\.0\.0\.1:\d+\)$/);
    await rejects(member.desk.submit({ type: "open" }), AwayError);
    owner.send(gift("1"));
    await until("the game goes on", () => owner.desk.frame().viewers === 1);
    await redis.restart();
    await until("it is heard", () => member.desk.frame().viewers === 1, 10);
    await until("it can be asked", () => member.bus.trouble() === null, 10);
    equal(member.desk.state().session?.seq, 2);
    equal((await member.desk.submit({ type: "freeze", seconds: 0 })).ok, true);
  } finally {
    await member.desk.close();
    await owner.close();
    await redis.stop();
  }
});

Deno.test("the owner knows how many overlays its members serve, until they go", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const members: { bus: BusMember; desk: { close(): Promise<void> } }[] = [
      await joinOwner(url),
      await joinOwner(url),
    ];
    try {
      members[0]!.bus.tellOverlays(3);
      members[1]!.bus.tellOverlays(4);
      await until("7 are known", () => owner.bus.overlays() === 7);
      await until(
        "all are told so",
        () => members[0]!.bus.newest("state")?.health.overlays === 7,
      );
      await members[1]!.desk.close();
      await until("3 are left", () => owner.bus.overlays() === 3);
    } finally {
      await members[0]!.desk.close();
      await owner.close();
    }
  });
});

Deno.test("when Redis is emptied, whoever comes later sees the game, and tokens may begin anew", async () => {
  await withRedis(async ({ url }) => {
    const first = await openOwner(url, { token: 7 });
    const member = await joinOwner(url);
    try {
      await member.desk.submit(NEW);
      await member.bus.client.flushAll();
      await until("it is told again", async () => {
        const kept = await member.bus.client.hGetAll("bus:newest");
        return "frame" in kept && "state" in kept && "access" in kept;
      });
      const late = await joinOwner(url);
      equal(late.desk.frame().phase, "open");
      await late.desk.close();

      await first.close();
      await member.bus.client.flushAll();
      const second = await openOwner(url, { token: 1 });
      try {
        await until("the new one is heard", () => !member.desk.state().session);
        equal((await member.desk.submit(NEW)).ok, true);
        equal(member.desk.frame().phase, "open");
      } finally {
        await second.close();
      }
    } finally {
      await member.desk.close();
      await first.close();
    }
  });
});

Deno.test("a countdown is as long for a member, whatever its own clock says, and whenever it joins", async () => {
  await withRedis(async ({ url }) => {
    const owner = await openOwner(url);
    const wrong = { ...systemClock, wall: () => Date.now() - 3_600_000 };
    const member = await joinOwner(url, wrong);
    const left = ({ closesAt, now }: Frame) => closesAt! - now;
    const isRight = ({ desk }: typeof member) =>
      Math.abs(left(desk.frame()) - left(owner.desk.frame())) < 500;
    try {
      await member.desk.submit(NEW);
      await member.desk.submit({ type: "freeze", seconds: 60 });
      ok(isRight(member), "told as it begins");
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      ok(isRight(member), "a second later");
      const late = await joinOwner(url, wrong);
      await until("it is right for who joins", () => isRight(late));
      await late.desk.close();
    } finally {
      await member.desk.close();
      await owner.close();
    }
  });
});

Deno.test("an owner that starts again with the clock set back is heard", async () => {
  await withRedis(async ({ url }) => {
    const store = memoryStore();
    const owner = await openOwner(url, { store });
    await owner.desk.submit(NEW);
    const member = await joinOwner(url);
    await until("it is there", () => member.desk.frame().phase === "open");
    await owner.close();
    const { now } = Date;
    Date.now = () => now() - 600_000;
    const again = await openOwner(url, { store });
    try {
      await again.desk.submit({ type: "freeze", seconds: 0 });
      await until("it is heard", () => member.desk.frame().phase === "frozen");
    } finally {
      Date.now = now;
      await member.desk.close();
      await again.close();
    }
  });
});
