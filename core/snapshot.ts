/**
 * A session as bytes and back, so that opening a long one does not replay every
 * like of the evening. Only a short cut: whatever cannot be read is replayed.
 *
 * With 100,000 viewers either way takes seconds, so both go in parts, between
 * which others have their turn: a lease is kept, streams go on.
 *
 * @module
 */
import type { ProgramStep } from "./entries.ts";
import type { Came, CameBefore } from "./goals.ts";
import { createMessageIds } from "./message_ids.ts";
import type { CommentRow } from "./ports.ts";
import { emptySession } from "./session.ts";
import type { Session } from "./session.ts";
import { newTally } from "./tallies.ts";
import type { Tally } from "./session.ts";
import type { TeamStanding } from "./teams.ts";
import type { PutAside, Zeroing } from "./zeroing.ts";

/** Raised with every change of what a session holds. */
const VERSION = 8;
/** Before the ids: how many halves they are, and room to align them. */
const HEAD_BYTES = 8;
/** Halves of ids that are put in between two pauses. */
const IDS_AT_A_TIME = 32_768;
const LINE_FEED = 0x0a;
/** The last part: what ends without it is torn. */
const END = "end";
/** Items of one part: some 10 ms of work. */
const PART = 1_000;

/** What of a session is short. */
type Plain = Pick<
  Session,
  | "id"
  | "title"
  | "channel"
  | "rehearsal"
  | "startedAt"
  | "endedAt"
  | "runs"
  | "seq"
  | "at"
  | "controls"
  | "parts"
  | "questions"
  | "wins"
  | "draw"
  | "undo"
  | "redo"
  | "totals"
  | "rounds"
  | "lead"
  | "pots"
  | "hasRounds"
>;

/** The first part. */
interface First {
  version: number;
  plain: Plain;
}

/** What is long, in the order in which it is read back. */
interface Long {
  tallies: PlainTally[];
  feed: CommentRow[];
  /** Units counted, by combo. */
  combos: [string, number][];
  /** Message id and index in the feed. */
  commentOf: [string, number][];
  /** By viewer: [distinct text, index in the feed]. */
  comments: [string, [string, number][]][];
  deleted: string[];
  setBy: [string, number][];
  /** Comments not stored yet: index in the feed, and the seq that changed it. */
  changed: [number, number][];
  byItself: [number, ProgramStep][];
  teamStandings: TeamStanding[];
  goalSteps: [string, number][];
  cameBefore: [number, CameBefore][];
  came: Omit<Came, "gifts" | "follows">[];
  gifts: [string, number][];
  follows: [string, number][];
  zeroings: (Omit<Zeroing, "viewers"> & { isKept: boolean })[];
  /** By the seq of a zeroing, whose and what. */
  putAside: [number, string, PutAside][];
}

type PlainTally =
  & Omit<Tally, "id" | "placed" | "gifts" | "comments">
  & { gifts: [string, { name: string; diamonds: number; units: number }][] };

/** The session's whole state. */
export function toSnapshot(session: Session): Uint8Array {
  return joinParts([...snapshotParts(session)]);
}

/**
 * The same in parts, to be put together by `joinParts`. The session must not
 * change meanwhile.
 */
export function* snapshotParts(session: Session): Generator<Uint8Array> {
  const ids = session.ids.halves();
  const head = new Uint8Array(HEAD_BYTES + ids.byteLength);
  new DataView(head.buffer).setUint32(0, ids.length);
  const bytes = new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength);
  head.set(bytes, HEAD_BYTES);
  yield head;
  yield lineOf({ version: VERSION, plain: plainOf(session) });
  for (const [name, items] of Object.entries(longOf(session))) {
    for (const some of inPieces<unknown>(items)) yield lineOf({ [name]: some });
  }
  yield lineOf(END);
}

