/**
 * What people argue about on air, each as it is decided; the numbers are those
 * of the list in docs/rounds.md.
 *
 * @module
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import { advance } from "./advance.ts";
import { frameOf } from "./board.ts";
import { recordDue } from "./due.ts";
import { PROGRAM_STEPS } from "./entries.ts";
import type { Session } from "./session.ts";
import type { LiveEvent } from "./shapes/events.ts";
import {
  ask,
  board,
  comment,
  follow,
  gift,
  ledgerOf,
  like,
  play,
  share,
  started,
  T0,
} from "./testing.ts";
import { DEFAULT_RATES } from "./rates.ts";
import type { Team } from "./shapes/rounds.ts";
import { teamOf, teamStanding } from "./teams.ts";

const S = 1_000;
const TEAMS: Team[] = [
  { id: "red", name: "Red", colour: "#ff0000", words: ["1"], giftIds: [] },
  { id: "blue", name: "Blue", colour: "#0000ff", words: ["2"], giftIds: [] },
];
const OVERTIME = { within: 10, margin: 5, add: 15, times: 1 };

/** Roses of a viewer at so many ms after the start. */
function roses(who: string, n: number, groupId = "1") {
  return gift(who, { repeatCount: n, groupId });
}

/** Takes an event in that arrives then, sent a while before if it was. */
function arrive(
  session: Session,
  ms: number,
  event: LiveEvent,
  sentMs?: number,
) {
  const sentAt = sentMs === undefined ? undefined : T0 + sentMs;
  return advance(session, [
    { at: T0 + ms, event, ...(sentAt !== undefined && { sentAt }) },
  ]);
}

function round(session: Session, more: Record<string, unknown> = {}) {
  return ask(session, { type: "startRound", seconds: 30, ...more });
}

/** What a command has made, which is not refused. */
function made(...args: Parameters<typeof ask>) {
  const entries = ask(...args);
  ok(Array.isArray(entries), JSON.stringify(entries));
  return entries.find(({ type }) => !BY_ITSELF.has(type)) as {
    seq: number;
    type: string;
    viewerId: string;
    teamId?: string;
    commentId: string | null;
    drawnFrom?: string[];
  };
}

const BY_ITSELF = new Set<string>(PROGRAM_STEPS);

function due(session: Session, ms: number) {
  return recordDue(session, T0 + ms).map(({ type }) => type);
}

Deno.test("1: equal at zero with no overtime left, who got there first is ahead", () => {
  const session = started();
  ask(session, { type: "setTeams", teams: TEAMS });
  round(session, { by: "team" });
  arrive(session, 1 * S, comment("ann", "1"));
  arrive(session, 2 * S, comment("bob", "2"));
  arrive(session, 3 * S, roses("bob", 2));
  arrive(session, 4 * S, roses("ann", 2));
  due(session, 30 * S);
  equal(board(session), [["bob", 10], ["ann", 10]]);
  const win = made(session, { type: "selectWinner" }, {
    now: T0 + 31 * S,
  });
  equal([win.viewerId, win.teamId], ["bob", "blue"]);
});

Deno.test("2: of a combo across zero the units before the close count, and new growth after it opens", () => {
  const session = started();
  round(session);
  arrive(session, 29 * S, roses("ann", 4));
  arrive(session, 30 * S + 1, roses("ann", 9));
  equal(board(session), [["ann", 20]]);
  ask(session, { type: "open" }, { now: T0 + 40 * S });
  arrive(session, 41 * S, roses("ann", 10));
  equal(board(session), [["ann", 25]]);
});

