/**
 * Evenings of rounds by chance: whatever the host and the viewers do, the ledger
 * replays to the same session, and points stay exact.
 *
 * @module
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import fc from "fast-check";
import { boardHash, frameOf } from "./board.ts";
import { recordDue } from "./due.ts";
import { evolve, record, replay } from "./evolve.ts";
import { roomLikesToTell } from "./goals.ts";
import { createSeeded, type Seeded } from "./seeded.ts";
import { emptySession, type Session } from "./session.ts";
import type { GameCommand } from "./shapes/commands.ts";
import { Entry } from "./shapes/entries.ts";
import type { LiveEvent } from "./shapes/events.ts";
import type { Goal, Team } from "./shapes/rounds.ts";
import { fromSnapshot, toSnapshot } from "./snapshot.ts";
import { advance } from "./advance.ts";
import {
  ask,
  comment,
  follow,
  gift,
  ledgerOf,
  like,
  receiptSum,
  share,
  T0,
} from "./testing.ts";
import { teamOf, teamStanding } from "./teams.ts";

const RUNS = 150;
const PEOPLE = ["ann", "bob", "cat", "dan", "eve"];
const TEAMS: Team[] = [
  { id: "red", name: "Red", colour: "#ff0000", words: ["1"], giftIds: ["9"] },
  { id: "blue", name: "Blue", colour: "#0000ff", words: ["2"], giftIds: [] },
];

/** Something that viewers or the host do, some ms after what was before. */
type Move = { wait: number; event: LiveEvent } | {
  wait: number;
  command: GameCommand;
};

function eventOf(chance: Seeded): LiveEvent {
  const who = chance.pick(PEOPLE);
  switch (chance.between(0, 9)) {
    case 0:
      return comment(who, chance.pick(["1", "2", "hello", "1 2"]));
    case 1:
      return follow(who);
    case 2:
      return share(who);
    case 3:
    case 4:
    case 5:
      return like(who, chance.between(1, 40));
    default:
      return gift(who, {
        giftId: chance.pick(["5", "9"]),
        diamonds: chance.pick([1, 5, 30]),
        repeatCount: chance.between(1, 5),
        groupId: String(chance.between(1, 3)),
      });
  }
}

function commandOf(chance: Seeded, session: Session): GameCommand {
  const viewerId = chance.pick(PEOPLE);
  const { undo } = session;
  const seq = undo.length > 0 ? chance.pick(undo).of : undefined;
  const wins = session.wins.filter(({ undone }) => !undone);
  const commands: GameCommand[] = [
    {
      type: "startRound",
      seconds: chance.pick([0, 10, 20, 60]),
      fromZero: chance.between(0, 1) === 0,
      target: chance.pick([0, 0, 50, 300]),
      by: chance.pick(["viewer", "team"]),
      overtime: chance.pick([
        null,
        { within: 10, margin: 20, add: 10, times: 2 },
      ]),
      bestOf: chance.pick([null, 3]),
    },
    { type: "startRound" },
    { type: "freeze", seconds: chance.pick([0, 5]) },
    { type: "freeze", seconds: 0 },
    { type: "open" },
    { type: "cancelFreeze" },
    { type: "setClock", add: chance.pick([-15, 15, 30]) },
    { type: "setClock", seconds: chance.pick([0, 15]) },
    { type: "pause" },
    { type: "resume" },
    { type: "resume" },
    { type: "setTeams", teams: chance.pick([TEAMS, TEAMS, []]) },
    {
      type: "setTeams",
      teams: TEAMS,
      hold: chance.pick(["round", "session"]),
    },
    {
      type: "assignTeam",
      viewerId,
      teamId: chance.pick(["red", "blue", null]),
    },
    { type: "boost", times: 3, seconds: 10, of: chance.pick(["all", "gifts"]) },
    { type: "endBoost" },
    { type: "countLate" },
    { type: "countLate", viewerId },
    { type: "selectWinner" },
    { type: "selectWinner", viewerId },
    { type: "adjustPoints", viewerId, points: 7, reason: "x" },
    { type: "adjustPoints", viewerId, points: -5, reason: "x" },
    { type: "blockViewer", viewerId },
    { type: "unblockViewer", viewerId },
    { type: "comeBack", viewerId },
    { type: "undo" },
    { type: "undo", ...(seq && { seq }) },
    { type: "undo", ...(seq && { seq }) },
    { type: "redo" },
    { type: "redo" },
    {
      type: "setGoals",
      goals: [{
        ...{ id: "g", title: "", of: "points", steps: [20, 200] },
        scope: chance.pick(["round", "session"]),
      }],
    },
  ];
  if (wins.length > 0) {
    const { seq } = chance.pick(wins);
    commands.push({ type: "undo", seq }, {
      type: "markPrize",
      seq,
      done: true,
    });
  }
  return chance.pick(commands);
}

