/**
 * One session: what is true of a game, and how events and facts change it.
 *
 * `advance` turns live events into entries, `evolve` applies one entry, and
 * `replay` is nothing but `evolve` over a ledger, so a session that was read
 * back is the session that was played. A session is changed in place by its one
 * writer: copying what a hundred thousand viewers hold for every tick would
 * cost more than the game.
 *
 * @module
 */
import type { Entry, EntryOf, Fact, Idle } from "./entries.ts";
import { type LiveEvent, type LiveEventOf, NO_GROUP } from "./events.ts";
import type { Viewer } from "./events.ts";
import type { Phase } from "./frame.ts";
import { createMessageIds, type MessageIds } from "./message_ids.ts";
import { isVisible } from "./names.ts";
import { createOrder, type Order, type Standing } from "./order.ts";
import type { CommentRow, Standing as StandingRow } from "./ports.ts";
import type { Room } from "./room.ts";
import {
  addLikes,
  DEFAULT_RATES,
  giftPoints,
  leastCommonMultiple,
  newUnits,
  partsOf,
  type Rates,
} from "./rates.ts";
import {
  freeze,
  isHostStep,
  stepBack,
  stepForward,
  takeStep,
} from "./steps.ts";
import type { Step } from "./steps.ts";
import type { Made, Totals } from "./views.ts";

/**
 * Above so many points or diamonds a viewer, or the session, earns no more: one
 * event brings 10^15 at most (a million units of a million diamonds, times
 * 1,000) and the host as many, so that every sum stays below 2^53 and exact.
 */
export const FULL = 5e15;
/** Most that a viewer may have been given, or had taken, by hand. */
export const MAX_ADJUSTED = 1e15;

/** What the host's commands set, and the clock. */
export interface Controls {
  phase: Phase;
  /** Unix ms, while closing. */
  closesAt: number | null;
  countdownTo: number | null;
  /** Who and what is on stage; names and texts are looked up when shown. */
  stage: StageRef | null;
  rates: Rates;
  /** The phase an ended session had before. */
  endedFrom: Phase | null;
}

/** Points at what the stage shows. */
export interface StageRef {
  kind: "winner" | "comment";
  viewerId: string;
  commentId: string | null;
  /** What a winner held. */
  points: number | null;
}

/** What one viewer holds. */
export interface Tally extends Standing {
  viewer: Viewer;
  made: Made;
  /** Likes that counted, and parts of a point gathered towards the next. */
  likes: number;
  carried: number;
  diamonds: number;
  gifts: Map<string, { name: string; diamonds: number; units: number }> | null;
  /** By distinct text, in order of the first message. */
  comments: Map<string, CommentRow> | null;
  satOut: boolean;
  blocked: boolean;
}

/** A question from TikTok's own Q&A. */
export interface Question {
  id: string;
  viewerId: string;
  text: string;
  at: number;
}

/** A viewer who was picked. */
export interface Win {
  seq: number;
  at: number;
  viewerId: string;
  points: number;
  commentId: string | null;
  /** Whether it made the viewer sit out. */
  satOut: boolean;
  /** The viewer's `reached` before it. */
  reached: number;
  /** Taken back. */
  undone: boolean;
}

/** Units counted, by combo; a `Map` is one. */
export interface Combos {
  get(key: string): number | undefined;
  set(key: string, units: number): void;
  delete(key: string): void;
}

/** A time in which the session ran. */
export interface Run {
  /** Unix ms on TikTok's clock, null where that was not known. */
  from: number | null;
  to: number | null;
  /** Whether it has ended. */
  over: boolean;
}

