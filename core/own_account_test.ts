/** Dispute 10 of docs/rounds.md: the channel's own people play as anybody does. */
import { deepStrictEqual as equal } from "node:assert";
import { advance } from "./advance.ts";
import { blockerOf } from "./blocked_words.ts";
import { ownOnTop } from "./own_account.ts";
import type { Session } from "./session.ts";
import { ask, board, gift, started, T0 } from "./testing.ts";

const ask10 = (session: Session) => ownOnTop(session, blockerOf([]));

function give(session: Session, who: string, units: number, more = {}) {
  const event = gift(who, { repeatCount: units, groupId: who });
  event.viewer = { ...event.viewer, ...more };
  advance(session, [{ at: T0 + 1_000, event }]);
}

Deno.test("the channel's own account and a moderator count, and are named while they stand high", () => {
  const session = started();
  session.channel = "Studio";
  give(session, "ann", 3);
  equal(ask10(session), null);
  give(session, "mod", 5, { moderator: true });
  equal(ask10(session), { viewerId: "mod", nickname: "mod", is: "moderator" });
  give(session, "me", 9, { handle: "studio" });
  equal(ask10(session), { viewerId: "me", nickname: "me", is: "host" });
  equal(board(session).map(([id]) => id), ["me", "mod", "ann"]);
  ask(session, { type: "sitOut", viewerId: "me" }, { now: T0 + 2_000 });
  ask(session, { type: "sitOut", viewerId: "mod" }, { now: T0 + 2_000 });
  equal(ask10(session), null);
});

Deno.test("who of them stands far down is nobody's worry, and no channel is no account", () => {
  const session = started();
  session.channel = "";
  give(session, "nobody", 99, { handle: "" });
  for (let i = 0; i < 9; i++) give(session, `v${i}`, 50);
  give(session, "mod", 1, { moderator: true });
  equal(ask10(session), null);
});