/** A whole evening; where it failed `seed` tells it again. */
function evening(seed: number, moves: number) {
  const chance = createSeeded(seed);
  const { session, entries } = ledgerOf();
  const played: Move[] = [];
  let now = T0;
  for (let i = 0; i < moves; i++) {
    const wait = chance.between(0, 3_000);
    now += wait;
    if (chance.between(0, 3) > 0) {
      const event = eventOf(chance);
      // Some were sent a while ago.
      const sentAt = now - chance.pick([0, 0, 4_000, 9_000]);
      played.push({ wait, event });
      entries.push(...advance(session, [{ at: now, event, sentAt }]));
      continue;
    }
    entries.push(...recordDue(session, now));
    const command = commandOf(chance, session);
    played.push({ wait, command });
    const settings = { winnersSitOut: chance.between(0, 1) === 0 };
    const made = ask(session, command, { now, settings });
    if (Array.isArray(made)) entries.push(...made);
  }
  entries.push(...recordDue(session, now + 100_000));
  return { session, entries };
}

/** All that is true of a session, for comparing. */
function stateOf(session: Session): unknown {
  const { tallies, order, ids, members: _, isRedrawn: __, ...rest } = session;
  return JSON.parse(JSON.stringify(
    {
      ...rest,
      ids: ids.size(),
      board: order.slice(0, Infinity).map(({ id, points }) => [id, points]),
      who: Array.from(tallies.values(), (tally) => ({
        ...{ ...tally, placed: null, gifts: [...tally.gifts ?? []] },
        comments: [...tally.comments ?? []],
        team: teamOf(session, tally),
      })),
    },
    (_key, value) => value instanceof Map ? [...value] : value,
  ));
}

function property(check: (seed: number) => void | Promise<void>) {
  return fc.asyncProperty(fc.nat(), async (seed) => await check(seed));
}

