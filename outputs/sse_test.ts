import { systemClock } from "@/ingest/clock.ts";
import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { type Frame, idleFrame, type Row } from "@/core/frame.ts";
import {
  type Hub,
  type HubOptions,
  openHub,
  rowsAsked,
  type StreamOptions,
} from "./sse.ts";

const NOW = 1_700_000_000_000;

function row(viewerId: string, i: number): Row {
  return {
    rank: i + 1,
    viewerId,
    handle: viewerId,
    nickname: viewerId,
    avatarUrl: null,
    points: 100 - i,
    follower: false,
    ...{ team: null, wins: 0 },
  };
}

function frame(seq: number, order: string, session = "s"): Frame {
  return {
    ...idleFrame(0),
    seq,
    session: { id: session, title: "", channel: "c" },
    phase: "open",
    viewers: order.length,
    rows: [...order].map(row),
  };
}

/** A hub over frames that the test pushes by hand. */
function handDriven(first: Frame, more: Partial<HubOptions> = {}) {
  let newest = first;
  const listeners = new Set<(frame: Frame) => void>();
  const hub: Hub<string> = openHub({
    frame: () => newest,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now: () => NOW,
    clock: systemClock,
    ...more,
  });
  const push = (frame: Frame) => {
    newest = frame;
    for (const listener of listeners) listener(frame);
  };
  return { hub, push, listeners };
}

function reading(
  hub: Hub<string>,
  options: Partial<StreamOptions<string>> = {},
) {
  const reader = hub.open({ rows: 5, holders: ["x"], ...options }).getReader();
  const bytes = async () => (await reader.read()).value;
  const text = async () => new TextDecoder().decode(await bytes());
  const next = async () => frameIn(await text());
  return { reader, bytes, text, next };
}

