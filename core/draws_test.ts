import { deepStrictEqual as equal, ok } from "node:assert";
import { fileURLToPath } from "node:url";
import { commitmentTo, drawBy, missingPromise } from "./draws.ts";
import { replay } from "./evolve.ts";
import type { EntryOf } from "./shapes/entries.ts";
import { ask, comment, gift, ledgerOf, play, started } from "./testing.ts";
import type { Session } from "./session.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";

const IDS = ["71", "72", "73", "74", "75", "76", "77"];
const secretOf = (draw: number) => `secret 0 ${draw}`;

/** A game in which ann has said three things, and is first. */
function game(): Session {
  const session = started();
  play(session, [gift("ann", { repeatCount: 9 })]);
  play(session, ["a", "b", "c"].map((text, i) => said(text, i)));
  return session;
}

const said = (text: string, i: number) => comment("ann", text, { id: `9${i}` });

/** Draws one of ann's comments. */
function draw(session: Session, seed = 0): EntryOf<"winnerSelected"> {
  const command = {
    type: "selectWinner",
    viewerId: "ann",
    comment: "random",
  } as const;
  const made = ask(session, command, { seed });
  const win = Array.isArray(made) &&
    made.find((entry) => entry.type === "winnerSelected");
  if (!win) throw new Error(JSON.stringify(made));
  return win;
}

const freeze = (session: Session) =>
  ask(session, { type: "freeze", seconds: 0 });

Deno.test("100,000 draws among seven comments are even", () => {
  const DRAWS = 100_000;
  const times = new Map(IDS.map((id) => [id, 0]));
  for (let i = 0; i < DRAWS; i++) {
    const id = drawBy(`secret ${i}`, IDS)!;
    times.set(id, times.get(id)! + 1);
  }
  const even = DRAWS / IDS.length;
  const chi = [...times.values()]
    .reduce((sum, each) => sum + (each - even) ** 2 / even, 0);
  ok(chi < 22.46, `chi-squared of 6 degrees is ${chi}: less than 1 in 1,000`);
});

Deno.test("drawBy() needs no order, and only what was drawn can be missed", () => {
  const drawn = drawBy("s", IDS)!;
  equal(drawBy("s", IDS.toReversed()), drawn);
  for (const id of IDS) {
    const rest = IDS.filter((each) => each !== id);
    equal(drawBy("s", rest) === drawn, id !== drawn);
  }
  equal(drawBy("s", []), null);
});

Deno.test("the script of the documents draws the same, and finds another secret", async () => {
  const script = fileURLToPath(new URL("../docs/draws.py", import.meta.url));
  const run = (promise: string, secret: string) =>
    new Deno.Command("python3", { args: [script, promise, secret, ...IDS] })
      .output();
  for (const secret of ["one", "two", "three"]) {
    const { stdout } = await run(commitmentTo(secret), secret);
    equal(new TextDecoder().decode(stdout).trim(), drawBy(secret, IDS));
  }
  equal((await run(commitmentTo("one"), "onf")).success, false);
});

Deno.test("a draw reveals what was promised, and promises the next one", () => {
  const session = game();
  session.draw = { ...session.draw, hash: commitmentTo(secretOf(0)), count: 1 };
  freeze(session);
  const win = draw(session);
  equal(win.secret, secretOf(0));
  equal(win.draw, commitmentTo(secretOf(1)));
  equal(win.commentId, drawBy(win.secret!, win.drawnFrom!));
  equal(missingPromise(session, secretOf), null);
});

Deno.test("a draw made again over the same list gives the same comment", () => {
  const session = game();
  freeze(session);
  const first = draw(session);
  for (let seed = 1; seed < 9; seed++) {
    ask(session, { type: "undo" });
    // Marks that were set since the close change nothing, nor does a short break.
    const used = session.commentOf.get("90")!.used;
    const about = { viewerId: "ann", commentId: "90" };
    ask(session, { type: "markComment", ...about, used: !used });
    if (seed % 3 === 0) {
      ask(session, { type: "markComment", ...about, used: false });
      ask(session, { type: "open" });
      freeze(session);
    }
    const again = draw(session, seed);
    equal(
      [again.commentId, again.drawnFrom, again.secret, again.draw],
      [first.commentId, first.drawnFrom, first.secret, undefined],
    );
  }
});

Deno.test("taken back by its number it can be drawn again, too", () => {
  const session = game();
  const first = draw(session); // open: it closes the game itself
  ask(session, { type: "clearStage" });
  ask(session, { type: "undo", seq: first.seq });
  equal(draw(session, 1).commentId, first.commentId);
});

Deno.test("what came after the close is not drawn, and what is used is last", () => {
  const session = game();
  ask(session, {
    ...{ type: "markComment", viewerId: "ann", commentId: "91", used: true },
  });
  freeze(session);
  play(session, [said("d", 3)]);
  equal(draw(session).drawnFrom, ["90", "92"]);
});

Deno.test("another draw has another secret, and no comment twice", () => {
  const session = game();
  freeze(session);
  const first = draw(session);
  ask(session, {
    ...{ type: "adjustPoints", viewerId: "ann", points: 5, reason: "" },
  });
  const second = draw(session);
  ok(first.secret !== second.secret);
  equal(second.drawnFrom!.includes(first.commentId!), false);
});

Deno.test("a promise that is not known here is made anew, and said to be lost", () => {
  const session = game();
  const hash = commitmentTo(secretOf(0));
  equal(missingPromise(session, secretOf), {
    type: "drawCommitted",
    draw: hash,
  });
  session.draw = { ...session.draw, hash: commitmentTo("theirs"), count: 1 };
  equal(missingPromise(session, secretOf), {
    ...{ type: "drawCommitted", draw: commitmentTo(secretOf(1)), lost: true },
  });
});

Deno.test("draws are the same after a replay, and after a snapshot", () => {
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("ann", { repeatCount: 9 })]));
  entries.push(...play(session, [said("a", 0), said("b", 1)]));
  for (const command of ["freeze", "selectWinner", "undo"] as const) {
    const more = command === "freeze"
      ? { type: command, seconds: 0 }
      : command === "undo"
      ? { type: command }
      : { type: command, comment: "random" };
    entries.push(...ask(session, more) as typeof entries);
  }
  const again = draw(session);
  equal(draw(replay(entries)).commentId, again.commentId);
  const kept = fromSnapshot(toSnapshot(replay(entries)))!;
  equal(draw(kept, 7).secret, again.secret);
});
