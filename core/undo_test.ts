/**
 * What undo takes back, what it leaves, and what it refuses. `take_back_test.ts`
 * is about wins under later steps.
 *
 * @module
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import fc from "fast-check";
import { boardHash, frameOf } from "./board.ts";
import type { GameCommand } from "./shapes/commands.ts";
import { Entry, type Fact } from "./shapes/entries.ts";
import before from "./ledger_before_fields.json" with { type: "json" };
import { DEFAULT_RATES } from "./rates.ts";
import { recordNext } from "./due.ts";
import { evolve, record } from "./evolve.ts";
import { emptySession } from "./session.ts";
import type { Session } from "./session.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";
import { newestStep } from "./steps.ts";
import {
  ask,
  board,
  comment,
  gift,
  ledgerOf,
  play,
  receiptSum,
  T0,
} from "./testing.ts";

const SECOND = 1_000;

/** Ann and Bob have points, and Ann has said something. */
function evening() {
  const { session, entries } = ledgerOf();
  const song = comment("ann", "a song, please");
  entries.push(...play(session, [
    gift("ann", { repeatCount: 4 }),
    gift("bob", { repeatCount: 3 }),
    song,
    comment("bob", "hello"),
  ]));
  /** Lets the host ask at a second of the evening; the seq, or the refusal. */
  const at = (second: number, command: GameCommand) => {
    const now = T0 + second * SECOND;
    const closed = recordNext(session, now);
    if (closed) entries.push(closed);
    const made = ask(session, command, { now });
    if (!Array.isArray(made)) return made;
    entries.push(...made);
    return made.findLast(({ type }) => type !== "frozen")!.seq;
  };
  const done = (second: number, command: GameCommand): number => {
    const made = at(second, command);
    ok(typeof made === "number", JSON.stringify(made));
    return made;
  };
  const adjust = (viewerId: string, points: number): GameCommand => {
    return { type: "adjustPoints", viewerId, points, reason: "x" };
  };
  const show: GameCommand = {
    type: "showComment",
    viewerId: "ann",
    commentId: song.id,
  };
  return { session, entries, at, done, adjust, show };
}

/** What a refusal says came after; its code where nothing did. */
function refusal(answer: ReturnType<ReturnType<typeof evening>["at"]>) {
  ok(typeof answer !== "number", "it was not refused");
  const { code, after } = answer;
  return after ? [code, after.step, after.viewer, after.seq] : code;
}

Deno.test("undo of a comment leaves the close that came after it", () => {
  const { session, entries, done, show } = evening();
  done(0, { type: "freeze", seconds: 5 });
  done(2, show);
  entries.push(...play(session, [gift("bob")], T0 + 6 * SECOND)); // it closes
  done(62, { type: "undo" });
  equal(session.controls.phase, "frozen");
  equal(session.controls.closesAt, null);
  equal(session.controls.stage, null);
  equal(session.feed[0]!.used, false);
  equal(entries.filter(({ type }) => type === "frozen").length, 1);
});

Deno.test("undo is refused where what the step is about was set since", () => {
  const { session, at, done, show } = evening();
  const first = done(0, show);
  const second = done(1, { type: "clearStage" });
  const out = done(2, { type: "sitOut", viewerId: "bob" });
  const back = done(3, { type: "comeBack", viewerId: "bob" });
  equal(refusal(at(4, { type: "undo", seq: first })), [
    ...["too_late", "stageCleared", null],
    second,
  ]);
  equal(refusal(at(4, { type: "undo", seq: out })), [
    ...["too_late", "cameBack", "bob"],
    back,
  ]);
  done(5, { type: "undo", seq: second });
  done(6, { type: "undo", seq: first }); // nothing is in the way any more
  equal(session.controls.stage, null);
});

Deno.test("undo of a freeze is too late once the game has closed", () => {
  const { at, done } = evening();
  const freeze = done(0, { type: "freeze", seconds: 0 });
  equal(refusal(at(1, { type: "undo", seq: freeze })), [
    ...["too_late", "frozen", null],
    freeze + 1,
  ]);
  equal((refusal(at(1, { type: "undo" })) as unknown[])[0], "too_late");
});

Deno.test("undo of keeping it open brings its countdown back, and not a passed one", () => {
  for (const [second, code] of [[4, null], [6, "too_late"]] as const) {
    const { session, at, done } = evening();
    done(0, { type: "freeze", seconds: 5 });
    const seq = done(2, { type: "cancelFreeze" });
    const answer = at(second, { type: "undo", seq });
    if (code) equal(refusal(answer), code);
    equal(session.controls.phase, code ? "open" : "closing");
  }
});