/** All that is true of one game. */
export interface Session {
  id: string;
  title: string;
  channel: string;
  rehearsal: boolean;
  startedAt: number;
  endedAt: number | null;
  /** From each start or continuing to the end; the last one may go on. */
  runs: Run[];
  /** Seq and time of the last entry; 0 before the first. */
  seq: number;
  at: number;
  controls: Controls;
  /** Parts in a point: a multiple of every like rate this session has had. */
  parts: number;
  tallies: Map<string, Tally>;
  order: Order<Tally>;
  ids: MessageIds;
  /** Units counted, by combo; see `countUnits`. */
  combos: Map<string, number>;
  /** Distinct comments in order of their first message. */
  feed: CommentRow[];
  /** The comment that a message belongs to, by message id. */
  commentOf: Map<string, CommentRow>;
  questions: Question[];
  /** Message ids taken away before (or after) they came. */
  deleted: Set<string>;
  wins: Win[];
  undo: Step[];
  redo: Step[];
  /** Seq of the entry that set a field last, by field. */
  setBy: Map<string, number>;
  totals: Totals;
  /** Comments changed since they were last stored, with the seq that did it. */
  changed: Map<CommentRow, number>;
  /**
   * Viewers changed since they were last taken from here, and whether it is
   * new who they are. Null where no store asks for it.
   */
  touched: Map<Tally, boolean> | null;
}

/** A live event and when it arrived here, Unix ms. */
export interface Arrival {
  at: number;
  event: LiveEvent;
  /** It was sent while the session did not run, and is none of its. */
  foreign?: boolean;
}

/** A session before its first entry. */
export function emptySession(): Session {
  return {
    id: "",
    title: "",
    channel: "",
    rehearsal: false,
    startedAt: 0,
    endedAt: null,
    runs: [],
    seq: 0,
    at: 0,
    controls: {
      phase: "idle",
      closesAt: null,
      countdownTo: null,
      stage: null,
      rates: DEFAULT_RATES,
      endedFrom: null,
    },
    parts: partsOf(DEFAULT_RATES),
    tallies: new Map(),
    order: createOrder<Tally>(isOnBoard),
    ids: createMessageIds(),
    combos: new Map(),
    feed: [],
    commentOf: new Map(),
    questions: [],
    deleted: new Set(),
    wins: [],
    undo: [],
    redo: [],
    setBy: new Map(),
    totals: {
      viewers: 0,
      points: 0,
      likes: 0,
      diamonds: 0,
      comments: 0,
      winners: 0,
      late: 0,
      gaps: [],
    },
    changed: new Map(),
    touched: null,
  };
}

/** Whether a viewer stands on the board. */
export function isOnBoard(tally: Tally): boolean {
  return tally.points > 0 && !tally.blocked && !tally.satOut;
}

/** Whether events earn points now. */
export function isAccepting(session: Session): boolean {
  const { phase } = session.controls;
  return phase === "open" || phase === "closing";
}

/**
 * Takes live events in: drops messages it has seen, counts only a combo's
 * growth, gives points. Changes the session and returns what to write down.
 *
 * @param arrivals In the order they arrived.
 * @param room What the room has sent before, in whatever session; it takes note
 * of all that arrives.
 */
export function advance(
  session: Session,
  arrivals: Arrival[],
  room?: Room | null,
): Entry[] {
  const entries: Entry[] = [];
  for (const { at, event, foreign } of arrivals) {
    const closed = closeIfDue(session, at);
    if (closed) entries.push(closed);
    if (room?.has(event.id)) continue;
    const entry = foreign ? null : entryOf(session, event, at, room);
    room?.see(event);
    if (!entry) continue;
    evolve(session, entry);
    entries.push(entry);
  }
  return entries;
}

