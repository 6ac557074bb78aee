import { deepStrictEqual as equal, ok, throws } from "node:assert";
import fc from "fast-check";
import { frameOf } from "./board.ts";
import type { GameCommand } from "./commands.ts";
import { type Entry, receiptOf } from "./entries.ts";
import type { LiveEvent } from "./events.ts";
import { DEFAULT_RATES, type Rates } from "./rates.ts";
import { closeIfDue, evolve, replay, type Session } from "./session.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";
import {
  ask,
  board,
  comment,
  gift,
  ledgerOf,
  like,
  play,
  started,
  T0,
} from "./testing.ts";

/** What a session is, apart from how far its ledger has got. */
function stateOf(session: Session): unknown {
  const bytes = toSnapshot(session);
  const ids = 4 * new DataView(bytes.buffer).getUint32(0);
  const text = new TextDecoder().decode(bytes.subarray(8 + ids));
  const [first, ...rest] = text.trim().split("\n")
    .map((line) => JSON.parse(line));
  const { seq: _seq, at: _at, ...state } = first.plain;
  return { ...state, rest, board: board(session) };
}

Deno.test("advance() gives a follower a point for 10 likes, others for 15", () => {
  const session = started();
  play(session, [like("fan", 9, { follower: true }), like("new", 14)]);
  equal(board(session), []);
  play(session, [like("fan", 1, { follower: true }), like("new", 1)]);
  equal(board(session), [["fan", 1], ["new", 1]]);
});

Deno.test("advance() keeps what is carried when a viewer follows half-way", () => {
  const session = started();
  play(session, [like("ann", 12)]); // 24 of 30 parts
  play(session, [{
    type: "follow",
    id: "77",
    at: T0,
    viewer: like("ann", 1).viewer,
  }]);
  play(session, [like("ann", 2)]); // 3 parts each now, though this message says no
  equal(board(session), [["ann", 1]]);
  equal(session.tallies.get("ann")!.carried, 0);
});

Deno.test("advance() counts each unit of a combo once, whatever arrives when", () => {
  const session = started();
  const tick = (repeatCount: number, groupId = "a") =>
    gift("ann", { repeatCount, groupId });
  play(session, [tick(3), tick(1), tick(10), tick(7), tick(10)]);
  equal(board(session), [["ann", 50]]);
  play(session, [tick(2, "b"), tick(11)]); // another combo, and a late tick
  equal(board(session), [["ann", 65]]);
});

Deno.test("advance() counts a gift that is no combo by its own units", () => {
  const session = started();
  const big = { diamonds: 1000, combo: false, groupId: "0", giftId: "9" };
  play(session, [gift("ann", big), gift("ann", big)]);
  equal(board(session), [["ann", 60_000]]);
});

Deno.test("advance() chooses the tier by the price of one unit", () => {
  const price = (diamonds: number) => {
    const session = started();
    play(session, [gift("ann", { diamonds })]);
    return board(session)[0]![1] / diamonds;
  };
  const prices = [1, 4, 5, 9, 10, 19, 20, 49, 50, 99, 100, 299, 300, 999, 1000];
  equal(
    prices.map(price),
    [5, 5, 6, 6, 7, 7, 8, 8, 10, 10, 15, 15, 20, 20, 30],
  );
});

Deno.test("advance() knows a message again after a snapshot and a replay", () => {
  const { session, entries } = ledgerOf();
  const rose = gift("ann", { repeatCount: 5 });
  entries.push(...play(session, [rose]));
  for (const again of [replay(entries), fromSnapshot(toSnapshot(session))!]) {
    equal(play(again, [rose]), []);
    equal(play(again, [{ ...rose, id: "99" }]), []); // the combo has not grown
    equal(board(again), [["ann", 25]]);
  }
});

Deno.test("advance() counts a comment once per distinct text", () => {
  const session = started({ ...DEFAULT_RATES, comment: 3 });
  play(session, [
    comment("ann", "สวัสดี"),
    comment("ann", " สวัสดี "),
    comment("ann", "hello"),
  ]);
  equal(board(session), [["ann", 6]]);
  equal(session.feed.map((row) => row.times), [2, 1]);
});