Deno.test("redo does not bring a passed countdown back", () => {
  const { session, at, done } = evening();
  done(0, { type: "freeze", seconds: 5 });
  done(2, { type: "undo" });
  equal(refusal(at(6, { type: "redo" })), "too_late");
  equal(newestStep(session, "redo", T0 + 6 * SECOND), null);
});

Deno.test("undo of a win keeps what was set since, and undoes the rest", () => {
  const { session, done, show } = evening();
  const win = done(0, { type: "selectWinner" });
  done(1, { type: "open" });
  done(2, { type: "freeze", seconds: 30 });
  done(3, show);
  done(4, { type: "undo" }); // the comment
  done(5, { type: "undo" }); // the freeze
  done(6, { type: "undo" }); // the opening
  equal(newestStep(session, "undo", T0)?.of, win);
  done(7, { type: "redo" }); // it is open, and the win is below that
  done(8, { type: "undo", seq: win });
  equal(session.controls.phase, "open");
  equal(session.controls.stage, null);
  equal(board(session), [["ann", 20], ["bob", 15]]);
});

Deno.test("undo of a win in a countdown leaves the game frozen once that is over", () => {
  for (const [second, phase] of [[4, "closing"], [60, "frozen"]] as const) {
    const { session, at, done } = evening();
    const freeze = done(0, { type: "freeze", seconds: 5 });
    done(2, { type: "selectWinner" });
    done(second, { type: "undo" });
    equal(session.controls.phase, phase);
    equal(board(session)[0], ["ann", 20]);
    done(second, { type: "redo" });
    equal(session.controls.phase, "frozen");
    equal(session.controls.stage?.kind, "winner");
    done(second, { type: "undo" });
    equal(session.controls.phase, phase);
    if (phase === "frozen") {
      equal(typeof at(second, { type: "undo", seq: freeze }), "object");
    }
  }
});

Deno.test("undo of an end in a countdown leaves the game frozen once that is over", () => {
  const { session, done } = evening();
  done(0, { type: "freeze", seconds: 5 });
  done(2, { type: "endSession" });
  done(60, { type: "undo" });
  equal([session.controls.phase, session.endedAt], ["frozen", null]);
  done(61, { type: "redo" });
  equal(session.controls.phase, "ended");
});

Deno.test("undo never leaves a viewer below nothing, and names the win", () => {
  const { session, at, done, adjust } = evening();
  const more = done(0, adjust("ann", 7));
  const win = done(1, { type: "selectWinner" });
  equal(refusal(at(2, { type: "undo", seq: more })), [
    ...["too_late", "winnerSelected", "ann"],
    win,
  ]);
  play(session, [gift("ann", { repeatCount: 6 })]);
  done(3, { type: "open" });
  play(session, [gift("ann", { repeatCount: 7 })]); // 5 points: too few
  equal(typeof at(4, { type: "undo", seq: more }), "object");
  play(session, [gift("ann", { repeatCount: 8 })]);
  done(5, { type: "undo", seq: more });
  equal(board(session), [["bob", 15], ["ann", 3]]);
});

Deno.test("any of the last 200 steps can be taken back", () => {
  const { session, at, done, adjust } = evening();
  const seqs = Array.from({ length: 201 }, (_, i) => done(i, adjust("bob", 1)));
  equal(refusal(at(300, { type: "undo", seq: seqs[0]! })), "not_a_win");
  done(301, { type: "undo", seq: seqs[1]! });
  done(302, { type: "undo", seq: seqs[100]! });
  equal(refusal(at(303, { type: "undo", seq: seqs[100]! })), "already");
  equal(session.tallies.get("bob")!.points, 15 + 199);
  done(304, { type: "redo" });
  done(305, { type: "redo" });
  equal(session.tallies.get("bob")!.points, 15 + 201);
  done(306, { type: "undo" }); // the newest, as before
  equal(newestStep(session, "undo", T0)?.of, seqs[199]);
});

Deno.test("undo without a number takes the newest step that can be", () => {
  const { session, done, show } = evening();
  const shown = done(0, show);
  done(1, { type: "freeze", seconds: 0 });
  equal(newestStep(session, "undo", T0 + 2 * SECOND)?.of, shown);
  done(2, { type: "undo" });
  equal(session.controls.phase, "frozen");
  equal(session.controls.stage, null);
});

Deno.test("an ended session takes back its end and nothing else", () => {
  const { at, done, adjust } = evening();
  const seq = done(0, adjust("ann", 1));
  done(1, { type: "endSession" });
  equal(refusal(at(2, { type: "undo", seq })), "ended");
  done(3, { type: "undo" });
  done(4, { type: "undo", seq });
});