function frameIn(text: string): Frame {
  const data = /^event: frame\nid: .+\ndata: (.+)$/m.exec(text)?.[1];
  ok(data, `a frame in ${JSON.stringify(text)}`);
  return JSON.parse(data);
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

Deno.test("open() begins with the current frame when a reader connects", async () => {
  const { hub } = handDriven(frame(7, "abcdefg"));
  const { text, reader } = reading(hub);
  const first = await text();
  match(first, /^retry: 1000\n\nevent: frame\nid: s:7\ndata: \{.*\}\n\n$/);
  const { rows, overtakings, now } = frameIn(first);
  deepStrictEqual(rows.map((r) => r.viewerId), [..."abcde"]);
  deepStrictEqual(overtakings, []);
  strictEqual(now, NOW);
  await reader.cancel();
});

Deno.test("open() answers an idle frame when nothing runs", async () => {
  const { hub } = handDriven(idleFrame(NOW));
  const { text, reader } = reading(hub);
  match(await text(), /\nid: none:0\ndata: .*"phase":"idle"/);
  await reader.cancel();
});

Deno.test("rowsAsked() bends a bad number of rows instead of refusing it", () => {
  const asked = [null, "", "x", "0", "-3", "1", "7.9", "30", "31", "1e9"];
  deepStrictEqual(
    asked.map(rowsAsked),
    [5, 5, 5, 1, 1, 1, 7, 30, 30, 30],
  );
});

Deno.test("a stream shows its own number of rows, and who came into them", async () => {
  const { hub, push } = handDriven(frame(1, "abcd"));
  const two = reading(hub, { rows: 2 });
  const four = reading(hub, { rows: 4 });
  await two.next();
  await four.next();
  push(frame(2, "dbca"));
  const [cut, whole] = [await two.next(), await four.next()];
  deepStrictEqual(cut.rows.map((r) => r.viewerId), ["d", "b"]);
  strictEqual(whole.rows.length, 4);
  deepStrictEqual(
    cut.overtakings.map((o) => [o.viewerId, o.from, o.to]),
    [["d", 4, 1], ["b", 2, 2]],
  );
  deepStrictEqual(cut.overtakings[0]?.passed, ["a", "b", "c"]);
  deepStrictEqual(whole.overtakings.map((o) => o.to), [1, 2, 3]);
  hub.close();
});

Deno.test("streams that show the same are handed the very same bytes", async () => {
  const { hub, push } = handDriven(frame(1, "ab"));
  const streams = [reading(hub), reading(hub)];
  for (const stream of streams) await stream.next();
  push(frame(2, "ba"));
  const [one, other] = [await streams[0]!.bytes(), await streams[1]!.bytes()];
  ok(one);
  strictEqual(one, other);
  strictEqual(hub.framesSent(), 4);
  hub.close();
});

Deno.test("a stalled reader gets the newest frame alone, and everyone who was passed", async () => {
  const { hub, push } = handDriven(frame(1, "abcd"));
  const stalled = reading(hub);
  for (const [i, order] of ["bacd", "bcad", "bcda"].entries()) {
    push(frame(i + 2, order));
    await pause(20);
  }
  strictEqual((await stalled.next()).seq, 1);
  const late = await stalled.next();
  strictEqual(late.seq, 4);
  const passedA = late.overtakings.filter((o) => o.passed.includes("a"));
  deepStrictEqual(passedA.map((o) => o.viewerId), ["b", "c", "d"]);
  push(frame(5, "abcd"));
  strictEqual((await stalled.next()).seq, 5);
  hub.close();
});

Deno.test("frames leave at once, and then at most one in 16 ms, the newest", async () => {
  const clock = createFakeClock();
  const { hub, push } = handDriven(frame(1, "ab"), { clock });
  const { next } = reading(hub);
  await next();
  push(frame(2, "ab"));
  for (let seq = 3; seq <= 9; seq++) push(frame(seq, "ab"));
  strictEqual((await next()).seq, 2);
  const sent = hub.framesSent();
  await clock.advance(15);
  strictEqual(hub.framesSent(), sent, "the second waits its time");
  await clock.advance(1);
  strictEqual((await next()).seq, 9);
  strictEqual(hub.framesSent(), sent + 1);
  hub.close();
});

Deno.test("a reader that joins between two frames is not told the same one twice", async () => {
  const { hub, push } = handDriven(frame(1, "ab"));
  reading(hub);
  push(frame(2, "ab"));
  const last = frame(3, "ab");
  push(last); // waits for its turn
  const { next } = reading(hub);
  strictEqual((await next()).seq, 3);
  await pause(40);
  push(frame(4, "ab"));
  strictEqual((await next()).seq, 4);
  hub.close();
});

Deno.test("nobody overtakes anybody between two sessions", async () => {
  const { hub, push } = handDriven(frame(9, "ab", "one"));
  const { next } = reading(hub);
  await next();
  push(frame(1, "ba", "two"));
  deepStrictEqual((await next()).overtakings, []);
  hub.close();
});

Deno.test("a silent stream is kept alive with comment lines", async () => {
  const clock = createFakeClock();
  const { hub } = handDriven(frame(1, "a"), { clock });
  const { next, text } = reading(hub);
  await next();
  for (let beat = 0; beat < 2; beat++) {
    await clock.advance(10_000);
    strictEqual(await text(), `:\n\nevent: heartbeat\ndata: ${NOW}\n\n`);
  }
  hub.close();
  await clock.advance(0);
  strictEqual(clock.sleeping(), 0, "nothing ticks on without streams");
});

Deno.test("a reader that goes away leaves nothing behind", async () => {
  const { hub, listeners } = handDriven(frame(1, "a"));
  const gone = reading(hub);
  const abort = new AbortController();
  const aborted = reading(hub, { signal: abort.signal });
  strictEqual(hub.streams(), 2);
  strictEqual(listeners.size, 1);
  await gone.reader.cancel();
  strictEqual(hub.streams(), 1);
  await aborted.next();
  abort.abort();
  strictEqual((await aborted.reader.read()).done, true);
  strictEqual(hub.streams(), 0);
  strictEqual(listeners.size, 0);
});

Deno.test("a browser that closes its tab leaves nothing behind", async () => {
  const { hub, listeners } = handDriven(frame(1, "a"));
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () =>
      new Response(
        hub.open({ rows: 5, holders: ["x"] }),
      ),
  );
  const abort = new AbortController();
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const response = await fetch(url, { signal: abort.signal });
  const reader = response.body!.getReader();
  await reader.read();
  strictEqual(hub.streams(), 1);
  abort.abort();
  await reader.read().catch(() => "aborted by this test");
  for (let i = 0; i < 100 && hub.streams() > 0; i++) await pause(10);
  strictEqual(hub.streams(), 0);
  strictEqual(listeners.size, 0);
  await server.shutdown();
});

