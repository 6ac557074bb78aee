import { deepStrictEqual } from "node:assert";
import { winnersIn } from "./winners.ts";

/** An export in parts of two lines. */
async function* lines(...entries: object[]) {
  const texts = entries.map((entry) => JSON.stringify(entry) + "\n");
  for (let i = 0; i < texts.length; i += 2) {
    yield texts.slice(i, i + 2).join("");
  }
}

const win = (seq: number, viewerId: string) => ({
  seq,
  at: seq * 1000,
  type: "winnerSelected",
  viewerId,
  won: 10,
  commentId: null,
  points: -10,
});

Deno.test("winnersIn() leaves out what was undone and keeps what was redone", async () => {
  const winners = await winnersIn(lines(
    { format: "tiktok-live-support/1" },
    { seq: 1, at: 0, type: "commented", text: "hello" },
    win(2, "ann"),
    { seq: 3, at: 0, type: "undone", of: 2, step: "winnerSelected" },
    win(4, "bee"),
    { seq: 5, at: 0, type: "undone", of: 4, step: "winnerSelected" },
    { seq: 6, at: 0, type: "redone", of: 4, step: "winnerSelected" },
  ));
  deepStrictEqual(winners.map((w) => w.viewerId), ["bee"]);
});

Deno.test("winnersIn() does not take a comment for a win", async () => {
  const text = '"type":"winnerSelected"';
  deepStrictEqual(
    await winnersIn(lines({ seq: 1, at: 0, type: "commented", text })),
    [],
  );
});
