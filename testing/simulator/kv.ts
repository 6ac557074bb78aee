/**
 * Deno KV as this program uses it, without a file: rows in order of their keys,
 * checks by versionstamp, atomic commits. What is kept in it outlives processes;
 * each reaches it through a door of its own, which decides when a read or a
 * commit happens and whether it can.
 *
 * @module
 */

/** A row as it is kept. */
interface Row {
  key: Deno.KvKey;
  value: unknown;
  versionstamp: string;
}

/** What a commit changes; a row without a value is deleted. */
export interface Mutation {
  key: Deno.KvKey;
  value?: unknown;
}

/** What a commit asks for. */
export interface Commit {
  checks: Deno.AtomicCheck[];
  mutations: Mutation[];
}

/** How a process reaches the rows: both run the work, late or never. */
export interface Door {
  read<T>(work: () => T): Promise<T>;
  commit(asked: Commit): Promise<Deno.KvCommitResult | Deno.KvCommitError>;
}

/** How many rows a list fetches at a time, unless it is told. */
const BATCH = 100;

/** All rows, in order. */
export class Rows {
  readonly #rows = new Map<string, Row>();
  /** The encoded keys, sorted. */
  readonly #order: string[] = [];
  #version = 0;

  get(key: Deno.KvKey): Row | undefined {
    return this.#rows.get(encoded(key));
  }

  /** Does all of it, or nothing where a check does not hold. */
  commit(
    { checks, mutations }: Commit,
  ): Deno.KvCommitResult | Deno.KvCommitError {
    const holds = checks.every(({ key, versionstamp }) =>
      (this.get(key)?.versionstamp ?? null) === versionstamp
    );
    if (!holds) return { ok: false };
    const versionstamp = String(++this.#version).padStart(20, "0");
    for (const { key, value } of mutations) {
      if (value === undefined) this.#delete(encoded(key));
      else this.#set(encoded(key), { key, value, versionstamp });
    }
    return { ok: true, versionstamp };
  }

  /** Rows from an encoded key to another, which is not among them. */
  between(from: string, to: string, most: number, reverse: boolean): Row[] {
    let [first, last] = [this.#placeOf(from), this.#placeOf(to)];
    if (reverse) first = Math.max(first, last - most);
    else last = Math.min(last, first + most);
    const rows = this.#order.slice(first, last).map((at) =>
      this.#rows.get(at)!
    );
    return reverse ? rows.reverse() : rows;
  }

  #set(at: string, row: Row) {
    if (!this.#rows.has(at)) this.#order.splice(this.#placeOf(at), 0, at);
    this.#rows.set(at, row);
  }

  #delete(at: string) {
    if (this.#rows.delete(at)) this.#order.splice(this.#placeOf(at), 1);
  }

  /** Where a key stands, or would. */
  #placeOf(at: string): number {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#order[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The rows as one process reaches them, as far as this program asks Deno KV. */
export function kvThrough(rows: Rows, door: Door): Deno.Kv {
  const kv = {
    async get(key: Deno.KvKey) {
      const row = await door.read(() => rows.get(key));
      return row
        ? { ...row, value: copyOf(row.value) }
        : { key, value: null, versionstamp: null };
    },
    list: (selector: Deno.KvListSelector, options: Deno.KvListOptions = {}) =>
      listed(rows, door, selector, options),
    atomic: () => atomicOf(door),
    close() {},
  };
  return kv as unknown as Deno.Kv;
}

function atomicOf(door: Door) {
  const asked: Commit = { checks: [], mutations: [] };
  const atomic = {
    check(...checks: Deno.AtomicCheck[]) {
      asked.checks.push(...checks);
      return atomic;
    },
    set(key: Deno.KvKey, value: unknown) {
      asked.mutations.push({ key, value: copyOf(value) });
      return atomic;
    },
    delete(key: Deno.KvKey) {
      asked.mutations.push({ key });
      return atomic;
    },
    commit: () => door.commit(asked),
  };
  return atomic;
}

async function* listed(
  rows: Rows,
  door: Door,
  selector: Deno.KvListSelector,
  { limit = Infinity, batchSize = BATCH, reverse = false }: Deno.KvListOptions,
) {
  let [from, to] = rangeOf(selector);
  for (let left = limit; left > 0;) {
    const size = Math.min(batchSize, left);
    const batch = await door.read(() => rows.between(from, to, size, reverse));
    for (const row of batch) yield { ...row, value: copyOf(row.value) };
    if (batch.length < size) return;
    left -= size;
    const last = encoded(batch.at(-1)!.key);
    if (reverse) to = last;
    else from = last + "\0";
  }
}

function rangeOf(selector: Deno.KvListSelector): [from: string, to: string] {
  const { prefix, start, end } = selector as {
    [part in "prefix" | "start" | "end"]?: Deno.KvKey;
  };
  const within = prefix && encoded(prefix);
  return [
    start ? encoded(start) : within! + "\0",
    end ? encoded(end) : within! + "\uffff",
  ];
}

/** Of a value as it went in or comes out. */
function copyOf<T>(value: T): T {
  if (value instanceof Uint8Array) return value.slice() as typeof value;
  return typeof value === "object" ? structuredClone(value) : value;
}

/** A key as text that sorts as Deno KV sorts keys: strings before numbers. */
function encoded(key: Deno.KvKey): string {
  return key.map(encodedPart).join("");
}

const view = new DataView(new ArrayBuffer(8));

function encodedPart(part: Deno.KvKeyPart): string {
  if (typeof part === "string") return `\x02${part}\x01`;
  if (typeof part !== "number") throw new TypeError(`No key: ${typeof part}`);
  view.setFloat64(0, part);
  const bits = view.getBigUint64(0);
  const isNegative = bits >> 63n === 1n;
  const sortable = isNegative ? ~bits & (2n ** 64n - 1n) : bits | 2n ** 63n;
  return `\x03${sortable.toString(16).padStart(16, "0")}`;
}