Deno.test("3: sent in time and late, it counts by the rates, boost and team of the close, and changes no winner", () => {
  const session = started();
  ask(session, { type: "setTeams", teams: TEAMS });
  round(session);
  arrive(session, 1 * S, comment("ann", "1"));
  arrive(session, 2 * S, roses("bob", 3));
  ask(session, { type: "boost", times: 2, seconds: 60, of: "all" }, {
    now: T0 + 20 * S,
  });
  due(session, 31 * S);
  ask(session, {
    type: "setRates",
    rates: {
      ...DEFAULT_RATES,
      gifts: [{
        upTo: null,
        times: 1,
      }],
    },
  }, { now: T0 + 32 * S });
  // Sent 1 s after the close, with the 2 s in the viewer's favour; and 3 s.
  arrive(session, 40 * S, roses("ann", 4), 31 * S);
  arrive(session, 40 * S, roses("cat", 4), 33 * S);
  const win = made(session, { type: "selectWinner" }, {
    now: T0 + 41 * S,
  });
  strictEqual(win.viewerId, "bob");
  const fact = made(session, { type: "countLate" }, { now: T0 + 42 * S });
  strictEqual(fact.type, "lateCounted");
  equal(board(session), [["ann", 40]]);
  strictEqual(teamStanding(session, "red").points, 40);
  equal(session.wins.map(({ viewerId }) => viewerId), ["bob"]);
  ask(session, { type: "undo", seq: fact.seq }, { now: T0 + 43 * S });
  equal(board(session), []);
  strictEqual(teamStanding(session, "red").points, 0);
  ask(session, { type: "startRound" }, { now: T0 + 44 * S });
  ask(session, { type: "freeze", seconds: 0 }, { now: T0 + 45 * S });
  const late = ask(session, { type: "countLate" }, { now: T0 + 46 * S });
  strictEqual("code" in late && late.code, "nothing_late");
});

Deno.test("4: a gift in a pause earns nothing, counts for goals and can be counted", () => {
  const session = started();
  ask(session, {
    type: "setGoals",
    goals: [{
      ...{ id: "g", title: "", of: "diamonds", steps: [10] },
      scope: "session",
    }],
  });
  round(session);
  ask(session, { type: "pause" }, { now: T0 + 5 * S });
  const [entry] = arrive(session, 6 * S, roses("ann", 10));
  strictEqual(entry!.type === "gifted" && entry!.idle, "paused");
  equal(board(session), []);
  strictEqual(frameOf(session, T0).goals[0]!.value, 10);
  equal(due(session, 7 * S), ["goalReached"]);
  ask(session, { type: "resume" }, { now: T0 + 8 * S });
  ask(session, { type: "countLate" }, { now: T0 + 9 * S });
  equal(board(session), [["ann", 50]]);
});

Deno.test("5: each like counts by what its viewer was when it came", () => {
  const session = started();
  play(session, [like("ann", 15), follow("ann"), like("ann", 10)]);
  equal(board(session), [["ann", 2]]);
});

Deno.test("6: a second winner in one round has no star", () => {
  const session = started();
  round(session);
  arrive(session, 1 * S, roses("ann", 3));
  arrive(session, 2 * S, roses("bob", 2));
  const at = { now: T0 + 3 * S };
  ask(session, { type: "selectWinner" }, at);
  ask(session, { type: "selectWinner" }, at);
  arrive(session, 4 * S, roses("cat", 1));
  ask(session, { type: "open" }, { now: T0 + 5 * S });
  arrive(session, 6 * S, roses("ann", 1, "2"));
  arrive(session, 7 * S, roses("bob", 1, "2"));
  const { rows } = frameOf(session, T0);
  equal(rows.map(({ viewerId, wins }) => [viewerId, wins]), [
    ["ann", 1],
    ["bob", 0],
  ]);
});

Deno.test("7: with the first place blocked in overtime, the board at zero decides", () => {
  const session = started();
  round(session, { overtime: OVERTIME });
  arrive(session, 1 * S, roses("ann", 3));
  arrive(session, 25 * S, roses("bob", 4));
  equal(due(session, 30 * S), ["overtimeDecided"]);
  strictEqual(frameOf(session, T0).round!.overtime, 1);
  ask(session, { type: "blockViewer", viewerId: "bob" }, { now: T0 + 31 * S });
  equal(due(session, 60 * S), ["roundClosing", "overtimeDecided", "frozen"]);
  const win = made(session, { type: "selectWinner" }, {
    now: T0 + 61 * S,
  });
  strictEqual(win.viewerId, "ann");
});

Deno.test("8: a comment that is only a joining word is never the winner's words", () => {
  const session = started();
  ask(session, { type: "setTeams", teams: TEAMS });
  play(session, [
    comment("ann", "a song"),
    comment("ann", "1"),
    roses("ann", 1),
  ]);
  for (const wanted of ["latest", "random"]) {
    const win = made(session, { type: "selectWinner", comment: wanted });
    const texts = (win.drawnFrom ?? [win.commentId])
      .map((id) => session.commentOf.get(id!)!.text);
    equal(texts, ["a song"]);
    ask(session, { type: "undo", seq: win.seq });
  }
});