/** One value of all parts, in order. */
export function joinParts(parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The session of a snapshot, or null if this program cannot read it. */
export function fromSnapshot(bytes: Uint8Array): Session | null {
  const reading = readSnapshot(bytes);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/** The same, with a pause after each part; its end is the session. */
export function* readSnapshot(
  bytes: Uint8Array,
): Generator<undefined, Session | null> {
  const parts = partsOf(bytes);
  const first = parts.next().value as Partial<First> | undefined;
  if (first?.version !== VERSION) return null;
  const halves = halvesIn(bytes);
  const ids = createMessageIds(halves.length / 2);
  for (let at = 0; at < halves.length; at += IDS_AT_A_TIME) {
    ids.addAll(halves.subarray(at, at + IDS_AT_A_TIME));
    yield;
  }
  const session = { ...emptySession(), ...first.plain, ids };
  for (const part of parts) {
    if (part === END) return session;
    put(session, part as Partial<Long>);
    yield;
  }
  return null; // torn: replay instead
}

/** A part as a line of JSON, which has no line feed inside. */
function lineOf(part: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(part)}\n`);
}

/** The lines behind the ids, in order, as far as they can be read. */
function* partsOf(bytes: Uint8Array): Generator<unknown> {
  const decoder = new TextDecoder();
  for (let at = endOfIds(bytes); at < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, at);
    if (end < 0) return;
    try {
      yield JSON.parse(decoder.decode(bytes.subarray(at, end)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return;
    }
    at = end + 1;
  }
}

function endOfIds(bytes: Uint8Array): number {
  if (bytes.length < HEAD_BYTES) return Infinity;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return HEAD_BYTES + 4 * view.getUint32(0);
}

function halvesIn(bytes: Uint8Array): Uint32Array {
  const ids = bytes.slice(HEAD_BYTES, endOfIds(bytes));
  return new Uint32Array(ids.buffer);
}

function plainOf(session: Session): Plain {
  const { id, title, channel, rehearsal, startedAt, endedAt, runs } = session;
  const { seq, at, controls, parts, questions, wins, draw } = session;
  const { undo, redo, totals, rounds, lead, pots, hasRounds } = session;
  return {
    ...{ id, title, channel, rehearsal, startedAt, endedAt, runs },
    ...{ seq, at, controls, parts, questions, wins, draw },
    ...{ undo, redo, totals },
    ...{ rounds, lead, pots, hasRounds },
  };
}

/** The long lists of a session, each item made when it is asked for. */
function longOf(
  session: Session,
): { [K in keyof Long]: Iterable<Long[K][number]> } {
  const { feed, tallies, commentOf, changed, zeroings } = session;
  const { gifts, follows, ...came } = session.came;
  const index = new Map(feed.map((row, i) => [row, i]));
  const at = (row: CommentRow) => index.get(row)!;
  return {
    tallies: tallies.values().map(plainTally),
    feed,
    combos: session.combos,
    commentOf: commentOf.entries().map(([id, row]) => [id, at(row)]),
    comments: tallies.values().filter(({ comments }) => comments !== null)
      .map(({ id, comments }) => [
        id,
        Array.from(comments!, ([text, row]) => [text, at(row)]),
      ]),
    deleted: session.deleted,
    setBy: session.setBy,
    changed: changed.entries().map(([row, seq]) => [at(row), seq]),
    byItself: session.byItself,
    teamStandings: session.teamStandings.values(),
    goalSteps: session.goalSteps,
    cameBefore: session.cameBefore,
    came: [came],
    ...{ gifts, follows },
    zeroings: zeroings.map(({ viewers, ...rest }) => ({
      ...rest,
      isKept: viewers !== null,
    })),
    putAside: zeroings.values().flatMap(({ seq, viewers }) =>
      (viewers ?? new Map<string, PutAside>()).entries()
        .map(([id, had]): [number, string, PutAside] => [seq, id, had])
    ),
  };
}

function plainTally(tally: Tally): PlainTally {
  const { viewer, points, reached, made, likes, carried } = tally;
  const { diamonds, satOut, blocked, followed, shared, member } = tally;
  return {
    ...{ viewer, points, reached, made, likes, carried, diamonds },
    ...{ satOut, blocked, followed, shared, member },
    gifts: [...tally.gifts ?? []],
  };
}

/** Items in lists of a part each. */
function* inPieces<T>(items: Iterable<T>): Generator<T[]> {
  let piece: T[] = [];
  for (const item of items) {
    piece.push(item);
    if (piece.length < PART) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** Puts a part of the long lists into a session. */
function put(session: Session, part: Partial<Long>): void {
  const { feed } = session;
  for (const held of part.tallies ?? []) putTally(session, held);
  for (const row of part.feed ?? []) feed.push(row);
  for (const [combo, units] of part.combos ?? []) {
    session.combos.set(combo, units);
  }
  for (const [id, i] of part.commentOf ?? []) {
    session.commentOf.set(id, feed[i]!);
  }
  for (const [viewerId, texts] of part.comments ?? []) {
    session.tallies.get(viewerId)!.comments = new Map(
      texts.map(([text, i]) => [text, feed[i]!]),
    );
  }
  for (const id of part.deleted ?? []) session.deleted.add(id);
  for (const [field, seq] of part.setBy ?? []) session.setBy.set(field, seq);
  for (const [i, seq] of part.changed ?? []) {
    session.changed.set(feed[i]!, seq);
  }
  putRounds(session, part);
}

/** The same of what rounds, teams and goals need. */
function putRounds(session: Session, part: Partial<Long>): void {
  const { zeroings, came } = session;
  for (const [seq, step] of part.byItself ?? []) {
    session.byItself.set(seq, step);
  }
  for (const team of part.teamStandings ?? []) {
    session.teamStandings.set(team.id, team);
  }
  for (const [key, step] of part.goalSteps ?? []) {
    session.goalSteps.set(key, step);
  }
  for (const [round, before] of part.cameBefore ?? []) {
    session.cameBefore.set(round, before);
  }
  for (const some of part.came ?? []) Object.assign(came, some);
  for (const [id, units] of part.gifts ?? []) came.gifts.set(id, units);
  for (const [id, seq] of part.follows ?? []) came.follows.set(id, seq);
  for (const { isKept, ...zeroing } of part.zeroings ?? []) {
    zeroings.push({ ...zeroing, viewers: isKept ? new Map() : null });
  }
  for (const [seq, id, had] of part.putAside ?? []) {
    zeroings.find((each) => each.seq === seq)!.viewers!.set(id, had);
  }
}

function putTally(session: Session, { gifts, ...held }: PlainTally): void {
  const tally: Tally = {
    ...newTally(held.viewer),
    ...held,
    gifts: gifts.length > 0 ? new Map(gifts) : null,
  };
  session.tallies.set(tally.id, tally);
  session.order.touch(tally);
}
