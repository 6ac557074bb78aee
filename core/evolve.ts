/**
 * How entries change a session. A replay is nothing but this over a ledger, so
 * a session that was read back is the session that was played.
 *
 * @module
 */
import { countUnits } from "./combos.ts";
import type { Entry, EntryOf, Fact } from "./shapes/entries.ts";
import { isVisible } from "./names.ts";
import { addLikes, giftPoints, partsOf } from "./rates.ts";
import { promise } from "./draws.ts";
import { boostOf } from "./boost.ts";
import { noteGoal, noteRoomLikes } from "./goals.ts";
import { keepLate } from "./late.ts";
import { clockOf, leftOf, watchLead } from "./rounds.ts";
import { followRuns } from "./runs.ts";
import { giveTeam, join, teamOf } from "./teams.ts";
import { emptySession } from "./session.ts";
import type { Session, Tally } from "./session.ts";
import { actByItself } from "./by_itself.ts";
import { isHostStep, stepBack, stepForward, takeStep } from "./steps.ts";
import { distinct, gain, meet, mustStayExact } from "./tallies.ts";

/**
 * Makes a fact the session's next entry and applies it.
 *
 * @param at Unix ms; the ledger's time never runs backwards.
 */
export function record(session: Session, fact: Fact, at: number): Entry {
  const entry: Entry = {
    seq: session.seq + 1,
    at: Math.max(session.at, at),
    ...fact,
  };
  evolve(session, entry);
  return entry;
}

/** The session that a ledger tells of. */
export function replay(entries: Iterable<Entry>): Session {
  const session = emptySession();
  for (const entry of entries) evolve(session, entry);
  return session;
}

/**
 * Applies one entry.
 *
 * @throws {RangeError} If the entry does not follow from the ones before: a
 * hole in the ledger, or points that its rates do not give.
 */
export function evolve(session: Session, entry: Entry): void {
  if (entry.seq !== session.seq + 1) {
    throw new RangeError(
      `Cannot apply entry ${entry.seq}: the session stands at ${session.seq}`,
    );
  }
  session.seq = entry.seq;
  session.at = entry.at;
  if ("id" in entry) session.ids.add(entry.id);
  else noteFact(session, entry);
  if ("idle" in entry && entry.idle) {
    mustBe(entry, 0);
    if (entry.idle === "late") session.totals.late++;
  }
  apply(session, entry);
  followRuns(session, entry);
  if (session.touched && "viewerId" in entry && entry.viewerId !== undefined) {
    touch(session, session.touched, entry.viewerId, "viewer" in entry);
  }
}

/** Steps that change what is said of everybody: points, teams or stars. */
const REDRAWS: ReadonlySet<string> = new Set<Fact["type"]>(
  ["roundStarted", "teamsSet", "lateCounted"],
);

/** Notes what a fact of the host or the program says of all. */
function noteFact(session: Session, entry: Entry): void {
  if (NEW_FACTS.has(entry.type) || "secret" in entry) session.hasRounds = true;
  if (REDRAWS.has(stepOf(entry))) session.isRedrawn = true;
}

/** The step that an entry is, takes back or does again. */
function stepOf(entry: Entry): string {
  return entry.type === "undone" || entry.type === "redone"
    ? entry.step
    : entry.type;
}

function apply(session: Session, entry: Entry): void {
  switch (entry.type) {
    case "started":
      return start(session, entry);
    case "liked":
      return like(session, entry);
    case "gifted":
      return gift(session, entry);
    case "commented":
      return comment(session, entry);
    case "followed":
    case "shared":
      return followOrShare(session, entry);
    case "asked": {
      mustBe(entry, 0);
      meet(session, entry);
      const { questionId: id, viewerId, text, sentAt: at } = entry;
      session.questions.push({ id, viewerId, text, at });
      return;
    }
    case "deleted":
      return remove(session, entry);
    case "missed":
      session.totals.gaps.push({ from: entry.from, to: entry.to });
      return;
    case "frozen":
    case "paused":
    case "resumed":
    case "roundClosing":
    case "overtimeDecided":
    case "targetReached":
    case "boostOver":
      return actByItself(session, entry);
    case "goalReached":
      return noteGoal(session, entry);
    case "roomLiked":
      return noteRoomLikes(session, entry);
    case "continued":
      return carryOn(session);
    case "undone":
      return stepBack(session, entry);
    case "redone":
      return stepForward(session, entry);
    case "drawCommitted":
      return promise(session, entry.draw);
    case "sceneSwitched":
      return;
    default:
      if (isHostStep(entry)) takeStep(session, entry);
  }
}