Deno.test("9: a follow earns once for a viewer and session, so does a share", () => {
  const session = started({ ...DEFAULT_RATES, follow: 5, share: 3 });
  play(session, [follow("ann"), follow("ann"), share("ann"), share("ann")]);
  equal(board(session), [["ann", 8]]);
  ask(session, { type: "freeze", seconds: 0 });
  round(session, { fromZero: true });
  play(session, [follow("ann"), share("ann"), follow("bob")]);
  equal(board(session), [["bob", 5]]);
});

Deno.test("10: the host's own account plays as anybody, unless sat out", () => {
  const session = started();
  play(session, [roses("host", 2)]);
  equal(board(session), [["host", 10]]);
  ask(session, { type: "sitOut", viewerId: "host" });
  equal(board(session), []);
});

Deno.test("11: a draw made again over the same list gives the same comment", () => {
  const session = started();
  play(session, [comment("ann", "a"), comment("ann", "b"), roses("ann", 1)]);
  ask(session, { type: "freeze", seconds: 0 });
  const draw = (seed: number) => {
    const win = made(
      session,
      { type: "selectWinner", comment: "random" },
      { seed },
    );
    ask(session, { type: "undo", seq: win.seq });
    return [win.commentId, win.drawnFrom];
  };
  const first = draw(0);
  for (let seed = 1; seed < 20; seed++) equal(draw(seed), first);
});

Deno.test("zero is exact: 1 ms before it earns, 1 ms after does not", () => {
  const session = started();
  round(session);
  arrive(session, 30 * S - 1, roses("ann", 1));
  arrive(session, 30 * S, roses("bob", 1));
  arrive(session, 30 * S + 1, roses("cat", 1));
  equal(board(session), [["ann", 5]]);
});

Deno.test("with a stream delay the close is later than zero, and overtime is decided at zero", () => {
  const session = started();
  const settings = { streamDelay: 10 };
  ask(session, {
    ...{ type: "startRound", seconds: 30, overtime: OVERTIME },
  }, { settings });
  arrive(session, 1 * S, roses("ann", 9));
  arrive(session, 2 * S, roses("bob", 1));
  const frame = () => {
    const { phase, countdownTo, closesAt } = frameOf(session, T0);
    return [phase, (countdownTo ?? T0) - T0, (closesAt ?? T0) - T0];
  };
  equal(due(session, 25 * S), ["roundClosing"]);
  equal(frame(), ["closing", 30 * S, 40 * S]);
  equal(due(session, 30 * S), ["overtimeDecided"]);
  // What comes in the delay counts, and gives no more time.
  arrive(session, 35 * S, roses("bob", 9, "2"));
  equal(due(session, 40 * S), ["frozen"]);
  equal(board(session)[0], ["bob", 50]);
});

Deno.test("first to N ends the round within one batch, with who got there", () => {
  for (const size of [1, 2, 5]) {
    const session = started();
    round(session, { target: 10 });
    const events = ["ann", "bob", "cat", "ann", "bob"].map((who, i) => ({
      at: T0 + i,
      event: roses(who, 1, String(i)),
    }));
    const entries = [];
    for (let i = 0; i < events.length; i += size) {
      entries.push(...advance(session, events.slice(i, i + size)));
    }
    const reached = entries.find(({ type }) => type === "targetReached");
    equal(reached && "viewerId" in reached && reached.viewerId, "ann");
    equal(board(session), [["ann", 10], ["bob", 5], ["cat", 5]]);
    ask(session, { type: "open" });
    arrive(session, 10, roses("bob", 9, "9"));
    strictEqual(session.controls.phase, "open", "it plays on without it");
  }
});

Deno.test("a correction by hand ends no round; the next event of who has N does", () => {
  const session = started();
  round(session, { target: 10 });
  arrive(session, 1, roses("ann", 1));
  ask(session, {
    type: "adjustPoints",
    viewerId: "ann",
    points: 20,
    reason: "x",
  });
  strictEqual(session.controls.phase, "open");
  arrive(session, 2, roses("ann", 2));
  strictEqual(session.controls.phase, "frozen");
});

