/**
 * What the closing line of an export proves beside the chain: everybody's
 * receipts, as a tree of hashes whose root it has, so that one viewer's can be
 * given away and checked without the rest. `docs/certificate.md` has the format.
 *
 * @module
 */
import { starsOf } from "./rounds.ts";
import { isOnBoard, type Session, type Tally } from "./session.ts";
import type { Closing, ReceiptsFile } from "./shapes/certificate.ts";
import type { Entry } from "./shapes/entries.ts";

/** Defined there, and part of what this file is about. */
export type { Closing, ReceiptsFile } from "./shapes/certificate.ts";

/** SHA-256 of a text, in hexadecimal digits. */
export type Sha = (text: string) => string;

/** Entries that may give or take points of many, and say nothing of how many. */
const OF_MANY = new Set<Entry["type"]>(
  ["roundStarted", "lateCounted", "undone", "redone"],
);
/** Leaves made without a pause: some 5 ms. */
const AT_A_TIME = 500;

/** The receipts of one viewer. */
interface Account {
  /** Lines of the leaf: seq, time, type and points of each receipt. */
  lines: string;
  points: number;
  /** Seq of the last one. */
  last: number;
  /** Receipts that the entries do not tell by themselves. */
  apart: [seq: number, points: number][];
}

/** Everybody's receipts, in the order in which viewers came. */
export type Accounts = Map<string, Account>;

/** What of a viewer does not follow from the points of the entries. */
interface Apart {
  id: string;
  stars?: number;
  /** Seq that decides between equal points, if not that of the last receipt. */
  reached?: number;
  /** Has points, and is not on the board. */
  off?: true;
  receipts?: [seq: number, points: number][];
}

/** The closing line. */
export interface ClosingLine extends Omit<Closing, "apart"> {
  apart: Apart[];
  hash: string;
}

/** Name and version of such a file. */
export const RECEIPTS_FORMAT: ReceiptsFile["format"] =
  "tiktok-live-support/receipts/1";

/** What a closing line is made of. */
export interface Ending {
  accounts: Accounts;
  board: string;
  /** The hash in the last entry's line, and the hash of that line. */
  before: string;
  prev: string;
}

/** Takes note of what an entry, which the session has just taken, gave. */
export function account(
  accounts: Accounts,
  session: Session,
  entry: Entry,
): void {
  if (OF_MANY.has(entry.type)) {
    for (const tally of session.tallies.values()) note(accounts, tally, entry);
  } else if ("viewerId" in entry && entry.viewerId !== undefined) {
    note(accounts, session.tallies.get(entry.viewerId)!, entry);
  }
}

function note(accounts: Accounts, { id, points: now }: Tally, entry: Entry) {
  let known = accounts.get(id);
  if (!known) accounts.set(id, known = newAccount());
  const points = now - known.points;
  const { seq, at, type } = entry;
  if (points !== plainly(entry, id, known)) known.apart.push([seq, points]);
  if (points === 0) return;
  known.lines += `\n${seq} ${at} ${type} ${points}`;
  known.points = now;
  known.last = seq;
}

function newAccount(): Account {
  return { lines: "", points: 0, last: 0, apart: [] };
}

/** What an entry says by itself that it gives a viewer. */
function plainly(entry: Entry, id: string, { points }: Account): number {
  if (entry.type === "roundStarted") return entry.fromZero ? -points : 0;
  const isOwn = "viewerId" in entry && entry.viewerId === id;
  return isOwn && "points" in entry ? entry.points ?? 0 : 0;
}

/** The closing line of a session, with a pause now and then. */
export function* closingLine(
  session: Session,
  ending: Ending,
  sha: Sha,
): Generator<undefined, ClosingLine> {
  const leaves = yield* leavesOf(session, ending, sha);
  const apart = apartOf(session, ending.accounts);
  const { type, seq, board, tree, prev } = {
    ...{ type: "end" as const, seq: session.seq },
    ...{ board: ending.board, tree: rootOf(leaves, sha), prev: ending.prev },
  };
  const short: Closing = { type, seq, board, tree, apart: "", prev };
  short.apart = sha(JSON.stringify(apart));
  return { type, seq, board, tree, apart, hash: closingHash(short, sha), prev };
}

/** The closing hash: what the evening's witness is, its first twelve digits. */
export function closingHash(
  { type, seq, board, tree, apart, prev }: Closing,
  sha: Sha,
): string {
  return sha(JSON.stringify({ type, seq, board, tree, apart, prev }));
}

