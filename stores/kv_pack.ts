/**
 * How a batch is cut for Deno KV: entries into packs of one value each, and
 * packs with their comments and answers into steps of one atomic each. Only
 * arithmetic, apart from the ledger that commits it. Redis is given the same
 * packs in one piece, so that an entry is encoded once on its way to both.
 *
 * @module
 */
import type { Entry } from "../core/shapes/entries.ts";
import type { SessionInfo } from "../core/ports.ts";
import {
  type Cost,
  costOf,
  fits,
  FREE,
  groupsThatFit,
  plus,
  VALUE_BYTES,
} from "./kv_limits.ts";

/** A comment or an answer on its way into a key of its own. */
export interface KvRow {
  /** The entry it belongs to. */
  seq: number;
  key: Deno.KvKey;
  bytes: Uint8Array;
  /** Milliseconds to keep it; for ever by default. */
  expireIn?: number;
  /** What it takes of an atomic. */
  cost: Cost;
}

/** Neighbouring entries in one value. */
export interface Pack {
  /** The seq of the first and of the last entry. */
  first: number;
  last: number;
  /** A JSON array of the entries; above `VALUE_BYTES` only for a single one. */
  bytes: Uint8Array;
}

/** What one atomic commits. */
export interface KvStep {
  /** In order; none where the ledger does not grow. */
  packs: Pack[];
  rows: KvRow[];
  /** The session's line in the list, where it has changed. */
  info?: SessionInfo;
}

/** Entries of a first try at a pack: ordinary ones take about 250 bytes. */
const FIRST_GUESS = 200;
/** Aimed at, so that a pack somewhat denser than the last still fits. */
const ROOM = 0.9;

const COMMA = 0x2c;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A value as the bytes of its JSON. */
export function toJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** The row of a value that belongs to the entry of that seq. */
export function rowOf(
  seq: number,
  key: Deno.KvKey,
  value: unknown,
  expireIn?: number,
): KvRow {
  const bytes = toJson(value);
  return { seq, key, bytes, expireIn, cost: costOf(key, bytes) };
}

/**
 * Cuts a batch into steps. Each holds whole packs and their rows, so that after
 * any of them the ledger is a prefix of the batch. Where one entry has more
 * rows than an atomic holds, the surplus goes ahead of it in steps without
 * entries, comments first; the last rows stay with the entry, its answer too.
 *
 * @param rows Comments, then answers; rows of a later seq go with the last entry.
 */
export function stepsOf(entries: Entry[], rows: KvRow[]): KvStep[] {
  return inSteps(unitsOf(entries, inOrderOfSeq(rows)));
}

/** The same for entries that are encoded already. */
export function stepsOfPacks(packs: Pack[], rows: KvRow[]): KvStep[] {
  let rest = inOrderOfSeq(rows);
  const last = packs.at(-1);
  if (!last) return inSteps(unitsOf([], rest));
  return inSteps(packs.map((pack) => {
    const count = pack === last ? rest.length : rowsUpTo(rest, pack.last);
    const unit = { packs: [pack], rows: rest.slice(0, count) };
    rest = rest.slice(count);
    return unit;
  }));
}

/** Entries, encoded in as few packs as hold them. */
export function packsOf(entries: Entry[]): Pack[] {
  return unitsOf(entries, []).flatMap(({ packs }) => packs);
}

/** What packs hold after a seq; one that reaches over it is cut. */
export function packsAfter(packs: Pack[], seq: number): Pack[] {
  return packs.flatMap((pack) => {
    if (pack.first > seq) return [pack];
    if (pack.last <= seq) return [];
    const entries = JSON.parse(decoder.decode(pack.bytes)) as Entry[];
    return packsOf(entries.slice(seq + 1 - pack.first));
  });
}

/** Neighbours together wherever one value holds them. */
export function fewerPacks(packs: Pack[]): Pack[] {
  const groups: Pack[][] = [];
  let size = Infinity;
  for (const pack of packs) {
    size += pack.bytes.length;
    if (size <= VALUE_BYTES) groups.at(-1)!.push(pack);
    else {
      groups.push([pack]);
      size = pack.bytes.length;
    }
  }
  return groups.map((group) => group.length === 1 ? group[0]! : joined(group));
}