/** Closes a session whose countdown has run out by `now`; null if not due. */
export function closeIfDue(session: Session, now: number): Entry | null {
  const { phase, closesAt } = session.controls;
  if (phase !== "closing" || closesAt === null || now < closesAt) return null;
  return record(session, { type: "frozen" }, closesAt);
}

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
      mustBe(entry, 0, session.controls.rates.follow);
      return gain(session, meet(session, entry), "follows", entry);
    case "shared":
      mustBe(entry, 0, session.controls.rates.share);
      return gain(session, meet(session, entry), "shares", entry);
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
      return freeze(session, entry);
    case "continued":
      return carryOn(session);
    case "undone":
      return stepBack(session, entry);
    case "redone":
      return stepForward(session, entry);
    case "sceneSwitched":
      return;
    default:
      if (isHostStep(entry)) takeStep(session, entry);
  }
}

/** Notes where a time in which the session runs begins or ends. */
function followRuns({ runs }: Session, entry: Entry): void {
  const last = runs.at(-1);
  switch (entry.type) {
    case "started":
    case "continued":
      if (last && !last.over) return;
      runs.push({ from: entry.tiktokAt ?? null, to: null, over: false });
      return;
    case "ended":
      if (last) Object.assign(last, { to: entry.tiktokAt ?? null, over: true });
      return;
    case "undone":
    case "redone":
      if (!last || entry.step !== "ended") return;
      Object.assign(last, { to: null, over: entry.type === "redone" });
  }
}

/**
 * Whether the session ran at a moment of TikTok's clock.
 *
 * @param at Unix ms; so many ms of `favour` to either side count as well.
 * @param last Whether the time that is not over is asked for, too.
 */
