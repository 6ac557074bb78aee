import { deepStrictEqual as equal } from "node:assert";
import { gift, play, started } from "@/core/testing.ts";
import { onBoardNamed, readyNames } from "./name_index.ts";

Deno.test("onBoardNamed() finds names and handles in the order of the board", () => {
  const session = started();
  play(session, [
    gift("ann", { repeatCount: 1, nickname: "Anna" }),
    gift("joanna", { repeatCount: 3 }),
    gift("ben", { repeatCount: 2 }),
  ]);
  const ids = (q: string) => onBoardNamed(session, q).map(({ id }) => id);
  equal(ids("ann"), ["joanna", "ann"]);
  equal(ids("@ben"), ["ben"]);
  equal(ids("zoe"), []);
});

Deno.test("onBoardNamed() knows newcomers, new names and who has left", () => {
  const session = started();
  play(session, [gift("ann", { repeatCount: 1 })]);
  const ids = (q: string) => onBoardNamed(session, q).map(({ id }) => id);
  equal(ids("zoe"), []);
  play(session, [
    gift("ben", { repeatCount: 2, nickname: "Zoe" }),
    gift("ann", { repeatCount: 3, nickname: "Zoë zoe" }),
  ]);
  equal(ids("zoe"), ["ann", "ben"]);
  const ann = session.tallies.get("ann")!;
  ann.blocked = true;
  session.order.touch(ann);
  equal(ids("zoe"), ["ben"]);
});

Deno.test("onBoardNamed() keeps the order of very many", () => {
  const session = started();
  play(
    session,
    Array.from(
      { length: 6_000 },
      (_, i) => gift(`v${i}`, { repeatCount: 1 + (i * 7) % 997 }),
    ),
  );
  equal(onBoardNamed(session, "v"), session.order.slice(0, Infinity));
});

Deno.test("readyNames() makes names ready a part at a time, and none twice", () => {
  const session = started();
  const crowd = (from: number, to: number) =>
    play(
      session,
      Array.from({ length: to - from }, (_, i) => gift(`v${from + i}`)),
    );
  crowd(0, 6_000);
  readyNames(session);
  crowd(6_000, 6_010);
  readyNames(session);
  const ids = (q: string) => onBoardNamed(session, q).map(({ id }) => id);
  equal(ids("v599").sort(), [
    "v599",
    ...Array.from({ length: 10 }, (_, i) => `v599${i}`),
  ]);
  equal(ids("v6005"), ["v6005"]);
});