Deno.test("a clock: more, less, two presses are both, a pause holds it, a freeze keeps what is left", () => {
  const session = started();
  const left = (ms: number) => {
    const { round, now } = frameOf(session, T0 + ms);
    return round!.left ?? (round!.endsAt ?? now) - now;
  };
  round(session);
  ask(session, { type: "setClock", add: 15 }, { now: T0 + 1 * S });
  ask(session, { type: "setClock", add: 15 }, { now: T0 + 1 * S });
  strictEqual(left(1 * S), 59 * S);
  ask(session, { type: "pause" }, { now: T0 + 9 * S });
  strictEqual(left(30 * S), 51 * S);
  ask(session, { type: "resume" }, { now: T0 + 30 * S });
  strictEqual(left(31 * S), 50 * S);
  ask(session, { type: "freeze", seconds: 0 }, { now: T0 + 31 * S });
  strictEqual(session.controls.phase, "frozen");
  ask(session, { type: "open" }, { now: T0 + 100 * S });
  strictEqual(left(100 * S), 50 * S);
  ask(session, { type: "setClock", seconds: 0 }, { now: T0 + 101 * S });
  strictEqual(frameOf(session, T0).round!.endsAt, null);
});

Deno.test("after a close by clock more time opens it again, and one undo closes it", () => {
  const session = started();
  round(session);
  due(session, 30 * S);
  strictEqual(session.controls.phase, "frozen");
  ask(session, { type: "setClock", add: 30 }, { now: T0 + 40 * S });
  strictEqual(session.controls.phase, "open");
  ask(session, { type: "undo" }, { now: T0 + 41 * S });
  strictEqual(session.controls.phase, "frozen");
});

Deno.test("undo of more time after that time is over is too late", () => {
  const session = started();
  round(session);
  const more = made(session, { type: "setClock", add: 15 }, {
    now: T0 + 10 * S,
  });
  const undone = ask(session, { type: "undo", seq: more.seq }, {
    now: T0 + 31 * S,
  });
  strictEqual("code" in undone && undone.code, "too_late");
});

Deno.test("an undone start takes its clock with it, also one that was set since", () => {
  const session = started();
  round(session);
  ask(session, { type: "freeze", seconds: 0 }, { now: T0 + 5 * S });
  const start = made(session, { type: "startRound", seconds: 60 }, {
    now: T0 + 6 * S,
  });
  ask(session, { type: "setClock", add: 15 }, { now: T0 + 7 * S });
  const undone = ask(session, { type: "undo", seq: start.seq }, {
    now: T0 + 8 * S,
  });
  strictEqual(Array.isArray(undone), true);
  equal([frameOf(session, T0).round!.number, session.controls.phase], [
    1,
    "frozen",
  ]);
  equal(due(session, 1000 * S), []);
});

Deno.test("a series: stars are of its rounds, and the most of them make a champion who plays every round", () => {
  const session = started();
  const settings = { winnersSitOut: true };
  for (const n of [1, 2]) {
    const now = T0 + n * 100 * S;
    ask(session, { type: "startRound", bestOf: 3 }, { now });
    arrive(session, n * 100 * S + 1, roses("ann", 2, String(n)));
    arrive(session, n * 100 * S + 2, roses("bob", 1, String(n)));
    ask(session, { type: "selectWinner" }, { now: now + 3, settings });
    strictEqual(session.tallies.get("ann")!.satOut, false);
  }
  const { series, stage } = frameOf(session, T0);
  equal(series, { bestOf: 3, champion: "ann" });
  strictEqual(stage!.kind, "champion");
  ask(session, { type: "undo" }, { now: T0 + 201 * S });
  equal(frameOf(session, T0).series, { bestOf: 3, champion: null });
  ask(session, { type: "redo" }, { now: T0 + 202 * S });
  ask(session, { type: "startRound" }, { now: T0 + 300 * S });
  equal(frameOf(session, T0).series, { bestOf: 3, champion: null });
});

