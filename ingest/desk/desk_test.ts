import { deepStrictEqual as equal, notEqual, ok, rejects } from "node:assert";
import type { Command } from "@/core/shapes/commands.ts";
import { connectionOff, emptyCounts } from "@/core/connection.ts";
import type { Source } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import type { Store } from "@/core/ports.ts";
import { comment, gift, like } from "@/core/testing.ts";
import { steadyClock } from "@/testing/fake_clock.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { ImportError, KeyReusedError, type OpenDesk } from "@/core/desk.ts";
import type { SourceOptions } from "./channel.ts";
import { openDesk } from "./desk.ts";

/** A connection that a test speaks for. */
function handDriven() {
  const opened: SourceOptions[] = [];
  const closed: string[] = [];
  const connect = (options: SourceOptions): Source => {
    opened.push(options);
    const connection = {
      ...connectionOff(0),
      state: "live" as const,
      channel: options.channel,
      roomId: "1",
    };
    return {
      connection: () => connection,
      counts: emptyCounts,
      roomViewers: () => null,
      close() {
        closed.push(options.channel);
        return Promise.resolve();
      },
    };
  };
  return {
    connect,
    opened,
    closed,
    bring: (...events: Incoming[]) => opened.at(-1)!.onEvents(events),
  };
}

async function withDesk(
  work: (
    given: {
      desk: OpenDesk;
      store: Store;
      room: ReturnType<typeof handDriven>;
      again(): Promise<OpenDesk>;
    },
  ) => Promise<void>,
) {
  const store = memoryStore();
  const room = handDriven();
  const open = () =>
    openDesk({
      store,
      connect: room.connect,
      rehearsal: false,
      version: "test",
      clock: steadyClock,
    });
  let desk = await open();
  const again = async () => {
    await desk.close();
    return desk = await open();
  };
  try {
    await work({ desk, store, room, again });
  } finally {
    await desk.close();
    store.close();
  }
}

async function done(desk: OpenDesk, command: Command, key?: string) {
  const outcome = await desk.submit(command, key);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome;
}

async function points(
  desk: OpenDesk,
  id = "current",
): Promise<[string, number][]> {
  const view = await desk.view(id);
  const { rows } = view!.board({ offset: 0, limit: 500 });
  return rows.map((row) => [row.viewerId, row.points]);
}

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(lines)).join("");
}

async function* linesOf(text: string): AsyncIterable<string> {
  yield* text.split("\n");
}

Deno.test("commands about the game are refused while no session runs", async () => {
  await withDesk(async ({ desk }) => {
    for (const type of ["freeze", "open", "undo", "selectWinner"] as const) {
      const outcome = await desk.submit({ type });
      ok(!outcome.ok && outcome.code === "no_session", type);
    }
    equal(desk.frame().phase, "idle");
    equal(await desk.view("current"), null);
  });
});

Deno.test("connect takes a name or a link, refuses the rest, and comes back after a restart", async () => {
  await withDesk(async ({ desk, room, again }) => {
    const outcome = await desk.submit({ type: "connect", channel: "no way!" });
    ok(!outcome.ok && outcome.code === "bad_channel");
    await done(desk, {
      type: "connect",
      channel: "https://www.tiktok.com/@Som.Live/live",
    });
    await done(desk, { type: "connect", channel: "@other" });
    equal(room.closed, ["som.live"]);
    await again();
    equal(room.opened.map((o) => o.channel), ["som.live", "other", "other"]);
  });
});

Deno.test("a session goes on after a restart as it was", async () => {
  await withDesk(async ({ desk, room, again }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession", title: "one" });
    room.bring(gift("ann", { repeatCount: 3 }));
    const adjust = {
      type: "adjustPoints",
      viewerId: "ann",
      points: 2,
    } as const;
    await done(desk, { ...adjust, reason: "right" });
    await done(desk, { type: "freeze", seconds: 0 });
    const next = await again();
    equal(next.state().session?.phase, "frozen");
    // It has closed; what lies below that can be taken back.
    const step = { seq: 3, step: "pointsAdjusted", viewer: "ann" };
    equal(next.state().undo, step);
    equal(await points(next), [["ann", 17]]);
  });
});

Deno.test("a new session does not count what came before it", async () => {
  await withDesk(async ({ desk, room }) => {
    await done(desk, { type: "connect", channel: "som" });
    const early = gift("ann", { repeatCount: 9 });
    room.bring(early);
    await done(desk, { type: "newSession" });
    room.bring(early, gift("ann", { repeatCount: 10 }));
    equal(await points(desk), [["ann", 5]]);
  });
});

Deno.test("a new session ends the one before, which can be continued", async () => {
  await withDesk(async ({ desk, room }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession", title: "one" });
    room.bring(gift("ann"));
    const first = desk.state().session!.id;
    await done(desk, { type: "newSession", title: "two" });
    room.bring(gift("bob"));
    equal(await points(desk), [["bob", 5]]);
    equal((await desk.view(first))!.summary().phase, "ended");
    await done(desk, { type: "continueSession", sessionId: first });
    room.bring(gift("ann", { repeatCount: 2 }));
    equal(await points(desk), [["ann", 10]]);
    equal(desk.state().session?.phase, "open");
    const unknown = await desk.submit({
      type: "continueSession",
      sessionId: "nope",
    });
    ok(!unknown.ok && unknown.code === "session_not_found");
  });
});

