/**
 * Wins taken back from under later steps. The evenings here are full of them,
 * so that the properties of the ledger are tried where it matters.
 *
 * @module
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import fc from "fast-check";
import type { GameCommand } from "./shapes/commands.ts";
import type { Entry } from "./shapes/entries.ts";
import type { LiveEvent } from "./shapes/events.ts";
import { evolve } from "./evolve.ts";
import { emptySession } from "./session.ts";
import type { Session } from "./session.ts";
import { createMessageIds } from "./message_ids.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";
import {
  ask,
  board,
  comment,
  gift,
  ledgerOf,
  play,
  receiptSum,
  started,
  T0,
} from "./testing.ts";

/** The seq of the win a command made. */
function winOf(session: Session): number {
  return session.wins.at(-1)!.seq;
}

/** Ann has won with a comment, and the game has gone on. */
function afterWin() {
  const session = started();
  play(session, [
    gift("ann", { repeatCount: 4 }),
    gift("bob", { repeatCount: 4 }),
    comment("ann", "a song, please"),
  ]);
  ask(session, { type: "selectWinner" }, { settings: { winnersSitOut: true } });
  const seq = winOf(session);
  ask(session, { type: "open" });
  return { session, seq };
}

Deno.test("undo with a seq takes back a win under later steps", () => {
  const { session, seq } = afterWin();
  play(session, [gift("bob", { repeatCount: 5 })]);
  ask(session, {
    type: "adjustPoints",
    viewerId: "bob",
    points: 7,
    reason: "x",
  });
  ask(session, { type: "undo", seq });
  equal(board(session), [["bob", 32], ["ann", 20]]); // nothing since is lost
  equal(session.controls.phase, "open");
  equal(session.controls.stage, null); // the card was still on screen
  equal(session.feed[0]!.used, false);
  equal(session.totals.winners, 0);
  equal(session.tallies.get("ann")!.satOut, false);
});

Deno.test("undo with a seq gives back the place that was held", () => {
  const { session, seq } = afterWin();
  ask(session, { type: "undo", seq });
  equal(board(session), [["ann", 20], ["bob", 20]]); // ann was there first
});

Deno.test("undo with a seq leaves a later card and a later use alone", () => {
  const { session, seq } = afterWin();
  ask(session, { type: "comeBack", viewerId: "ann" });
  play(session, [gift("ann", { repeatCount: 9 })]);
  ask(session, { type: "selectWinner", viewerId: "ann" });
  ask(session, { type: "undo", seq });
  equal(session.controls.stage?.points, 25); // the second win's card
  equal(session.feed[0]!.used, true); // the second win used it, too
  equal(session.wins.map((win) => win.undone), [true, false]);
});

Deno.test("undo takes back that a win was taken back", () => {
  const { session, seq } = afterWin();
  const before = JSON.stringify([session.controls, session.wins, session.feed]);
  ask(session, { type: "undo", seq });
  ask(session, { type: "undo" });
  equal(
    JSON.stringify([session.controls, session.wins, session.feed]),
    before,
  );
  equal(board(session), [["bob", 20]]);
});

Deno.test("undo with the seq of the last step is plain undo, with its redo", () => {
  const session = started();
  play(session, [gift("ann", { repeatCount: 4 })]);
  ask(session, { type: "selectWinner" });
  const entries = ask(session, { type: "undo", seq: winOf(session) });
  equal((entries as Entry[]).map(({ type }) => type), ["undone"]);
  ask(session, { type: "redo" });
  equal(session.totals.winners, 1);
});

Deno.test("undo with a seq refuses what is no standing win", () => {
  const { session, seq } = afterWin();
  const code = (answer: ReturnType<typeof ask>) =>
    Array.isArray(answer) ? null : answer.code;
  equal(code(ask(session, { type: "undo", seq: 1 })), "not_a_win");
  ask(session, { type: "undo", seq });
  equal(code(ask(session, { type: "undo", seq })), "already");
});

const who = fc.constantFrom("a", "b", "c");
const events: fc.Arbitrary<LiveEvent> = fc.oneof(
  fc.tuple(who, fc.nat({ max: 9 }), fc.nat()).map(([name, units, group]) =>
    gift(name, { repeatCount: units + 1, groupId: String(group) })
  ),
  who.map((name) => comment(name, "hello")),
);

/** A command, or the wish to take back one of the wins there are. */
type Turn = LiveEvent[] | GameCommand | { back: number };