Deno.test("advance() does not count what was seen before the session began", () => {
  const { session } = ledgerOf();
  const rose = gift("ann", { repeatCount: 9 });
  const late = replay([{
    seq: 1,
    at: T0,
    type: "started",
    sessionId: "s2",
    title: "",
    channel: "host",
    rates: session.controls.rates,
    before: { ids: [rose.id], combos: [["ann|5655|1", 9]] },
  }]);
  play(late, [rose, gift("ann", { repeatCount: 10 })]);
  equal(board(late), [["ann", 5]]);
});

Deno.test("a deletion takes a comment away, before or after it came", () => {
  const session = started();
  const first = comment("ann", "one"), second = comment("ann", "two");
  const gone = (id: string, messageIds: string[]): LiveEvent => ({
    type: "deletion",
    id,
    at: T0,
    messageIds,
    viewerIds: [],
  });
  play(session, [first, gone("1", [first.id, second.id]), second]);
  equal(session.feed.map((row) => row.deleted), [true, true]);
});

Deno.test("events after the close are kept as late and earn nothing", () => {
  const session = started();
  ask(session, { type: "freeze", seconds: 5 });
  play(session, [gift("ann")], T0 + 4_999);
  const entries = play(session, [gift("bob")], T0 + 5_000);
  equal(entries.map((e) => [e.type, e.at]), [
    ["frozen", T0 + 5_000],
    ["gifted", T0 + 5_000],
  ]);
  equal(board(session), [["ann", 5]]);
  equal(session.totals.late, 1);
  ask(session, { type: "open" }, { now: T0 + 6_000 });
  play(session, [gift("bob", { repeatCount: 2 })], T0 + 6_000);
  equal(board(session), [["ann", 5], ["bob", 5]]); // the late unit stays late
});

Deno.test("the stream delay moves the close, not the countdown", () => {
  const session = started();
  const settings = { streamDelay: 10 };
  ask(session, { type: "freeze", seconds: 3 }, { settings });
  const { closesAt, countdownTo } = session.controls;
  equal([countdownTo, closesAt], [T0 + 3_000, T0 + 13_000]);
  play(session, [gift("ann")], T0 + 12_999);
  equal(board(session), [["ann", 5]]);
});

Deno.test("equal points: whoever got there first is ahead", () => {
  const session = started();
  play(session, [gift("bob"), gift("ann")]);
  equal(board(session), [["bob", 5], ["ann", 5]]);
  play(session, [gift("ann", { repeatCount: 2 })]);
  play(session, [gift("bob", { repeatCount: 2 })]);
  equal(board(session), [["ann", 10], ["bob", 10]]);
});

Deno.test("selectWinner takes the first off the board with the latest comment", () => {
  const session = started();
  play(session, [
    gift("ann", { repeatCount: 3 }),
    gift("bob"),
    comment("ann", "first?", { at: T0 }),
    comment("ann", "second?", { at: T0 + 5 }),
  ]);
  ask(session, { type: "selectWinner" });
  const frame = frameOf(session, T0);
  equal(frame.phase, "frozen");
  equal([frame.stage?.viewerId, frame.stage?.points, frame.stage?.comment], [
    "ann",
    15,
    "second?",
  ]);
  equal(board(session), [["bob", 5]]);
  equal(session.feed.map((row) => row.used), [false, true]);
});

Deno.test("selectWinner works without a comment, and says no to an empty board", () => {
  const session = started();
  equal(ask(session, { type: "selectWinner" }), {
    ok: false,
    code: "empty_board",
    reason: "Nobody is on the board yet",
  });
  play(session, [gift("ann")]);
  ask(session, { type: "selectWinner", comment: "random" });
  equal(frameOf(session, T0).stage?.comment, null);
});

