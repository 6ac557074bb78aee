/**
 * Checks an export from its lines alone: the chain, every entry by the rules of
 * the game, draws, board and receipts. Each fault has the number of the line to
 * look at, from 1. `docs/certificate.py` does the same without the rules.
 *
 * @module
 */
import { boardLine } from "./board.ts";
import {
  account,
  type Accounts,
  type Closing,
  closingHash,
  type ClosingLine,
  closingLine,
} from "./certificate.ts";
import { commitmentTo, drawBy } from "./draws.ts";
import { evolve } from "./evolve.ts";
import { emptySession, type Session } from "./session.ts";
import { sha256 } from "./sha256.ts";
import type { Entry, EntryOf } from "./shapes/entries.ts";

/** What can be wrong with a line. */
export type FaultKind =
  /** It is no JSON; it is no header of an export that this program knows. */
  | "json"
  | "header"
  /** It does not have the number that follows from the line before. */
  | "order"
  /** It was changed: the line after it has another hash of it. */
  | "chain"
  /** The file goes on after its end, or stops without it. */
  | "more"
  | "unfinished"
  /** The rules of the game do not give this entry. */
  | "rules"
  /** The secret is not the promised one, or draws something else. */
  | "secret"
  | "draw"
  /** The closing line has another board, or other receipts. */
  | "board"
  | "receipts";

/** Something that is wrong. */
export interface Fault {
  line: number;
  why: FaultKind;
}

/** One draw of the evening. */
export interface DrawShown {
  line: number;
  at: number;
  nickname: string;
  comment: string;
  /** How many it was drawn from. */
  from: number;
  secret: string;
}

/** What a file tells, where nothing is wrong with it. */
export interface Told {
  title: string;
  channel: string;
  startedAt: number;
  rehearsal: boolean;
  entries: number;
  viewers: number;
  points: number;
  draws: DrawShown[];
  /** The first places. */
  first: { nickname: string; points: number }[];
  /** Closing hashes of before viewers were forgotten. */
  earlier: { at: number; hash: string }[];
  /** The closing hash; null in exports that do not have one yet. */
  hash: string | null;
}

/** What came of it. */
export interface Verdict {
  /** In the order of the lines; empty where all is true. */
  faults: Fault[];
  told: Told | null;
}

/** A line that was read. */
interface Line {
  /** From 1, empty ones counted too. */
  number: number;
  text: string;
  hash: string;
  value: Record<string, unknown> | null;
}

/** Lines taken without a pause: some 10 ms. */
const AT_A_TIME = 500;
/** Places that are told. */
const FIRST = 5;
const FORMAT = /^tiktok-live-support\/[12]$/;

/**
 * Checks the text of a file; yields how much of it is done, from 0 to 1, and
 * ends with the verdict.
 */
export function* verify(text: string): Generator<number, Verdict> {
  const lines = yield* readLines(text);
  const faults = shapeFaults(lines);
  faults.push(...chainFaults(lines, faults));
  faults.sort((a, b) => a.line - b.line);
  if (faults.length > 0) return { faults, told: null };
  return yield* playLines(lines);
}

function* readLines(text: string): Generator<number, Line[]> {
  const lines: Line[] = [];
  const all = text.split("\n");
  for (const [i, raw] of all.entries()) {
    if (i % AT_A_TIME === 0) yield 0.4 * i / all.length;
    const line = raw.replace(/\r$/, "");
    if (line.trim() === "") continue;
    const value = parse(line);
    lines.push({ number: i + 1, text: line, hash: sha256(line), value });
  }
  return lines;
}