Deno.test("opening again clears the stage, and one undo brings both back", () => {
  const { session, done } = evening();
  done(0, { type: "selectWinner" });
  done(1, { type: "open" });
  equal(frameOf(session, T0).stage, null);
  equal(session.controls.phase, "open");
  done(2, { type: "undo" });
  equal(frameOf(session, T0).stage?.kind, "winner");
  equal(session.controls.phase, "frozen");
});

Deno.test("the card of a win that was taken back does not come back", () => {
  const { session, done, show } = evening();
  const win = done(0, { type: "selectWinner" });
  const shown = done(1, show);
  done(2, { type: "undo", seq: win });
  equal(session.controls.stage?.kind, "comment");
  done(3, { type: "undo", seq: shown });
  equal(session.controls.stage, null);
  equal(board(session), [["ann", 20], ["bob", 15]]);
});

Deno.test("a ledger of before replays step by step to what it was", async () => {
  const session = emptySession();
  for (const { entry, then } of before.ledger) {
    evolve(session, Entry.parse(entry));
    equal([session.seq, sketchOf(session)], [entry.seq, then]);
  }
  equal(await boardHash(session), before.hash);
  const again = fromSnapshot(toSnapshot(session))!;
  ask(again, { type: "undo" }); // and goes on by what each step changed
  equal(again.feed.map(({ used }) => used), [true, false]);
});

/** How a session stands, as the ledger of before has it written beside it. */
function sketchOf(session: Session): string {
  const { phase, closesAt, stage } = session.controls;
  const rows = board(session).map(([id, points]) => `${id} ${points}`);
  const ofs = (steps: { of: number }[]) => steps.map(({ of }) => of).join(" ");
  return [
    phase + (closesAt === null ? "" : ` until ${closesAt - T0}`),
    stage ? `${stage.kind} of ${stage.viewerId}` : "nothing on stage",
    rows.join(", "),
    `used ${session.feed.filter(({ used }) => used).length}`,
    `winners ${session.totals.winners}`,
    `undo ${ofs(session.undo)}`,
    `redo ${ofs(session.redo)}`,
  ].join(" · ");
}

// Evenings in which any step may be taken back, in any order.

/** What the host presses; `back` takes back one of the steps there are. */
type Press = GameCommand | { back: number } | "gifts";

const presses: fc.Arbitrary<Press[]> = fc.array(
  fc.oneof(
    fc.constant<Press>("gifts"),
    fc.constantFrom<Press>(
      { type: "freeze", seconds: 2 },
      { type: "freeze", seconds: 30 },
      { type: "freeze", seconds: 0 },
      { type: "cancelFreeze" },
      { type: "open" },
      { type: "open" },
      { type: "clearStage" },
      { type: "selectWinner" },
      { type: "selectWinner" },
      { type: "undo" },
      { type: "redo" },
      { type: "redo" },
      { type: "endSession" },
    ),
    fc.constantFrom("ann", "bob").chain((viewerId) =>
      fc.constantFrom<Press>(
        { type: "showComment", viewerId, commentId: "own" },
        { type: "markComment", viewerId, commentId: "own", used: true },
        { type: "markComment", viewerId, commentId: "own", used: false },
        { type: "sitOut", viewerId },
        { type: "comeBack", viewerId },
        { type: "adjustPoints", viewerId, points: 9, reason: "x" },
        { type: "adjustPoints", viewerId, points: -9, reason: "x" },
      )
    ),
    fc.nat({ max: 9 }).map((back): Press => ({ back })),
    fc.nat({ max: 9 }).map((back): Press => ({ back })),
  ),
  { minLength: 10, maxLength: 60, size: "max" },
);

function pressAll(list: Press[]) {
  const { session, entries } = evening();
  list.forEach((press, i) => {
    const now = T0 + i * SECOND;
    const closed = recordNext(session, now);
    if (closed) entries.push(closed);
    const made = press === "gifts"
      ? play(session, [gift("ann", { groupId: `${i}` })], now)
      : ask(session, commandOf(session, press), {
        now,
        settings: { winnersSitOut: i % 2 === 0 },
      });
    if (Array.isArray(made)) entries.push(...made);
  });
  return { session, entries };
}

function commandOf(
  session: Session,
  press: GameCommand | { back: number },
): GameCommand {
  if (!("type" in press)) {
    const { undo } = session;
    return { type: "undo", seq: undo[press.back % (undo.length || 1)]?.of };
  }
  if (!("commentId" in press)) return press;
  const row = session.feed.find((each) => each.viewerId === press.viewerId)!;
  return { ...press, commentId: row.id };
}