Deno.test("winners who sit out earn nothing more; others start from zero", () => {
  for (const winnersSitOut of [true, false]) {
    const session = started();
    play(session, [gift("ann", { repeatCount: 3 })]);
    ask(session, { type: "selectWinner" }, { settings: { winnersSitOut } });
    ask(session, { type: "open" });
    play(session, [gift("ann", { repeatCount: 4 })]);
    equal(board(session), winnersSitOut ? [] : [["ann", 5]]);
  }
});

Deno.test("undo of a winner gives the points back and keeps what came since", () => {
  const session = started();
  play(session, [
    gift("ann", { repeatCount: 2 }),
    gift("bob", { repeatCount: 2 }),
  ]);
  ask(session, { type: "selectWinner" });
  ask(session, { type: "undo" });
  equal(session.controls.phase, "open");
  equal(board(session), [["ann", 10], ["bob", 10]]); // ann is first again
  ask(session, { type: "redo" });
  ask(session, { type: "open" });
  play(session, [gift("ann", { repeatCount: 3 })]);
  ask(session, { type: "undo" }); // the opening
  ask(session, { type: "undo" }); // the winner
  equal(board(session), [["ann", 15], ["bob", 10]]);
});

Deno.test("new rates hold from that moment and keep what is carried", () => {
  const session = started();
  play(session, [like("ann", 14)]); // 28/30
  const rates: Rates = { ...DEFAULT_RATES, likes: { follower: 7, other: 11 } };
  ask(session, { type: "setRates", rates });
  const { carried } = session.tallies.get("ann")!;
  equal(carried * 30, 28 * session.parts);
  play(session, [like("ann", 1)]); // 14/15 + 1/11 is more than one
  equal(board(session), [["ann", 1]]);
  const left = session.tallies.get("ann")!.carried;
  equal(left * 165, (14 * 11 + 15 - 165) * session.parts);
});

Deno.test("setRates refuses rates that could not be counted exactly", () => {
  const session = started();
  const likes = (follower: number, other: number): GameCommand => ({
    type: "setRates",
    rates: { ...DEFAULT_RATES, likes: { follower, other } },
  });
  ok(Array.isArray(ask(session, likes(997, 991))));
  const refused = ask(session, likes(983, 977));
  ok("code" in refused && refused.code === "rates_too_fine");
});

Deno.test("adjustPoints never leaves less than nothing", () => {
  const session = started();
  play(session, [gift("ann")]);
  const refused = ask(session, {
    type: "adjustPoints",
    viewerId: "ann",
    points: -6,
    reason: "wrong",
  });
  ok("code" in refused && refused.code === "not_enough_points");
  equal(board(session), [["ann", 5]]);
});

Deno.test("an ended session takes nothing and continues as it was", () => {
  const session = started();
  play(session, [gift("ann")]);
  ask(session, { type: "endSession" });
  equal(play(session, [gift("bob")]), []);
  const refused = ask(session, { type: "freeze" });
  ok("code" in refused && refused.code === "ended");
  evolve(session, { seq: session.seq + 1, at: T0, type: "continued" });
  equal(session.controls.phase, "open");
  equal(board(session), [["ann", 5]]);
});

Deno.test("evolve() refuses a hole and points that the rates do not give", () => {
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("ann"), gift("bob")]));
  throws(() => replay([entries[0]!, entries[2]!]), /Cannot apply entry 3/);
  const forged = { ...entries[1]!, points: 6 } as Entry;
  throws(() => replay([entries[0]!, forged]), /gives 6 points where/);
});

// What any evening may bring, in a small world so that things collide.