/** Neighbouring packs, one or more, as one: a JSON array of all entries. */
export function joined(packs: Pack[]): Pack {
  const length = packs.reduce((sum, { bytes }) => sum + bytes.length - 1, 1);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const pack of packs) {
    bytes.set(pack.bytes, at);
    if (at > 0) bytes[at] = COMMA; // over the opening bracket
    at += pack.bytes.length - 1; // and the next one over the closing one
  }
  return { first: packs[0]!.first, last: packs.at(-1)!.last, bytes };
}

/** Puts steps together as far as one atomic holds them. */
function inSteps(units: KvStep[]): KvStep[] {
  const steps = units.flatMap(withinLimits);
  return groupsThatFit(steps, costOfStep).map((group) => ({
    packs: group.flatMap((step) => step.packs),
    rows: group.flatMap((step) => step.rows),
  }));
}

function inOrderOfSeq(rows: KvRow[]): KvRow[] {
  return rows.toSorted((a, b) => a.seq - b.seq);
}

/** The smallest steps: one pack each, with its rows. */
function unitsOf(entries: Entry[], rows: KvRow[]): KvStep[] {
  if (entries.length === 0) return rows.length ? [{ packs: [], rows }] : [];
  const units: KvStep[] = [];
  let guess = FIRST_GUESS;
  let rest = rows;
  for (let at = 0; at < entries.length;) {
    let pack = packOf(entries.slice(at, at + guess));
    let count = rowsUpTo(rest, pack.last);
    while (pack.last > pack.first && !isOneAtomic(pack, rest, count)) {
      const fewer = Math.min(sizeOf(pack) >> 1, guessFrom(pack));
      pack = packOf(entries.slice(at, at + fewer));
      count = rowsUpTo(rest, pack.last);
    }
    at += sizeOf(pack);
    if (at === entries.length) count = rest.length;
    units.push({ packs: [pack], rows: rest.slice(0, count) });
    rest = rest.slice(count);
    guess = guessFrom(pack);
  }
  return units;
}

function packOf(entries: Entry[]): Pack {
  const first = entries[0]?.seq ?? 0;
  return { first, last: first + entries.length - 1, bytes: toJson(entries) };
}

function sizeOf({ first, last }: Pack): number {
  return last - first + 1;
}

/** How many entries like these one pack may hold. */
function guessFrom(pack: Pack): number {
  const each = pack.bytes.length / sizeOf(pack);
  return Math.max(1, Math.floor(VALUE_BYTES * ROOM / each));
}

function rowsUpTo(rows: KvRow[], seq: number): number {
  const later = rows.findIndex((row) => row.seq > seq);
  return later < 0 ? rows.length : later;
}

function isOneAtomic(pack: Pack, rows: KvRow[], count: number): boolean {
  return pack.bytes.length <= VALUE_BYTES &&
    fits(costOfStep({ packs: [pack], rows: rows.slice(0, count) }));
}

/**
 * The unit itself, or with the rows it cannot hold in steps ahead of it. The
 * last rows stay: an answer must not be there before its entry is.
 */
function withinLimits(unit: KvStep): KvStep[] {
  if (fits(costOfStep(unit))) return [unit];
  const { packs, rows } = unit;
  const at = packs.length ? firstThatStays(unit) : rows.length;
  const ahead = groupsThatFit(rows.slice(0, at), (row) => row.cost)
    .map((rows): KvStep => ({ packs: [], rows }));
  return packs.length ? [...ahead, { packs, rows: rows.slice(at) }] : ahead;
}

/** From which row on all fit beside the packs. */
function firstThatStays({ packs, rows }: KvStep): number {
  let cost = costOfStep({ packs, rows: [] });
  return rows.findLastIndex((row) => {
    cost = plus(cost, row.cost);
    return !fits(cost);
  }) + 1;
}

function costOfStep({ packs, rows }: KvStep): Cost {
  let cost = FREE;
  for (const { first, bytes } of packs) {
    cost = plus(cost, costOf(["log", "", first], bytes));
  }
  for (const row of rows) cost = plus(cost, row.cost);
  return cost;
}