Deno.test("closeStreams() ends the streams of one holder", async () => {
  const { hub } = handDriven(frame(1, "a"));
  const kept = reading(hub, { holders: ["kept"] });
  const revoked = reading(hub, { holders: ["revoked"] });
  strictEqual(hub.closeStreams((holder) => holder === "revoked"), 1);
  await revoked.next();
  strictEqual((await revoked.reader.read()).done, true);
  strictEqual(hub.streams(), 1);
  await kept.next();
  hub.close();
});

Deno.test("close() ends every stream and takes no more", async () => {
  const { hub } = handDriven(frame(1, "a"));
  const before = reading(hub);
  await before.next();
  hub.close();
  strictEqual((await before.reader.read()).done, true);
  const after = reading(hub);
  strictEqual((await after.reader.read()).done, true);
  strictEqual(hub.streams(), 0);
});

Deno.test("a stream with a state is told it first, and then when it has changed", async () => {
  let changed = () => {};
  let state = { role: "host", n: 1 };
  const clock = createFakeClock();
  const { hub } = handDriven(frame(1, "a"), {
    clock,
    watchState(listener) {
      changed = listener;
      return () => {};
    },
  });
  const { text } = reading(hub, {
    state: { name: "host", read: () => state },
  });
  match(await text(), /event: state\ndata: \{"role":"host","n":1\}\n\n$/);
  changed(); // as before: nothing is sent
  state = { role: "host", n: 2 };
  changed();
  state = { role: "host", n: 3 };
  changed();
  const told = text();
  let isTold = false;
  told.then(() => isTold = true);
  await clock.advance(249);
  ok(!isTold, "at most four a second");
  await clock.advance(1);
  strictEqual(await told, 'event: state\ndata: {"role":"host","n":3}\n\n');
  hub.close();
});

Deno.test("open() tells panels how many overlays there are, as they come and go", async () => {
  const { hub } = handDriven(frame(1, "a"));
  const { text } = reading(hub, {
    state: { name: "host", read: () => ({ overlays: hub.overlays() }) },
  });
  match(await text(), /"overlays":0/);
  const overlay = reading(hub);
  match(await text(), /"overlays":1/);
  await overlay.reader.cancel();
  match(await text(), /"overlays":0/);
  hub.close();
});

Deno.test("open() sends with each heartbeat what has changed by itself", async () => {
  let eventsPerSecond = 7;
  const { hub } = handDriven(frame(1, "a"), { keepAliveMs: 20 });
  const { text } = reading(hub, {
    state: { name: "host", read: () => ({ eventsPerSecond }) },
  });
  match(await text(), /"eventsPerSecond":7/);
  eventsPerSecond = 0;
  let told = "";
  for (let i = 0; i < 5 && !told.includes("event: state"); i++) {
    told += await text();
  }
  match(told, /"eventsPerSecond":0/);
  hub.close();
});

Deno.test("overlays() counts the streams without a state", () => {
  const counts: number[] = [];
  const { hub } = handDriven(frame(1, "a"), {
    onOverlays: (count) => counts.push(count),
  });
  reading(hub);
  reading(hub, { state: { name: "host", read: () => 1 } });
  strictEqual(hub.overlays(), 1);
  strictEqual(hub.streams(), 2);
  hub.close();
  deepStrictEqual(counts, [1, 0]);
});