const who = fc.constantFrom("a", "b", "c", "d");
const times = fc.integer({ min: 1, max: 15 });
const anyEvent: fc.Arbitrary<LiveEvent> = fc.oneof(
  fc.record({ who, times, follower: fc.boolean() }).map((r) =>
    like(r.who, r.times, { follower: r.follower })
  ),
  fc.record({
    who,
    times,
    diamonds: fc.constantFrom(1, 5, 10, 299),
    groupId: fc.constantFrom("1", "2"),
  }).map((r) =>
    gift(r.who, {
      giftId: `g${r.diamonds}`,
      diamonds: r.diamonds,
      repeatCount: r.times,
      groupId: r.groupId,
    })
  ),
  fc.record({ who, text: fc.constantFrom("hi", "ว่าไง", "?") }).map((r) =>
    comment(r.who, r.text)
  ),
);
const anyRates = fc.record({
  follower: fc.integer({ min: 1, max: 12 }),
  other: fc.integer({ min: 1, max: 12 }),
  comment: fc.integer({ min: 0, max: 3 }),
}).map(({ follower, other, comment }): Rates => ({
  ...DEFAULT_RATES,
  likes: { follower, other },
  comment,
}));
const anyCommand: fc.Arbitrary<GameCommand> = fc.oneof(
  fc.constantFrom<GameCommand>(
    { type: "freeze", seconds: 0 },
    { type: "freeze", seconds: 3 },
    { type: "cancelFreeze" },
    { type: "open" },
    { type: "open" },
    { type: "selectWinner" },
    { type: "selectWinner", comment: "random" },
    { type: "clearStage" },
    { type: "undo" },
    { type: "undo" },
    { type: "redo" },
    { type: "undo", seq: 4 },
    { type: "endSession" },
  ),
  who.chain((viewerId) =>
    fc.constantFrom<GameCommand>(
      { type: "sitOut", viewerId },
      { type: "comeBack", viewerId },
      { type: "blockViewer", viewerId },
      { type: "unblockViewer", viewerId },
      { type: "adjustPoints", viewerId, points: 7, reason: "x" },
      { type: "adjustPoints", viewerId, points: -7, reason: "x" },
    )
  ),
  anyRates.map((rates): GameCommand => ({ type: "setRates", rates })),
);
const evening = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.array(anyEvent, { maxLength: 6, size: "max" }) },
    { weight: 2, arbitrary: anyCommand },
  ),
  { maxLength: 40, size: "max" },
);

/** Plays an evening, a second a turn; the session and its whole ledger. */
function live(turns: (LiveEvent[] | GameCommand)[], rates?: Rates) {
  const { session, entries } = ledgerOf(rates);
  turns.forEach((turn, i) => {
    const now = T0 + i * 1000;
    const closed = closeIfDue(session, now);
    if (closed) entries.push(closed);
    const made = Array.isArray(turn)
      ? play(session, turn, now)
      : ask(session, turn, { now, choose: i });
    if (Array.isArray(made)) entries.push(...made);
  });
  return { session, entries };
}

Deno.test("any batching and order of likes gives the same points", () => {
  const likes = fc.array(fc.tuple(who, times), { maxLength: 60, size: "max" });
  fc.assert(fc.property(likes, anyRates, fc.infiniteStream(fc.nat()), (
    taps,
    rates,
    chance,
  ) => {
    const events = taps.map(([name, count]) =>
      like(name, count, { follower: name < "c" })
    );
    const single = started(rates);
    for (const event of events) play(single, [event]);

    const shuffled = [...events].sort(() => chance.next().value! % 3 - 1);
    const batched = started(rates);
    for (let i = 0; i < shuffled.length;) {
      const next = i + 1 + chance.next().value! % 7;
      play(batched, shuffled.slice(i, next));
      i = next;
    }
    const held = (session: Session) =>
      ["a", "b", "c", "d"].map((id) => {
        const tally = session.tallies.get(id);
        return tally && [tally.points, tally.carried];
      });
    equal(held(batched), held(single));
    for (const name of ["a", "b", "c", "d"]) {
      const sum = taps.reduce((n, [w, c]) => w === name ? n + c : n, 0);
      const rate = name < "c" ? rates.likes.follower : rates.likes.other;
      equal(single.tallies.get(name)?.points ?? 0, Math.floor(sum / rate));
    }
  }));
});