function touch(
  session: Session,
  touched: Map<Tally, boolean>,
  viewerId: string,
  isNew: boolean,
): void {
  const tally = session.tallies.get(viewerId);
  if (tally) touched.set(tally, isNew || touched.get(tally) === true);
}

function start(session: Session, entry: EntryOf<"started">): void {
  session.id = entry.sessionId;
  session.title = entry.title;
  session.channel = entry.channel;
  session.rehearsal = entry.rehearsal ?? false;
  session.startedAt = entry.at;
  session.controls = { ...session.controls, phase: "open", rates: entry.rates };
  session.parts = partsOf(entry.rates);
  promise(session, entry.draw);
  for (const id of entry.before?.ids ?? []) session.ids.add(id);
  for (const [key, units] of entry.before?.combos ?? []) {
    session.combos.set(key, units);
  }
}

/** Facts that programs without rounds do not know. */
const NEW_FACTS: ReadonlySet<string> = new Set<Fact["type"]>([
  ...["roundStarted", "clockSet", "paused", "resumed", "teamsSet"] as const,
  ...["teamAssigned", "goalsSet", "boosted", "boostEnded"] as const,
  ...["lateCounted", "prizeMarked", "roundClosing"] as const,
  ...["overtimeDecided", "targetReached", "boostOver"] as const,
  ...["goalReached", "roomLiked", "drawCommitted"] as const,
]);

/** The tally of whoever an event is of, in the team that it joins. */
function meetMember(
  session: Session,
  entry: EntryOf<"gifted" | "commented">,
): Tally {
  const tally = meet(session, entry);
  const { seq, joins: team } = entry;
  if (team !== undefined) join(session, tally, { team, seq, byHand: false });
  return tally;
}

/** Gives an event's points to its viewer, and to the viewer's team. */
function earn(
  session: Session,
  tally: Tally,
  from: "likes" | "gifts" | "comments" | "follows" | "shares",
  entry: { seq: number; at: number; points: number },
): void {
  if (entry.points === 0) return;
  gain(session, tally, from, entry);
  session.came.points += entry.points;
  const team = teamOf(session, tally);
  if (team !== null) giveTeam(session, team, entry);
  watchLead(session, tally, entry.at);
}

function followOrShare(
  session: Session,
  entry: EntryOf<"followed" | "shared">,
): void {
  const isFollow = entry.type === "followed";
  const { rates } = session.controls;
  mustBe(entry, 0, isFollow ? rates.follow : rates.share);
  const tally = meet(session, entry);
  if (isFollow) session.came.follows.set(entry.viewerId, entry.seq);
  if (entry.idle) return keepLate(session, tally, entry);
  if (entry.points > 0) tally[isFollow ? "followed" : "shared"] = true;
  earn(session, tally, isFollow ? "follows" : "shares", entry);
}

/** What an entry was multiplied by, which must be what the boost says. */
function timesOf(
  { controls }: Session,
  entry: EntryOf<"liked" | "gifted">,
): number {
  const what = entry.type === "liked" ? "likes" : "gifts";
  const times = boostOf(controls.boost, what, entry.at);
  if ((entry.boost ?? 1) === times) return times;
  throw new RangeError(
    `Cannot apply entry ${entry.seq}: its boost is not the one that holds`,
  );
}