/** What the host's steps have made of a session, but for who came first. */
function madeOf(session: Session) {
  const { controls, wins, feed, tallies, totals } = session;
  return JSON.parse(JSON.stringify({
    controls,
    wins: wins.filter(({ undone }) => !undone).map(({ viewerId, points }) => {
      return { viewerId, points };
    }),
    used: feed.map(({ used }) => used),
    winners: totals.winners,
    viewers: Array.from(
      tallies.values(),
      ({ id, points, made, satOut }) => ({ id, points, made, satOut }),
    ),
  }));
}

Deno.test("evenings with any step taken back replay to the same session", () => {
  let back = 0;
  fc.assert(
    fc.property(presses, fc.nat(), (list, at) => {
      const { session, entries } = pressAll(list);
      back += entries.filter(({ type }) => type === "undone").length;
      const whole = (each: Session) => ({
        ...madeOf(each),
        steps: JSON.stringify([each.undo, each.redo, [...each.setBy]]),
      });
      const cut = 1 + at % entries.length;
      const kept = JSON.parse(JSON.stringify(entries)).map((entry: unknown) =>
        Entry.parse(entry)
      );
      const again = emptySession();
      for (const entry of kept.slice(0, cut)) evolve(again, entry);
      const later = fromSnapshot(toSnapshot(again))!;
      for (const entry of kept.slice(cut)) evolve(later, entry);
      equal(whole(later), whole(session));
    }),
    { numRuns: 300 },
  );
  ok(back > 300, `only ${back} steps were taken back`);
});

Deno.test("evenings with any step taken back keep points exact", () => {
  fc.assert(
    fc.property(presses, (list) => {
      const { session, entries } = pressAll(list);
      for (const tally of session.tallies.values()) {
        equal(tally.points, receiptSum(entries, tally.id));
        ok(tally.points >= 0, `${tally.id} has ${tally.points}`);
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("what was taken back is as if it had never been", () => {
  let tried = 0;
  const isLong = (press: Press) =>
    !(typeof press === "object" && "seconds" in press && press.seconds === 2);
  fc.assert(
    fc.property(presses.map((list) => list.filter(isLong)), (list) => {
      const { session, entries } = pressAll(list);
      // An end, a win under others and a countdown that ran out are told apart.
      if (entries.some(({ type }) => APART.has(type))) return;
      const undone = new Set<number>();
      for (const entry of entries) {
        if (entry.type === "undone") undone.add(entry.of);
        if (entry.type === "redone") undone.delete(entry.of);
      }
      if (undone.size === 0) return;
      tried++;
      const without = emptySession();
      for (const { seq, at, ...fact } of entries) {
        if (undone.has(seq) || /^(un|re)done$/.test(fact.type)) continue;
        // A win took points that were given by hand and taken back since.
        if (leavesLess(without, fact as Fact)) return;
        record(without, fact as Fact, at);
      }
      equal(madeOf(session), madeOf(without));
    }),
    { numRuns: 1_000 },
  );
  ok(tried > 100, `only ${tried} evenings were tried`);
});

const APART = new Set(["ended", "winTakenBack"]);

/** Whether a fact takes more than its viewer has here. */
function leavesLess({ tallies }: Session, fact: Fact): boolean {
  if (!("points" in fact) || !("viewerId" in fact)) return false;
  const { viewerId = "", points = 0 } = fact;
  return (tallies.get(viewerId)?.points ?? 0) + points < 0;
}

Deno.test("redo after any undo is the identity", () => {
  let tried = 0;
  fc.assert(
    fc.property(presses, fc.nat({ max: 9 }), (list, back) => {
      const { session } = pressAll(list);
      const now = T0 + list.length * SECOND;
      ask(session, { type: "clearStage" }, { now }); // a countdown may end
      const { undo } = session;
      const seq = undo[back % (undo.length || 1)]?.of;
      const was = madeOf(session);
      const made = ask(session, { type: "undo", seq }, { now });
      if (!Array.isArray(made) || made[0]!.type !== "undone") return;
      tried++;
      ok(Array.isArray(ask(session, { type: "redo" }, { now })));
      equal(madeOf(session), was);
    }),
    { numRuns: 300 },
  );
  ok(tried > 50, `only ${tried} steps were taken back`);
});

Deno.test("rates that were taken back stay taken back under later steps", () => {
  const { session, done, show } = evening();
  const rates = { ...DEFAULT_RATES, comment: 2 };
  const seq = done(0, { type: "setRates", rates });
  done(1, show);
  done(2, { type: "undo", seq });
  equal(session.controls.rates, DEFAULT_RATES);
  equal(session.controls.stage?.viewerId, "ann");
});