Deno.test("joining words: any script and case, the whole comment, one team", () => {
  const teams: Team[] = [
    { ...TEAMS[0]!, words: ["1", "Red", "แดง"] },
    { ...TEAMS[1]!, words: ["2", "น้ำเงิน"] },
  ];
  const joins: [string, string | null][] = [
    ["1", "red"],
    ["１", "red"],
    ["๑", "red"],
    ["١", "red"],
    [" RED ", "red"],
    ["r\u200be\u200dd", "red"],
    ["\ufeffแดง", "red"],
    ["น้ำเงิน", "blue"],
    ["น้ํ" + "าเงิน", "blue"],
    ["1 2", null],
    ["go red", null],
    ["red!", null],
    ["", null],
  ];
  for (const [text, team] of joins) {
    const session = started();
    ask(session, { type: "setTeams", teams });
    play(session, [roses("ann", 1), comment("ann", text)]);
    const tally = session.tallies.get("ann")!;
    equal([text, teamOf(session, tally)], [text, team]);
  }
});

Deno.test("the first choice holds; between rounds it is of the next one; a hand may change it", () => {
  const { session } = ledgerOf();
  ask(session, { type: "setTeams", teams: TEAMS });
  const team = (id: string) => teamOf(session, session.tallies.get(id)!);
  play(session, [comment("ann", "1"), roses("ann", 1), comment("ann", "2")]);
  strictEqual(team("ann"), "red");
  round(session, { by: "team" });
  strictEqual(team("ann"), "red", "what was said before the first is of it");
  ask(session, { type: "freeze", seconds: 0 });
  play(session, [comment("ann", "2"), comment("ann", "1")]);
  strictEqual(team("ann"), "red", "this one opens again");
  round(session);
  strictEqual(team("ann"), "blue");
  ask(session, { type: "assignTeam", viewerId: "ann", teamId: "red" });
  strictEqual(team("ann"), "red");
  ask(session, { type: "assignTeam", viewerId: "ann", teamId: null });
  play(session, [comment("ann", "2")]);
  strictEqual(team("ann"), "blue");
  ask(session, { type: "freeze", seconds: 0 });
  round(session);
  strictEqual(team("ann"), null, "each round anew");
  const words = frameOf(session, T0).teams.map(({ join, members }) => [
    ...[join, members],
  ]);
  equal(words, [["1", 0], ["2", 0]]);
});

Deno.test("ten thousand join in a second, and each counts once", () => {
  const session = started();
  ask(session, { type: "setTeams", teams: TEAMS });
  round(session, { by: "team" });
  const events = Array.from({ length: 10_000 }, (_, i) => ({
    at: T0 + Math.floor(i / 10),
    event: comment(`v${i}`, i % 3 === 0 ? "1" : "2"),
  }));
  advance(session, events);
  const { teams } = frameOf(session, T0);
  equal(teams.map(({ members }) => members), [3_334, 6_666]);
});

Deno.test("goals never fall, by wins, zeroing or TikTok's jumps, and a step is told once", () => {
  const { session } = ledgerOf();
  const goal = (of: "points" | "roomLikes") => ({
    ...{ id: of, title: "", of, steps: [10, 50] },
    scope: "session" as const,
  });
  ask(session, {
    type: "setGoals",
    goals: [goal("points"), goal("roomLikes")],
  });
  const value = () =>
    frameOf(session, T0).goals.map(({ value, step }) => [
      ...[value, step],
    ]);
  play(session, [roses("ann", 3)]);
  equal(due(session, 0), ["goalReached"]);
  ask(session, { type: "selectWinner" });
  round(session, { fromZero: true });
  equal(value(), [[15, 1], [0, 0]]);
  equal(due(session, 1), []);
});

Deno.test("a boost multiplies each like and gift, stands still in a pause and ends with the close", () => {
  const session = started();
  round(session, { seconds: 0 });
  ask(session, { type: "boost", times: 3, seconds: 10, of: "likes" });
  arrive(session, 1 * S, like("ann", 15));
  arrive(session, 1 * S, roses("bob", 1));
  equal(board(session), [["bob", 5], ["ann", 3]]);
  ask(session, { type: "pause" }, { now: T0 + 4 * S });
  ask(session, { type: "resume" }, { now: T0 + 60 * S });
  arrive(session, 65 * S, like("ann", 15));
  arrive(session, 66 * S, like("ann", 15));
  equal(board(session)[0], ["ann", 7]);
  ask(session, { type: "boost", times: 3, seconds: 10, of: "likes" }, {
    now: T0 + 70 * S,
  });
  ask(session, { type: "freeze", seconds: 0 }, { now: T0 + 71 * S });
  strictEqual(frameOf(session, T0).boost, null);
});