Deno.test("the same key gives the same answer, another body is refused", async () => {
  await withDesk(async ({ desk, again }) => {
    const first = await done(desk, { type: "newSession" }, "k1");
    const both = await Promise.all([
      desk.submit({ type: "freeze", seconds: 9 }, "k2"),
      desk.submit({ type: "freeze", seconds: 9 }, "k2"),
    ]);
    equal(both[0], both[1]);
    ok(both[0]!.ok);
    const refused = await desk.submit({ type: "redo" }, "k3");
    const next = await again();
    equal(await next.submit({ type: "newSession" }, "k1"), first);
    equal(await next.submit({ type: "redo" }, "k3"), refused);
    await rejects(next.submit({ type: "undo" }, "k2"), KeyReusedError);
    equal(next.state().session?.seq, 2);
  });
});

Deno.test("what the game did not decide is no answer for later: the same key is another try", async () => {
  await withDesk(async ({ desk, store }) => {
    const scene = { type: "switchScene", scene: "Host" } as const;
    equal((await desk.submit(scene, "scene")).ok, false);
    equal(await store.answer("scene"), null, "OBS may be there next time");
    // As older versions wrote down what a process said that stood by.
    await store.putAnswer({
      key: "old",
      digest: "of another body",
      status: 409,
      body: { ok: false, code: "standing_by", reason: "Another leads" },
    });
    equal((await desk.submit({ type: "newSession" }, "old")).ok, true);
    const refused = await desk.submit({ type: "open" }, "decided");
    equal((await store.answer("decided"))?.body, refused);
  });
});

Deno.test("an export comes in again with the same board", async () => {
  await withDesk(async ({ desk, room }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession", title: "ค่ำคืน" });
    room.bring(
      gift("ann", { repeatCount: 4 }),
      like("bob", 15),
      comment("bob", "สวัสดี"),
    );
    await done(desk, { type: "selectWinner" });
    await done(desk, { type: "undo" });
    const text = await textOf((await desk.view("current"))!.exportJsonl());
    const info = await desk.importSession(linesOf(text));
    notEqual(info.id, desk.state().session!.id);
    equal(info.title, "ค่ำคืน");
    equal(await points(desk, info.id), await points(desk));
    const copy = await textOf((await desk.view(info.id))!.exportJsonl());
    const end = (lines: string) => JSON.parse(lines.trim().split("\n").at(-1)!);
    equal(end(copy).board, end(text).board);
  });
});

Deno.test("an export right after the end says when that was", async () => {
  await withDesk(async ({ desk }) => {
    await done(desk, { type: "newSession" });
    await done(desk, { type: "endSession" });
    const view = (await desk.view("current"))!;
    const [header] = (await textOf(view.exportJsonl())).split("\n");
    const { endedAt } = JSON.parse(header!).session;
    equal(typeof endedAt, "number");
    equal(endedAt, view.summary().endedAt);
  });
});

Deno.test("an imported rehearsal is listed as one, can be looked at and is not continued", async () => {
  const elsewhere = memoryStore();
  const other = await openDesk({
    store: elsewhere,
    connect: handDriven().connect,
    rehearsal: true,
    version: "test",
  });
  await other.submit({ type: "newSession", title: "Practice" });
  const text = (await Array.fromAsync(
    (await other.view("current"))!.exportJsonl(),
  )).join("");
  await other.close();
  await withDesk(async ({ desk }) => {
    const { id } = await desk.importSession(linesOf(text));
    const [line] = await desk.sessions();
    equal([line?.id, line?.rehearsal], [id, true]);
    equal((await desk.view(id))?.summary().title, "Practice");
    const command: Command = { type: "continueSession", sessionId: id };
    const outcome = await desk.submit(command);
    ok(!outcome.ok && outcome.code === "was_rehearsed");
  });
});

Deno.test("a changed, cut or foreign export is refused and leaves nothing", async () => {
  await withDesk(async ({ desk, room, store }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession" });
    room.bring(gift("ann", { repeatCount: 4 }), gift("bob"));
    const text = await textOf((await desk.view("current"))!.exportJsonl());
    const lines = text.trim().split("\n");
    const bad: [string, RegExp][] = [
      [
        text.replace('"giftName":"Rose"', '"giftName":"Ruby"'),
        /line 4: it does/,
      ],
      [text.replace('"units":4', '"units":5'), /line 3: .* 20 points where/],
      [lines.toSpliced(2, 1).join("\n"), /line 3: it does not follow/],
      [lines.slice(0, -1).join("\n"), /stops after line 4/],
      [text + "{}", /line 6: there is more/],
      ["hello", /line 1: this is not JSON/],
      ['{"format":"other"}', /line 1: this is no header/],
      ["", /the file is empty/],
    ];
    for (const [content, why] of bad) {
      await rejects(desk.importSession(linesOf(content)), (error) => {
        ok(error instanceof ImportError && why.test(error.message), `${error}`);
        return true;
      });
    }
    equal((await store.listSessions()).length, 1);
  });
});

