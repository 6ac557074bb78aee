/**
 * What came late is offered at once where it matters, and is a quiet line where
 * it does not: dispute 3 of docs/rounds.md.
 */
import { deepStrictEqual as equal } from "node:assert";
import { advance } from "./advance.ts";
import { blockerOf } from "./blocked_words.ts";
import { recordDue } from "./due.ts";
import { lateOf } from "./late_sum.ts";
import type { Session } from "./session.ts";
import type { LiveEvent } from "./shapes/events.ts";
import type { Team } from "./shapes/rounds.ts";
import { ask, comment, gift, started, T0 } from "./testing.ts";

const S = 1_000;
const TEAMS: Team[] = [
  { id: "red", name: "Red", colour: "#ff0000", words: ["1"], giftIds: [] },
  { id: "blue", name: "Blue", colour: "#0000ff", words: ["2"], giftIds: [] },
];
/** A rose is worth five points. */
const roses = (who: string, n: number, groupId = "1") =>
  gift(who, { repeatCount: n, groupId });

function arrive(session: Session, ms: number, event: LiveEvent, sent = ms) {
  advance(session, [{ at: T0 + ms, event, sentAt: T0 + sent }]);
}

/** A round of 30 s that bob leads with three roses, and that has closed. */
function closed(more: Record<string, unknown> = {}): Session {
  const session = started();
  ask(session, { type: "startRound", seconds: 30, ...more });
  arrive(session, 2 * S, roses("bob", 3));
  recordDue(session, T0 + 31 * S);
  return session;
}

/** Sent a second before the close, and come ten after it. */
const late = (session: Session, event: LiveEvent) =>
  arrive(session, 40 * S, event, 29 * S);

/** The connection was lost between two seconds of the evening. */
function miss(session: Session, from: number, to: number) {
  const at = Math.max(session.at, T0 + to * S);
  advance(session, [{
    at,
    event: {
      ...{ type: "gap", id: `gap ${from}`, at },
      ...{ from: T0 + from * S, to: T0 + to * S },
    },
  }]);
}

const sumOf = (session: Session) => lateOf(session, blockerOf([]));

Deno.test("nothing came late: nothing to count", () => {
  equal(sumOf(closed()), {
    ...{ viewers: 0, points: 0, nickname: null, matters: false },
  });
});

Deno.test("what changes no place is a quiet line, and names the viewer where it is one", () => {
  const session = closed();
  late(session, roses("ann", 2));
  equal(sumOf(session), {
    ...{ viewers: 1, points: 10, nickname: "ann", matters: false },
  });
  late(session, roses("cat", 1));
  equal(sumOf(session), {
    ...{ viewers: 2, points: 15, nickname: null, matters: false },
  });
});

Deno.test("what would change the first place matters; as many points that came later would not", () => {
  const equalPoints = closed();
  late(equalPoints, roses("ann", 3));
  equal(sumOf(equalPoints).matters, false);
  const more = closed();
  late(more, roses("ann", 4));
  equal(sumOf(more).matters, true);
  late(more, roses("bob", 2, "2")); // who leads gains, too
  equal(sumOf(more).matters, false);
  ask(more, { type: "countLate" }, { now: T0 + 50 * S });
  equal(sumOf(more).points, 0);
});

Deno.test("who sits out comes first in nothing", () => {
  const session = closed();
  late(session, roses("ann", 4));
  ask(session, { type: "sitOut", viewerId: "ann" }, {
    now: T0 + 45 * S,
  });
  equal(sumOf(session).matters, false);
});

Deno.test("in a round of teams it is the first team that matters", () => {
  const session = started();
  ask(session, { type: "setTeams", teams: TEAMS });
  ask(session, { type: "startRound", seconds: 30, by: "team" });
  arrive(session, 1 * S, comment("ann", "1"));
  arrive(session, 1 * S, comment("bob", "2"));
  arrive(session, 1 * S, comment("cat", "2"));
  arrive(session, 2 * S, roses("ann", 4));
  arrive(session, 2 * S, roses("bob", 3));
  recordDue(session, T0 + 31 * S);
  late(session, roses("cat", 2)); // first on the board: still ann; first team: blue
  equal(sumOf(session).matters, true);
});

Deno.test("what came after an outage in the last half minute matters, wherever it puts anybody", () => {
  const lost = (from: number, to: number) => {
    const session = closed();
    miss(session, from, to);
    late(session, roses("ann", 1));
    return sumOf(session).matters;
  };
  equal(lost(25, 35), true);
  equal(lost(-10, 1), true); // it ended 29 s before the close
  equal(lost(-10, -1), false); // it ended 31 s before
  equal(lost(31, 35), false); // it began after the close
});

Deno.test("what came in a pause matters to nobody's place but by what it is worth", () => {
  const session = started();
  ask(session, { type: "startRound", seconds: 30 });
  arrive(session, 2 * S, roses("bob", 3));
  ask(session, { type: "pause" }, { now: T0 + 5 * S });
  miss(session, 2, 6);
  arrive(session, 7 * S, roses("ann", 1));
  equal(sumOf(session), {
    ...{ viewers: 1, points: 5, nickname: "ann", matters: false },
  });
});