export function ranAt(
  { runs }: Session,
  at: number,
  favour: number,
  last: boolean,
): boolean {
  return runs.some(({ from, to, over }) => {
    if (!over) return last && (from === null || at >= from - favour);
    return from !== null && to !== null &&
      at >= from - favour && at <= to + favour;
  });
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

/**
 * What a live event means here, as the next entry; null if it was seen before
 * or adds nothing.
 *
 * An object that is spread anywhere but first costs ten times the rest of this
 * function, so every entry is its beginning, spread, and what its type adds.
 */
function entryOf(
  session: Session,
  event: LiveEvent,
  at: number,
  room?: Room | null,
): Entry | null {
  if (session.ids.has(event.id)) return null;
  const { phase } = session.controls;
  if (phase === "idle" || phase === "ended") return null;
  const place = { seq: session.seq + 1, at: Math.max(session.at, at) };
  const message = { id: event.id, sentAt: event.at };
  if (event.type === "deletion") {
    const { messageIds, viewerIds } = event;
    return { ...place, type: "deleted", ...message, messageIds, viewerIds };
  }
  if (event.type === "gap") {
    const { from, to } = event;
    return { ...place, type: "missed", ...message, from, to };
  }
  const known = session.tallies.get(event.viewer.id);
  const viewer = newDetails(known?.viewer, event);
  const idle = idleReason(session, event, known);
  const about = { event, viewer, idle };
  const { rates } = session.controls;
  const earn = (points: number) => idle ? 0 : points;
  switch (event.type) {
    case "like": {
      const follower = (viewer ?? known!.viewer).follower;
      const carried = known?.carried ?? 0;
      const { count } = event;
      const { points } = addLikes(
        carried,
        count,
        follower ? rates.likes.follower : rates.likes.other,
        session.parts,
      );
      return { ...begin(place, "liked", about), points: earn(points), count };
    }
    case "gift": {
      const counted = event.combo ? countedByAny(session, event, room) : 0;
      const units = newUnits(counted, event.repeatCount);
      const ends = endsCombo(event) && counted < Infinity;
      if (units === 0 && !ends) return null;
      const gift = {
        ...begin(place, "gifted", about),
        points: earn(giftPoints(rates, units, event.diamonds)),
        giftId: event.giftId,
        giftName: event.giftName,
        diamonds: event.diamonds,
        units,
        total: event.repeatCount,
        combo: event.combo,
        groupId: event.groupId,
      };
      if (!ends && !event.to) return gift;
      const { to } = event;
      return { ...gift, ...(ends && { end: true }), ...(to && { to }) };
    }
    case "comment": {
      const { text } = event;
      if (!isVisible(text)) return null;
      const said = known?.comments?.has(distinct(text));
      const points = said ? 0 : earn(rates.comment);
      return { ...begin(place, "commented", about), points, text };
    }
    case "follow": {
      const points = known?.made.follows ? 0 : earn(rates.follow);
      return { ...begin(place, "followed", about), points };
    }
    case "share": {
      const points = known?.made.shares ? 0 : earn(rates.share);
      return { ...begin(place, "shared", about), points };
    }
    case "question": {
      const { questionId, text } = event;
      return { ...begin(place, "asked", about), points: 0, questionId, text };
    }
  }
}

/** How every entry about a viewer begins. */
function begin<T extends Entry["type"]>(
  { seq, at }: { seq: number; at: number },
  type: T,
  { event, viewer, idle }: {
    event: Exclude<LiveEvent, { type: "deletion" | "gap" }>;
    viewer?: Viewer;
    idle?: Idle;
  },
) {
  const { id, at: sentAt } = event;
  const entry = { seq, at, type, id, sentAt, viewerId: event.viewer.id };
  const told = viewer ? { ...entry, viewer } : entry;
  return idle ? { ...told, idle } : told;
}

/** A gift as it came, or as the ledger has it. */
type AnyGift = LiveEventOf<"gift"> | EntryOf<"gifted">;

/**
 * Tells one combo from every other: a viewer can run several at once, also to
 * several people.
 */
export function comboKey(gift: AnyGift): string {
  const viewerId = gift.type === "gift" ? gift.viewer.id : gift.viewerId;
  const key = `${viewerId}|${gift.giftId}|${gift.groupId}`;
  return gift.to ? `${key}|${gift.to.id}` : key;
}

/** Where the send time of the last end of a combo without a group is kept. */
function endKey(key: string): string {
  return `${key}|end`;
}

/** Whether nothing but its end tells a combo from the next one. */
function hasNoGroup({ groupId }: AnyGift): boolean {
  return groupId === NO_GROUP || groupId === "";
}

function endsCombo(gift: AnyGift): boolean {
  return gift.combo && gift.end === true && hasNoGroup(gift);
}

/**
 * Units of a message's combo that have been counted; Infinity where its combo
 * is over. Without a group, what was sent before the last end belongs to what
 * that end closed, however late it comes.
 */
export function countedUnits(
  combos: Pick<Combos, "get">,
  gift: LiveEventOf<"gift">,
): number {
  const key = comboKey(gift);
  const isOver = hasNoGroup(gift) && gift.at < (combos.get(endKey(key)) ?? 0);
  return isOver ? Infinity : combos.get(key) ?? 0;
}

/** The same by the session itself or, in this room, by any other. */
function countedByAny(
  { combos }: Session,
  gift: LiveEventOf<"gift">,
  room?: Room | null,
): number {
  const counted = countedUnits(combos, gift);
  return room ? Math.max(counted, countedUnits(room.combos, gift)) : counted;
}

/** Notes that all units of a message's combo up to it have been counted. */
export function countUnits(combos: Combos, gift: AnyGift): void {
  const key = comboKey(gift);
  const [total, sentAt] = gift.type === "gift"
    ? [gift.repeatCount, gift.at]
    : [gift.total, gift.sentAt];
  if (!endsCombo(gift)) return void combos.set(key, total);
  combos.delete(key);
  combos.set(endKey(key), sentAt);
}

/**
 * A viewer's details where an event brings new ones, else undefined. Once a
 * follower, always one in this session; what a message does not carry stays.
 */
function newDetails(
  known: Viewer | undefined,
  event: Exclude<LiveEvent, { type: "deletion" | "gap" }>,
): Viewer | undefined {
  const seen = event.viewer;
  const follower = seen.follower || event.type === "follow";
  if (!known) return follower === seen.follower ? seen : { ...seen, follower };
  const handle = seen.handle || known.handle;
  const nickname = seen.nickname || known.nickname;
  const avatarUrl = samePicture(seen.avatarUrl, known.avatarUrl)
    ? known.avatarUrl
    : seen.avatarUrl;
  const follows = known.follower || follower;
  const moderator = seen.moderator ?? known.moderator;
  const subscriber = seen.subscriber ?? known.subscriber;
  const same = handle === known.handle && nickname === known.nickname &&
    avatarUrl === known.avatarUrl && follows === known.follower &&
    moderator === known.moderator && subscriber === known.subscriber;
  if (same) return undefined;
  const merged: Viewer = {
    ...known,
    handle,
    nickname,
    avatarUrl,
    follower: follows,
  };
  if (moderator !== undefined) merged.moderator = moderator;
  if (subscriber !== undefined) merged.subscriber = subscriber;
  return merged;
}

/** Whether two signed addresses show the same picture (or nothing newer). */
function samePicture(seen: string | null, known: string | null): boolean {
  if (seen === null || seen === known) return true;
  return known !== null && pathOf(seen) === pathOf(known);
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** Why an event of this viewer earns nothing now; undefined if it earns. */
function idleReason(
  session: Session,
  event: LiveEvent,
  tally?: Tally,
): Idle | undefined {
  if (tally?.blocked) return "blocked";
  if (tally?.satOut) return "satOut";
  if (!isAccepting(session)) return "late";
  const { giftsTo } = session.controls.rates;
  if (giftsTo === "host" && event.type === "gift" && event.to) return "toGuest";
  return isFull(session, tally) ? "full" : undefined;
}

function isFull({ totals }: Session, tally?: Tally): boolean {
  if (totals.points > FULL || totals.diamonds > FULL) return true;
  return tally !== undefined && tally.points - tally.made.won > FULL;
}

function start(session: Session, entry: EntryOf<"started">): void {
  session.id = entry.sessionId;
  session.title = entry.title;
  session.channel = entry.channel;
  session.rehearsal = entry.rehearsal ?? false;
  session.startedAt = entry.at;
  session.controls = { ...session.controls, phase: "open", rates: entry.rates };
  session.parts = partsOf(entry.rates);
  for (const id of entry.before?.ids ?? []) session.ids.add(id);
  for (const [key, units] of entry.before?.combos ?? []) {
    session.combos.set(key, units);
  }
}

/** The tally of the viewer an entry is about, with the details it brings. */
function meet(
  session: Session,
  entry: { seq: number; viewerId: string; viewer?: Viewer },
): Tally {
  const known = session.tallies.get(entry.viewerId);
  if (known) {
    if (entry.viewer) known.viewer = entry.viewer;
    return known;
  }
  if (!entry.viewer) {
    throw new RangeError(
      `Cannot apply entry ${entry.seq}: viewer ${entry.viewerId} was never introduced`,
    );
  }
  const tally = newTally(entry.viewer);
  session.tallies.set(entry.viewerId, tally);
  session.totals.viewers++;
  return tally;
}

/** A viewer who holds nothing yet. */
export function newTally(viewer: Viewer): Tally {
  return {
    id: viewer.id,
    viewer,
    points: 0,
    reached: 0,
    placed: null,
    made: {
      likes: 0,
      gifts: 0,
      comments: 0,
      follows: 0,
      shares: 0,
      adjusted: 0,
      won: 0,
    },
    likes: 0,
    carried: 0,
    diamonds: 0,
    gifts: null,
    comments: null,
    satOut: false,
    blocked: false,
  };
}

/**
 * Adds an entry's points to what a viewer holds.
 *
 * @throws {RangeError} If less than nothing would be left, or a sum would not
 * be exact: no session does so by itself.
 */
export function gain(
  session: Session,
  tally: Tally,
  from: keyof Made,
  entry: { seq: number; points: number },
): void {
  if (entry.points === 0) return;
  mustStayExact(entry, tally.points + entry.points);
  mustStayExact(entry, session.totals.points + entry.points);
  tally.points += entry.points;
  tally.made[from] += entry.points;
  tally.reached = entry.seq;
  session.totals.points += entry.points;
  session.order.touch(tally);
}

function like(session: Session, entry: EntryOf<"liked">): void {
  const tally = meet(session, entry);
  if (entry.idle) return;
  const { likes } = session.controls.rates;
  const added = addLikes(
    tally.carried,
    entry.count,
    tally.viewer.follower ? likes.follower : likes.other,
    session.parts,
  );
  mustBe(entry, added.points);
  tally.carried = added.carried;
  tally.likes += entry.count;
  session.totals.likes += entry.count;
  gain(session, tally, "likes", entry);
}

function gift(session: Session, entry: EntryOf<"gifted">): void {
  const tally = meet(session, entry);
  if (entry.combo) countUnits(session.combos, entry);
  if (entry.idle) return;
  const { units, diamonds } = entry;
  mustBe(entry, giftPoints(session.controls.rates, units, diamonds));
  mustStayExact(entry, session.totals.diamonds + units * diamonds);
  tally.gifts ??= new Map();
  const kind = tally.gifts.get(entry.giftId);
  if (kind) kind.units += units;
  else tally.gifts.set(entry.giftId, { name: entry.giftName, diamonds, units });
  tally.diamonds += units * diamonds;
  session.totals.diamonds += units * diamonds;
  gain(session, tally, "gifts", entry);
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

/** Refuses an entry that would make a sum negative or inexact. */
function mustStayExact({ seq }: { seq: number }, sum: number): void {
  if (sum >= 0 && sum <= Number.MAX_SAFE_INTEGER) return;
  throw new RangeError(
    `Cannot apply entry ${seq}: a sum of ${sum} cannot be counted`,
  );
}

function comment(session: Session, entry: EntryOf<"commented">): void {
  mustBe(entry, 0, session.controls.rates.comment);
  const tally = meet(session, entry);
  gain(session, tally, "comments", entry);
  const { id, viewerId, text, sentAt } = entry;
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

/** What makes a text a new one: all but spaces and spelling of its marks. */
function distinct(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
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

/** A viewer's comment by its id (or that of a message that repeated it). */
export function commentById(
  session: Session,
  viewerId: string,
  commentId: string,
): CommentRow | undefined {
  const row = session.commentOf.get(commentId);
  return row?.viewerId === viewerId ? row : undefined;
}

/**
 * Goes on with a session as it was. One that had ended has nothing left to
 * undo; one that was only interrupted just goes on.
 */
function carryOn(session: Session): void {
  const { phase, endedFrom } = session.controls;
  if (phase !== "ended") return;
  session.controls = {
    ...session.controls,
    phase: endedFrom === "closing" ? "frozen" : endedFrom ?? "open",
    endedFrom: null,
  };
  session.endedAt = null;
  session.undo = [];
  session.redo = [];
}

/** What a viewer holds, for a live board. */
export function standingOf(tally: Tally, withViewer: boolean): StandingRow {
  const { id, points, reached, satOut, blocked, likes, diamonds } = tally;
  const standing: StandingRow = {
    id,
    points,
    reached,
    onBoard: isOnBoard(tally),
    satOut,
    blocked,
    likes,
    diamonds,
    made: { ...tally.made },
  };
  if (withViewer) standing.viewer = tally.viewer;
  return standing;
}

/** Lets new rates hold, with what viewers carry kept to the last part. */
export function divideParts(session: Session, rates: Rates): void {
  const parts = leastCommonMultiple(session.parts, partsOf(rates));
  const factor = parts / session.parts;
  if (factor === 1) return;
  for (const tally of session.tallies.values()) tally.carried *= factor;
  session.parts = parts;
}