Deno.test("any duplication and order of messages gives the same points", () => {
  const events = fc.array(anyEvent, { maxLength: 40, size: "max" });
  fc.assert(fc.property(events, fc.infiniteStream(fc.nat()), (once, chance) => {
    // Whether someone follows must not depend on the order here.
    const known = once.map((event): LiveEvent =>
      "viewer" in event
        ? { ...event, viewer: { ...event.viewer, follower: false } }
        : event
    );
    const rates = { ...DEFAULT_RATES, comment: 2 };
    const calm = started(rates);
    play(calm, known);
    const wild = started(rates);
    const thrice = [...known, ...known, ...known]
      .sort(() => chance.next().value! % 3 - 1);
    for (const event of thrice) play(wild, [event]);
    const points = (session: Session) => new Map(board(session).sort());
    equal(points(wild), points(calm));
    equal(wild.ids.size() <= once.length, true);
  }));
});

Deno.test("replay of the ledger equals the live session", () => {
  fc.assert(fc.property(evening, anyRates, (turns, rates) => {
    const { session, entries } = live(turns, rates);
    const again = replay(JSON.parse(JSON.stringify(entries)));
    equal(stateOf(again), stateOf(session));
    equal(again.ids.size(), session.ids.size());
    equal(frameOf(again, T0), frameOf(session, T0));
  }));
});

Deno.test("a snapshot at any entry and the rest of the ledger is the session", () => {
  fc.assert(fc.property(evening, fc.nat(), (turns, at) => {
    const { session, entries } = live(turns);
    const cut = 1 + at % entries.length;
    const early = fromSnapshot(toSnapshot(replay(entries.slice(0, cut))))!;
    for (const entry of entries.slice(cut)) evolve(early, entry);
    equal(stateOf(early), stateOf(session));
  }));
});

Deno.test("undo then redo is the identity", () => {
  fc.assert(fc.property(evening, (turns) => {
    const { session } = live(turns);
    const now = T0 + turns.length * 1000;
    ask(session, { type: "clearStage" }, { now }); // lets a countdown run out
    const before = stateOf(session);
    const undone = ask(session, { type: "undo" }, { now });
    if (!Array.isArray(undone)) return;
    ask(session, { type: "redo" }, { now });
    equal(withoutHistory(stateOf(session)), withoutHistory(before));
  }));
});

/** Undo clears nothing but keeps its own notes; the rest must be equal. */
function withoutHistory(state: unknown): unknown {
  const { undo, redo, ...rest } = state as { undo: unknown[]; redo: unknown[] };
  return { ...rest, steps: undo.length, undone: redo.length };
}

Deno.test("the points of a viewer are the sum of their receipts", () => {
  fc.assert(fc.property(evening, anyRates, (turns, rates) => {
    const { session, entries } = live(turns, rates);
    const sums = new Map<string, number>();
    for (const entry of entries) {
      const receipt = receiptOf(entry);
      if (!receipt) continue;
      const { viewerId, points } = receipt;
      sums.set(viewerId, (sums.get(viewerId) ?? 0) + points);
    }
    for (const tally of session.tallies.values()) {
      equal(sums.get(tally.id) ?? 0, tally.points);
      const made = Object.values(tally.made).reduce((a, b) => a + b, 0);
      equal(made, tally.points);
      ok(tally.points >= 0 && Number.isInteger(tally.points));
    }
  }));
});

Deno.test("a snapshot is whole or it is none", () => {
  const session = started();
  for (let n = 0; n < 3_000; n++) {
    play(session, [like(`v${n}`, 20), comment(`v${n}`, `hello ${n}`)]);
  }
  const bytes = toSnapshot(session);
  ok(bytes.filter((byte) => byte === 0x0a).length > 10, "it has many parts");
  equal(stateOf(fromSnapshot(bytes)!), stateOf(session));
  const step = Math.ceil(bytes.length / 500);
  for (let length = 0; length < bytes.length; length += step) {
    equal([length, fromSnapshot(bytes.slice(0, length))], [length, null]);
  }
  for (let at = bytes.indexOf(0x0a); at < bytes.length - 1;) {
    equal([at, fromSnapshot(bytes.slice(0, at + 1))], [at, null]);
    at = bytes.indexOf(0x0a, at + 1);
  }
});