Deno.test("receipts tell every point, page by page, and sum up", async () => {
  await withDesk(async ({ desk, room }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession" });
    room.bring(
      gift("ann", { repeatCount: 2 }),
      like("bob", 30),
      like("ann", 15),
    );
    await done(desk, {
      type: "adjustPoints",
      viewerId: "ann",
      points: -4,
      reason: "oops",
    });
    const view = (await desk.view("current"))!;
    const one = (await view.receipts("ann", { limit: 2 }))!;
    equal(one.items.map((r) => [r.type, r.points, r.sum]), [
      ["gifted", 10, 10],
      ["liked", 1, 11],
    ]);
    const two =
      (await view.receipts("ann", { limit: 2, cursor: one.cursor! }))!;
    equal(two.items.map((r) => [r.type, r.points, r.sum]), [
      ["pointsAdjusted", -4, 7],
    ]);
    equal(two.cursor, null);
    equal(await view.receipts("stranger", { limit: 2 }), null);
  });
});

Deno.test("comments come newest first, by filter and page by page", async () => {
  await withDesk(async ({ desk, room }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession" });
    const gone = comment("bob", "rude");
    room.bring(
      comment("ann", "hello"),
      comment("ann", "กินข้าวหรือยัง"),
      comment("bob", "really?", { follower: true }),
      gone,
      {
        type: "deletion",
        id: "5",
        at: 0,
        messageIds: [gone.id],
        viewerIds: [],
      },
    );
    const view = (await desk.view("current"))!;
    const texts = (options: Parameters<typeof view.comments>[0]) =>
      view.comments(options).items.map((item) => item.text);
    equal(texts({ limit: 9 }), ["really?", "กินข้าวหรือยัง", "hello"]);
    // Sent in the same moment: the first here is the latest for a winner, too.
    equal(view.viewer("ann")!.comments.map(({ text }) => text), [
      "กินข้าวหรือยัง",
      "hello",
    ]);
    equal(texts({ limit: 9, filter: "questions" }), ["really?", "กินข้าวหรือยัง"]);
    equal(texts({ limit: 9, filter: "followers" }), ["really?"]);
    equal(texts({ limit: 9, q: "ข้าว" }), ["กินข้าวหรือยัง"]);
    const { cursor } = view.comments({ limit: 2 });
    equal(texts({ limit: 2, cursor: cursor! }), ["hello"]);
  });
});

Deno.test("a table of the board holds no formula", async () => {
  await withDesk(async ({ desk, room }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession" });
    room.bring(gift("ann", { nickname: '=cmd|"x"' }));
    const text = await textOf((await desk.view("current"))!.exportCsv());
    ok(text.includes(`"'=cmd|""x"""`), text);
    ok(text.endsWith("\r\n"));
  });
});

Deno.test("the board as it was at a time", async () => {
  await withDesk(async ({ desk, room }) => {
    await done(desk, { type: "connect", channel: "som" });
    await done(desk, { type: "newSession" });
    room.bring(gift("ann"));
    await done(desk, { type: "freeze", seconds: 0 });
    await done(desk, { type: "selectWinner" });
    const view = (await desk.view("current"))!;
    const now = await view.boardAt(steadyClock.wall() + 1000, {
      offset: 0,
      limit: 5,
    });
    equal([now.total, now.seq], [0, 5]);
    const before = await view.boardAt(0, { offset: 0, limit: 5 });
    equal([before.total, before.seq], [0, 0]);
  });
});

Deno.test("a session is renamed, removed and restored", async () => {
  await withDesk(async ({ desk }) => {
    await done(desk, { type: "newSession", title: "one" });
    const { id } = desk.state().session!;
    await desk.renameSession(id, "two");
    equal(desk.state().session?.title, "two");
    const refused = await desk.removeSession(id);
    equal(typeof refused === "object" && refused.code, "session_runs");
    equal(desk.frame().phase, "open"); // a game on air is not taken away
    await done(desk, { type: "endSession" });
    equal(await desk.removeSession(id), true);
    equal(desk.frame().phase, "idle");
    equal([await desk.sessions(), await desk.view(id)], [[], null]);
    equal(await desk.restoreSession(id), true);
    equal((await desk.sessions("tw")).map((s) => s.title), ["two"]);
    equal(await desk.removeSession("nope"), false);
  });
});

Deno.test("test events are for rehearsals only", async () => {
  await withDesk(async ({ desk }) => {
    await done(desk, { type: "newSession" });
    const outcome = await desk.submit({ type: "simulate", kind: "gift" });
    ok(!outcome.ok && outcome.code === "not_a_rehearsal");
  });
});