function like(session: Session, entry: EntryOf<"liked">): void {
  const tally = meet(session, entry);
  if (entry.idle) return keepLate(session, tally, entry);
  const { likes } = session.controls.rates;
  const added = addLikes(
    tally.carried,
    entry.count * timesOf(session, entry),
    tally.viewer.follower ? likes.follower : likes.other,
    session.parts,
  );
  mustBe(entry, added.points);
  tally.carried = added.carried;
  tally.likes += entry.count;
  session.totals.likes += entry.count;
  session.came.likes += entry.count;
  earn(session, tally, "likes", entry);
}

function gift(session: Session, entry: EntryOf<"gifted">): void {
  const tally = meetMember(session, entry);
  if (entry.combo) countUnits(session.combos, entry);
  const { giftId, units, diamonds } = entry;
  const { came } = session;
  came.diamonds += units * diamonds;
  came.gifts.set(giftId, (came.gifts.get(giftId) ?? 0) + units);
  if (entry.idle) return keepLate(session, tally, entry);
  const worth = giftPoints(session.controls.rates, units, diamonds);
  mustBe(entry, worth * timesOf(session, entry));
  mustStayExact(entry, session.totals.diamonds + units * diamonds);
  tally.gifts ??= new Map();
  const kind = tally.gifts.get(giftId);
  if (kind) kind.units += units;
  else tally.gifts.set(giftId, { name: entry.giftName, diamonds, units });
  tally.diamonds += units * diamonds;
  session.totals.diamonds += units * diamonds;
  earn(session, tally, "gifts", entry);
}

/** Refuses an entry whose points its own rates do not give. */
function mustBe(
  entry: { seq: number; points: number },
  ...points: number[]
): void {
  if (points.includes(entry.points)) return;
  throw new RangeError(
    `Cannot apply entry ${entry.seq}: it gives ${entry.points} points where the rates give ${
      points.join(" or ")
    }`,
  );
}

function comment(session: Session, entry: EntryOf<"commented">): void {
  mustBe(entry, 0, session.controls.rates.comment);
  const tally = meetMember(session, entry);
  const { id, viewerId, text, sentAt } = entry;
  if (entry.idle) {
    const isRepeated = tally.comments?.has(distinct(text));
    keepLate(session, tally, entry, isRepeated);
  } else earn(session, tally, "comments", entry);
  if (!isVisible(text)) return; // as good as none: never chosen, never shown
  tally.comments ??= new Map();
  let row = tally.comments.get(distinct(text));
  if (row) {
    row.times++;
    row.firstAt = Math.min(row.firstAt, sentAt);
    row.lastAt = Math.max(row.lastAt, sentAt);
  } else {
    row = {
      id,
      viewerId,
      text,
      times: 1,
      firstAt: sentAt,
      lastAt: sentAt,
      used: false,
      deleted: false,
    };
    tally.comments.set(distinct(text), row);
    session.feed.push(row);
    session.totals.comments++;
  }
  if (session.deleted.has(id)) row.deleted = true;
  session.commentOf.set(id, row);
  session.changed.set(row, entry.seq);
}

function remove(session: Session, entry: EntryOf<"deleted">): void {
  const rows = entry.messageIds.flatMap((id) => {
    session.deleted.add(id);
    return session.commentOf.get(id) ?? [];
  });
  for (const viewerId of entry.viewerIds) {
    rows.push(...session.tallies.get(viewerId)?.comments?.values() ?? []);
  }
  for (const row of rows) {
    row.deleted = true;
    session.changed.set(row, entry.seq);
  }
}

/**
 * Goes on with a session as it was. One that had ended has nothing left to
 * undo; one that was only interrupted just goes on.
 */
function carryOn(session: Session): void {
  const { phase, endedFrom } = session.controls;
  if (phase !== "ended") return;
  const clock = clockOf(session);
  const before = endedFrom === "closing" ? "frozen" : endedFrom ?? "open";
  // A clock does not run unseen.
  const isTimed = before === "open" && clock !== null && leftOf(clock, 0) > 0;
  session.controls = {
    ...session.controls,
    phase: isTimed ? "paused" : before,
    pausedAt: isTimed || before === "paused" ? session.at : null,
    endedFrom: null,
  };
  session.endedAt = null;
  session.undo = [];
  session.redo = [];
}