Deno.test("evenings of rounds replay to the same session, board and frame", async () => {
  await fc.assert(
    property(async (seed) => {
      const { session, entries } = evening(seed, 150);
      for (const entry of entries) Entry.parse(entry);
      const again = replay(JSON.parse(JSON.stringify(entries)));
      equal(stateOf(again), stateOf(session));
      equal(await boardHash(again), await boardHash(session));
      equal(frameOf(again, T0), frameOf(session, T0));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("a snapshot anywhere in an evening of rounds, and the rest, is the session", async () => {
  await fc.assert(
    property((seed) => {
      const { session, entries } = evening(seed, 120);
      const cut = 1 + seed % entries.length;
      const early = fromSnapshot(toSnapshot(replay(entries.slice(0, cut))))!;
      for (const entry of entries.slice(cut)) evolve(early, entry);
      equal(stateOf(early), stateOf(session));
    }),
    { numRuns: RUNS },
  );
});

Deno.test("receipts come to the points, through zeroing, boosts, teams and undo", async () => {
  await fc.assert(
    property((seed) => {
      const { session, entries } = evening(seed, 150);
      let sum = 0;
      for (const tally of session.tallies.values()) {
        const made = Object.values(tally.made).reduce((a, b) => a + b, 0);
        equal([tally.id, made], [tally.id, tally.points]);
        const receipts = receiptSum(entries, tally.id);
        equal([tally.id, receipts], [tally.id, tally.points]);
        ok(tally.points >= 0 && Number.isSafeInteger(tally.points));
        sum += tally.points;
      }
      equal(session.totals.points, sum);
      const standing = session.wins.filter(({ undone }) => !undone);
      equal(session.totals.winners, standing.length);
    }),
    { numRuns: RUNS * 2 },
  );
});

Deno.test("how events are batched changes nothing, nor when the program looks", async () => {
  await fc.assert(
    property((seed) => {
      const chance = createSeeded(seed);
      const events = Array.from({ length: 80 }, (_, i) => ({
        at: T0 + i * 400,
        event: eventOf(chance),
      }));
      const seldom = staged(seed), often = staged(seed);
      advance(seldom, events);
      for (const arrival of events) {
        recordDue(often, arrival.at - 1);
        advance(often, [arrival]);
      }
      for (const session of [seldom, often]) recordDue(session, T0 + 1e6);
      equal(stateOf(often), stateOf(seldom));
    }),
    { numRuns: RUNS },
  );
});

/** A session with teams, and a round with all that the program decides. */
function staged(seed: number): Session {
  const { session } = ledgerOf();
  ask(session, { type: "setTeams", teams: TEAMS });
  ask(session, {
    ...{ type: "startRound", seconds: 20, by: seed % 2 ? "team" : "viewer" },
    target: seed % 3 ? 0 : 400,
    overtime: { within: 10, margin: 30, add: 5, times: 3 },
  });
  ask(session, { type: "boost", times: 2, seconds: 10, of: "all" });
  return session;
}

Deno.test("duplicates change nothing in a round", async () => {
  await fc.assert(
    property((seed) => {
      const chance = createSeeded(seed);
      const events = Array.from({ length: 60 }, () => eventOf(chance));
      const once = staged(seed), thrice = staged(seed);
      events.forEach((event, i) => advance(once, [{ at: T0 + i, event }]));
      events.forEach((event, i) => {
        const before = events[chance.between(0, i)]!;
        for (const each of [event, event, before]) {
          advance(thrice, [{ at: T0 + i, event: each }]);
        }
      });
      equal(boardOf(thrice), boardOf(once));
      for (const { id } of TEAMS) {
        equal(teamStanding(thrice, id).points, teamStanding(once, id).points);
      }
    }),
    { numRuns: RUNS },
  );
});

function boardOf(session: Session) {
  return session.order.slice(0, Infinity).map(({ id, points }) => [id, points]);
}

Deno.test("a team has what its members earned while in it, whoever joins when", async () => {
  await fc.assert(
    property((seed) => {
      const { session, entries } = evening(seed, 150);
      const due = new Map<string, number>();
      const again = emptySession();
      const put: Map<string, number>[] = [];
      for (const entry of entries) {
        evolve(again, entry);
        if (entry.type === "roundStarted" && entry.fromZero) {
          put.push(new Map(due));
          due.clear();
        }
        // What undo does to it is another's to tell.
        if (entry.type === "undone" || entry.type === "lateCounted") return;
        if (!("id" in entry) || !("points" in entry)) continue;
        const tally = again.tallies.get(entry.viewerId)!;
        const team = teamOf(again, tally);
        if (team === null) continue;
        due.set(team, (due.get(team) ?? 0) + entry.points);
      }
      for (const { id } of TEAMS) {
        equal(teamStanding(session, id).points, due.get(id) ?? 0);
      }
    }),
    { numRuns: RUNS * 3 },
  );
});

Deno.test("undo of any step, then redo, is the identity in rounds", async () => {
  await fc.assert(
    property((seed) => {
      const { session } = evening(seed, 100);
      const now = session.at;
      const step = session.undo[seed % (session.undo.length || 1)];
      if (!step || session.controls.phase === "ended") return;
      // Who owes likes pays them first, when more are counted.
      if (session.tallies.values().some(({ carried }) => carried < 0)) return;
      const isLate = step.type === "lateCounted";
      const before = shownOf(session, isLate);
      const made = ask(session, { type: "undo", seq: step.of }, { now });
      if (!Array.isArray(made) || made.length > 1) return; // its clock is over
      if (made[0]!.type === "winTakenBack") return;
      const again = ask(session, { type: "redo" }, { now });
      if (!Array.isArray(again) || again.length > 1) return;
      equal(shownOf(session, isLate), before);
    }),
    { numRuns: RUNS * 3 },
  );
});

/**
 * What people see of a session. To which of two teams a point falls that late
 * likes of both have filled is not told apart.
 */
function shownOf(session: Session, isLate: boolean): unknown {
  const { seq: _, teams, ...frame } = frameOf(session, session.at);
  const who = Array.from(session.tallies.values(), (tally) => {
    const { id, points, made, carried, satOut, blocked } = tally;
    return [id, points, { ...made }, carried, satOut, blocked];
  });
  const points = session.totals.points;
  return { frame, who, points, teams: isLate ? [] : teams };
}

Deno.test("a start from zero that is taken back leaves every part of a point as without it", async () => {
  await fc.assert(
    property((seed) => {
      const chance = createSeeded(seed);
      const plain = ledgerOf().session, wild = ledgerOf().session;
      let starts = 0;
      for (let i = 0; i < 120; i++) {
        const event = eventOf(chance);
        for (const session of [plain, wild]) {
          advance(session, [{ at: T0, event }]);
        }
        const n = chance.between(0, 19);
        if (n === 0 && starts < 3) {
          ask(wild, { type: "freeze", seconds: 0 });
          const made = ask(wild, { type: "startRound", fromZero: true });
          ok(Array.isArray(made));
          starts++;
        }
        if (n === 1 && undoStart(wild)) starts--;
        if (wild.controls.phase === "frozen") ask(wild, { type: "open" });
      }
      while (undoStart(wild)) starts--;
      equal(starts, 0);
      const worth = (session: Session) =>
        Array.from(session.tallies.values(), ({ id, points, carried }) => [
          ...[id, points, carried],
        ]);
      equal(worth(wild), worth(plain));
      equal(boardOf(wild), boardOf(plain));
    }),
    { numRuns: RUNS },
  );
});

function undoStart(session: Session): boolean {
  const step = session.undo.findLast(({ type }) => type === "roundStarted");
  return step !== undefined &&
    Array.isArray(ask(session, { type: "undo", seq: step.of }));
}

Deno.test("first to N and overtime are decided the same under every batching, and at replay", async () => {
  let decided = 0;
  await fc.assert(
    property((seed) => {
      const chance = createSeeded(seed);
      const events = Array.from({ length: 60 }, (_, i) => ({
        at: T0 + i * 500,
        event: eventOf(chance),
      }));
      const { session: first, entries: one } = raced(seed);
      one.push(...advance(first, events), ...recordDue(first, T0 + 1e6));
      const { session: second, entries: other } = raced(seed);
      for (let from = 0; from < events.length;) {
        const to = from + chance.between(1, 7);
        other.push(...advance(second, events.slice(from, to)));
        from = to;
      }
      other.push(...recordDue(second, T0 + 1e6));
      equal(decisionsOf(other), decisionsOf(one));
      equal(stateOf(replay(JSON.parse(JSON.stringify(other)))), stateOf(first));
      decided += decisionsOf(one).length;
    }),
    { numRuns: RUNS },
  );
  ok(decided > RUNS, `only ${decided} were decided`);
});

/** A round that ends with somebody's points, or with its overtimes. */
function raced(seed: number) {
  const { session, entries } = ledgerOf();
  const made = ask(session, {
    ...{ type: "startRound", seconds: 10, target: seed % 2 ? 0 : 300 },
    overtime: { within: 5, margin: 60, add: 3, times: 4 },
  });
  ok(Array.isArray(made));
  entries.push(...made);
  return { session, entries };
}

function decisionsOf(entries: Entry[]) {
  return entries.filter(({ type }) =>
    type === "targetReached" || type === "overtimeDecided"
  );
}

Deno.test("no goal ever falls, whatever is won, zeroed, blocked or taken back, and however TikTok's total jumps", async () => {
  const kinds = ["roomLikes", "likes", "diamonds", "points", "followers"];
  let jumps = 0;
  await fc.assert(
    property((seed) => {
      const chance = createSeeded(seed);
      const { session } = ledgerOf();
      ask(session, { type: "setGoals", goals: goalsOf(kinds, chance) });
      let highest = session.controls.goals.map(() => 0);
      let total = 0;
      for (let i = 0, now = T0; i < 150; i++) {
        now += chance.between(0, 3_000);
        total = Math.max(0, total + chance.between(-40, 60));
        const said = roomLikesToTell(session, { roomId: "1", total }, now);
        if (said) record(session, said, now);
        else if (total < (session.came.room?.highest ?? 0)) jumps++;
        if (chance.between(0, 2) > 0) {
          advance(session, [{ at: now, event: eventOf(chance) }]);
        } else {
          const command = commandOf(chance, session);
          if (takesGoals(session, command)) continue;
          ask(session, command, { now });
        }
        const values = session.controls.goals.map((goal) =>
          frameOf(session, now).goals.find(({ id }) => id === goal.id)!.value
        );
        values.forEach((value, n) => ok(value >= highest[n]!, `at ${i}`));
        highest = values;
      }
    }),
    { numRuns: RUNS },
  );
  ok(jumps > RUNS, "the total jumped back");
});

function goalsOf(kinds: string[], chance: Seeded): Goal[] {
  const from = chance.between(0, 2);
  return kinds.slice(from, from + 3).map((of) => ({
    ...{ id: of, title: "", of, steps: [20, 200] },
    scope: "session",
  } as Goal));
}

/** Whether it sets other goals, or takes those back. */
function takesGoals({ undo }: Session, command: GameCommand): boolean {
  return command.type === "setGoals" || command.type === "redo" ||
    command.type === "undo" && (command.seq === undefined ||
        undo.find(({ of }) => of === command.seq)?.type === "goalsSet");
}