/** A viewer's file; null for nobody. */
export function* receiptsFile(
  session: Session,
  { viewerId, ...ending }: Ending & { viewerId: string },
  sha: Sha,
): Generator<undefined, ReceiptsFile | null> {
  const { accounts, board, before, prev } = ending;
  const own = accounts.get(viewerId);
  if (!own) return null;
  const leaves = yield* leavesOf(session, ending, sha);
  const apart = sha(JSON.stringify(apartOf(session, accounts)));
  const { seq } = session;
  const tree = rootOf(leaves, sha);
  return {
    ...{
      format: RECEIPTS_FORMAT,
      viewerId,
      salt: saltOf(before, viewerId, sha),
    },
    stars: starsOf(session).get(viewerId) ?? 0,
    points: own.points,
    receipts: own.lines.split("\n").slice(1).map((line) => {
      const [seq, at, type, points] = line.split(" ");
      return [Number(seq), Number(at), type!, Number(points)];
    }),
    proof: proofOf(leaves, [...accounts.keys()].indexOf(viewerId), sha),
    end: { type: "end", seq, board, tree, apart, prev },
  };
}

/**
 * Whether a viewer's file holds together: the closing hash that it leads to, or
 * what is wrong with it.
 */
export function checkReceipts(
  { viewerId, salt, stars, points, receipts, proof, end }: ReceiptsFile,
  sha: Sha,
): { hash: string } | { wrong: "sum" | "tree" } {
  const sum = receipts.reduce((sum, [, , , points]) => sum + points, 0);
  if (sum !== points) return { wrong: "sum" };
  const lines = receipts.map((receipt) => `\n${receipt.join(" ")}`).join("");
  const leaf = sha(`${salt}\n${viewerId}\n${stars}\n${points}${lines}`);
  const root = proof.reduce(
    (hash, [side, other]) => sha(side === "left" ? other + hash : hash + other),
    leaf,
  );
  if (root !== end.tree) return { wrong: "tree" };
  return { hash: closingHash(end, sha) };
}

/** Everybody's leaf; nobody can guess one without the whole ledger. */
function* leavesOf(
  session: Session,
  { accounts, before }: Ending,
  sha: Sha,
): Generator<undefined, string[]> {
  const stars = starsOf(session);
  const leaves: string[] = [];
  for (const [id, { points, lines }] of accounts) {
    const salt = saltOf(before, id, sha);
    leaves.push(
      sha(`${salt}\n${id}\n${stars.get(id) ?? 0}\n${points}${lines}`),
    );
    if (leaves.length % AT_A_TIME === 0) yield;
  }
  return leaves;
}

function saltOf(before: string, id: string, sha: Sha): string {
  return sha(`${before}\n${id}`);
}

/** What of viewers does not follow from the points of the entries. */
function apartOf(session: Session, accounts: Accounts): Apart[] {
  const all = starsOf(session);
  const apart: Apart[] = [];
  for (const [id, { last, apart: receipts }] of accounts) {
    const tally = session.tallies.get(id)!;
    const isOn = isOnBoard(tally);
    const one: Apart = { id };
    const stars = all.get(id) ?? 0;
    if (stars > 0) one.stars = stars;
    if (isOn && tally.reached !== last) one.reached = tally.reached;
    if (!isOn && tally.points > 0) one.off = true;
    if (receipts.length > 0) one.receipts = receipts;
    if (Object.keys(one).length > 1) apart.push(one);
  }
  return apart;
}

function rootOf(leaves: string[], sha: Sha): string {
  let level = leaves;
  while (level.length > 1) level = nextLevel(level, sha);
  return level[0] ?? sha("");
}

/** Hashes of each two; who is alone goes up as it is. */
function nextLevel(level: string[], sha: Sha): string[] {
  const next: string[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const right = level[i + 1];
    next.push(right === undefined ? level[i]! : sha(level[i]! + right));
  }
  return next;
}

function proofOf(
  leaves: string[],
  at: number,
  sha: Sha,
): ReceiptsFile["proof"] {
  const proof: ReceiptsFile["proof"] = [];
  for (let level = leaves, i = at; level.length > 1; i = i >> 1) {
    const other = level[i ^ 1];
    if (other !== undefined) proof.push([i % 2 ? "left" : "right", other]);
    level = nextLevel(level, sha);
  }
  return proof;
}