const evening: fc.Arbitrary<Turn[]> = fc.array(
  fc.oneof(
    fc.array(events, { minLength: 2, maxLength: 6, size: "max" }),
    fc.constantFrom<GameCommand>(
      { type: "selectWinner" },
      { type: "selectWinner" },
      { type: "selectWinner", comment: "none" },
      { type: "open" },
      { type: "open" },
      { type: "undo" },
      { type: "redo" },
      { type: "clearStage" },
      { type: "endSession" },
    ),
    who.chain((viewerId) =>
      fc.constantFrom<GameCommand>(
        { type: "sitOut", viewerId },
        { type: "comeBack", viewerId },
        { type: "adjustPoints", viewerId, points: -3, reason: "x" },
        { type: "selectWinner", viewerId },
      )
    ),
    fc.nat({ max: 5 }).map((back) => ({ back })),
  ),
  { minLength: 20, maxLength: 60, size: "max" },
);

function live(turns: Turn[]) {
  const { session, entries } = ledgerOf();
  turns.forEach((turn, i) => {
    const now = T0 + i * 1_000;
    if (Array.isArray(turn)) return entries.push(...play(session, turn, now));
    const made = ask(session, commandOf(session, turn), {
      now,
      settings: { winnersSitOut: i % 2 === 0 },
    });
    if (Array.isArray(made)) entries.push(...made);
  });
  return { session, entries };
}

function commandOf(
  { wins }: Session,
  turn: GameCommand | { back: number },
): GameCommand {
  if ("type" in turn) return turn;
  return { type: "undo", seq: wins[turn.back % (wins.length || 1)]?.seq ?? 1 };
}

/** All that a session is, with its ids in one order: they are a set. */
function stateOf(session: Session) {
  const ids = new BigUint64Array(session.ids.halves().buffer).sort();
  return toSnapshot({
    ...session,
    ids: idsFrom(new Uint32Array(ids.buffer)),
  });
}

Deno.test("evenings with wins taken back replay to the same session", () => {
  let takenBack = 0;
  fc.assert(
    fc.property(evening, fc.nat(), (turns, at) => {
      const { session, entries } = live(turns);
      takenBack += entries.filter(({ type }) => type === "winTakenBack").length;
      const again = emptySession();
      for (const entry of JSON.parse(JSON.stringify(entries))) {
        evolve(again, entry);
      }
      equal(stateOf(again), stateOf(session));
      const cut = 1 + at % entries.length;
      const early = emptySession();
      for (const entry of entries.slice(0, cut)) evolve(early, entry);
      const late = fromSnapshot(toSnapshot(early))!;
      for (const entry of entries.slice(cut)) evolve(late, entry);
      equal(stateOf(late), stateOf(session));
    }),
    { numRuns: 300 },
  );
  ok(takenBack > 100, `only ${takenBack} wins were taken back`);
});

Deno.test("evenings with wins taken back keep receipts and wins exact", () => {
  fc.assert(
    fc.property(evening, (turns) => {
      const { session, entries } = live(turns);
      const standing = session.wins.filter((win) => !win.undone);
      equal(session.totals.winners, standing.length);
      for (const tally of session.tallies.values()) {
        equal(receiptSum(entries, tally.id), tally.points);
        ok(tally.points >= 0);
        const won = standing.filter((win) => win.viewerId === tally.id)
          .reduce((sum, win) => sum + win.points, 0);
        equal(tally.made.won + won, 0);
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("undo and redo of a win taken back are the identity", () => {
  fc.assert(
    fc.property(evening, (turns) => {
      const { session } = live([...turns, { back: 0 }]);
      const last = session.undo.at(-1);
      if (last?.type !== "winTakenBack") return;
      const before = withoutSteps(session);
      ask(session, { type: "undo" });
      ask(session, { type: "redo" });
      equal(withoutSteps(session), before);
    }),
    { numRuns: 300 },
  );
});

function withoutSteps(session: Session): string {
  const { controls, wins, feed, totals, order } = session;
  const standings = order.slice(0, Infinity)
    .map(({ id, points, satOut, made }) => ({ id, points, satOut, made }));
  return JSON.stringify({ controls, wins, feed, totals, standings });
}

function idsFrom(halves: Uint32Array) {
  const ids = createMessageIds();
  ids.addAll(halves);
  return ids;
}