function parse(line: string): Line["value"] {
  try {
    const value = JSON.parse(line);
    const isObject = typeof value === "object" && !Array.isArray(value);
    return isObject ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A header, entries in order, one end: seen without the chain. */
function shapeFaults(lines: Line[]): Fault[] {
  const faults: Fault[] = [];
  const add = ({ number }: Line, why: FaultKind) =>
    faults.push({ line: number, why });
  let seq = 0;
  let ended = false;
  for (const [i, line] of lines.entries()) {
    const { value } = line;
    if (ended) add(line, "more");
    else if (!value) add(line, "json");
    else if (i === 0) {
      if (!FORMAT.test(String(value.format))) add(line, "header");
    } else if (value.type === "end") {
      ended = true;
      if (value.seq !== seq) add(line, "order");
    } else if (value.seq !== ++seq) {
      add(line, "order");
      if (Number.isSafeInteger(value.seq)) seq = value.seq as number;
    }
  }
  const last = lines.at(-1);
  if (!last) faults.push({ line: 1, why: "header" });
  else if (!ended) add(last, "unfinished");
  return faults;
}

/** Where the hash of a line is not what the next one has of it. */
function chainFaults(lines: Line[], known: Fault[]): Fault[] {
  const isKnown = new Set(known.map(({ line }) => line));
  const isTorn = (i: number) =>
    i + 1 < lines.length && lines[i + 1]!.value?.prev !== lines[i]!.hash;
  return lines.flatMap((line, i) => {
    const next = lines[i + 1];
    if (!isTorn(i) || isKnown.has(next!.number)) return [];
    // Who does not fit the next one either, or itself, is the one changed.
    const isNext = isTorn(i + 1) || isOtherEnd(next!);
    const at = (isNext ? next! : line).number;
    return isKnown.has(at) ? [] : [{ line: at, why: "chain" as const }];
  }).filter(({ line }, i, all) => all[i - 1]?.line !== line);
}

/** Whether a closing line was changed: its own hash says so. */
function isOtherEnd({ value }: Line): boolean {
  if (value?.type !== "end" || value.hash === undefined) return false;
  return value.hash !== hashOfEnd(value as unknown as ClosingLine);
}

function hashOfEnd({ apart, ...line }: ClosingLine): string {
  const short: Closing = {
    ...line,
    apart: sha256(JSON.stringify(apart) ?? ""),
  };
  return closingHash(short, sha256);
}

/** Plays the entries; nothing is wrong with the chain. */
function* playLines(lines: Line[]): Generator<number, Verdict> {
  const session = emptySession();
  const accounts: Accounts = new Map();
  const draws: DrawShown[] = [];
  const wrong = (line: Line, why: FaultKind): Verdict => ({
    faults: [{ line: line.number, why }],
    told: null,
  });
  for (const [i, line] of lines.slice(1, -1).entries()) {
    if (i % AT_A_TIME === 0) yield 0.4 + 0.5 * i / lines.length;
    const { prev: _, ...value } = line.value!;
    const entry = value as unknown as Entry;
    const why = drawFault(session, entry);
    if (why) return wrong(line, why);
    try {
      evolve(session, entry);
      account(accounts, session, entry);
    } catch (error) {
      if (error instanceof RangeError || error instanceof TypeError) {
        return wrong(line, "rules");
      }
      throw error;
    }
    if (entry.type === "winnerSelected" && entry.secret !== undefined) {
      draws.push(shownDraw(session, entry, line.number));
    }
  }
  const end = lines.at(-1)!;
  const board = boardOf(session);
  if (end.value!.board !== board) return wrong(end, "board");
  const isLong = end.value!.hash !== undefined;
  if (isLong) {
    const prev = lines.at(-2)!;
    const before = String(prev.value!.prev ?? "");
    const ending = { accounts, board, before, prev: prev.hash };
    const made = yield* paced(closingLine(session, ending, sha256));
    // The text may escape what JSON does not need to.
    const isSame = JSON.stringify(made) === JSON.stringify(end.value);
    if (!isSame) return wrong(end, "receipts");
  }
  return { faults: [], told: toldOf(session, lines, draws) };
}

function* paced<T>(making: Generator<undefined, T>): Generator<number, T> {
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
    yield 0.95;
  }
}

/** What is wrong with the draw of an entry, if it is one. */
function drawFault(session: Session, entry: Entry): FaultKind | null {
  if (entry.type !== "winnerSelected" || entry.secret === undefined) {
    return null;
  }
  const { secret, drawnFrom = [], viewerId } = entry;
  const isPromised = commitmentTo(secret) === session.draw.hash;
  const again = session.wins.some((win) =>
    win.undone && win.viewerId === viewerId && win.drawn?.secret === secret &&
    drawnFrom.every((id) => win.drawn!.from.includes(id))
  );
  // A game that went on from an earlier program has promised nothing yet.
  if (!isPromised && !again && session.draw.hash !== null) return "secret";
  if (drawBy(secret, drawnFrom) !== entry.commentId) return "draw";
  return isListed(session, entry) ? null : "draw";
}

/** Whether all it was drawn from could be, and is in order. */
function isListed(
  { draw, feed, controls }: Session,
  { viewerId, drawnFrom = [] }: EntryOf<"winnerSelected">,
): boolean {
  const closed = controls.phase === "frozen" ? draw.closed : null;
  const there = feed.slice(0, closed?.comments)
    .filter((row) => row.viewerId === viewerId && !row.deleted && !row.hidden)
    .map(({ id }) => id);
  const places = drawnFrom.map((id) => there.indexOf(id));
  return places.every((place, i) => place > (places[i - 1] ?? -1));
}

function shownDraw(
  session: Session,
  { viewerId, commentId, secret, drawnFrom = [], at }: EntryOf<
    "winnerSelected"
  >,
  line: number,
): DrawShown {
  const { nickname, handle } = session.tallies.get(viewerId)!.viewer;
  return {
    ...{ line, at, nickname: nickname || handle, from: drawnFrom.length },
    comment: session.commentOf.get(commentId ?? "")?.text ?? "",
    secret: secret!,
  };
}

function boardOf({ order }: Session): string {
  return sha256(
    order.slice(0, Infinity).map(({ id, points }) => boardLine(id, points))
      .join("\n"),
  );
}

function earlierIn({ value }: Line): Told["earlier"] {
  const { earlier } = (value?.session ?? {}) as Partial<Told>;
  return Array.isArray(earlier)
    ? earlier.map(({ at, hash }) => ({ at: Number(at), hash: String(hash) }))
    : [];
}

function toldOf(session: Session, lines: Line[], draws: DrawShown[]): Told {
  const { title, channel, startedAt, rehearsal, order, totals, seq } = session;
  const { hash } = lines.at(-1)!.value as { hash?: string };
  return {
    ...{ title, channel, startedAt, rehearsal, draws },
    ...{ entries: seq, viewers: totals.viewers, points: totals.points },
    first: order.slice(0, FIRST).map(({ viewer, points }) => ({
      ...{ nickname: viewer.nickname || viewer.handle, points },
    })),
    earlier: earlierIn(lines[0]!),
    hash: hash ?? null,
  };
}
