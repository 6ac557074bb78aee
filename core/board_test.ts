import { deepStrictEqual as equal, notEqual } from "node:assert";
import { boardHash, frameOf, overtakingsBetween } from "./board.ts";
import type { Row } from "./frame.ts";
import { shown, shownName } from "./names.ts";
import { ask, comment, gift, play, started, T0 } from "./testing.ts";

const rows = (order: string): Row[] =>
  [...order].map((viewerId, i) => ({
    rank: i + 1,
    viewerId,
    handle: viewerId,
    nickname: viewerId,
    avatarUrl: null,
    points: 1,
    follower: false,
    team: null,
    wins: 0,
  }));

Deno.test("overtakingsBetween() says who passed whom", () => {
  equal(overtakingsBetween(rows("abcd"), rows("cabd")), [
    { viewerId: "c", from: 3, to: 1, passed: ["a", "b"] },
  ]);
  equal(overtakingsBetween(rows("abc"), rows("abc")), []);
});

Deno.test("overtakingsBetween() lets a newcomer pass all below it", () => {
  equal(overtakingsBetween(rows("abc"), rows("axbc")), [
    { viewerId: "x", from: 4, to: 2, passed: ["b", "c"] },
  ]);
});

Deno.test("overtakingsBetween() finds nobody passed when the first leaves", () => {
  equal(overtakingsBetween(rows("abcd"), rows("bcde")), []);
});

Deno.test("boardHash() is the same for the same board only", async () => {
  const one = started(), two = started();
  play(one, [gift("ann"), gift("bob", { repeatCount: 2 })]);
  play(two, [gift("bob"), gift("ann"), gift("bob", { repeatCount: 2 })]);
  equal(await boardHash(one), await boardHash(two));
  play(two, [gift("ann", { repeatCount: 2 })]);
  notEqual(await boardHash(one), await boardHash(two));
  const bytes = new TextEncoder().encode("bob\t10\nann\t5");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  equal(
    await boardHash(one),
    Array.from(digest, (b) => b.toString(16).padStart(2, "0")).join(""),
  );
});

Deno.test("a frame shows no deleted comment and no blocked viewer on stage", () => {
  const session = started();
  const text = comment("ann", "<b>hi</b>");
  play(session, [gift("ann"), text]);
  ask(session, { type: "showComment", viewerId: "ann", commentId: text.id });
  equal(frameOf(session, T0).stage?.comment, "<b>hi</b>");
  ask(session, { type: "blockViewer", viewerId: "ann" });
  equal(frameOf(session, T0).stage, null);
  ask(session, { type: "undo" });
  const messageIds = [text.id];
  play(session, [
    { type: "deletion", id: "1", at: T0, messageIds, viewerIds: [] },
  ]);
  equal(frameOf(session, T0).stage, null);
});

Deno.test("shownName() cuts by what a reader sees and drops tricks", () => {
  equal(shownName("  ส้มโอ🍊\n ", "h"), "ส้มโอ🍊");
  equal(shownName("\u202Eevil\u2066", "h"), "evil");
  equal(shownName("\u200B\u3164", "handle"), "handle");
  equal(
    shownName("Z" + "\u0301\u0316\u0317\u0318\u0319".repeat(40), "h").length <
      6,
    true,
  );
  const family = "👨‍👩‍👧‍👦".repeat(30);
  equal(shownName(family, "h"), "👨‍👩‍👧‍👦".repeat(23) + "…");
  equal(shown("a".repeat(400), 300).length, 300);
});
