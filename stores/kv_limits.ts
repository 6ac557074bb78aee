/**
 * What one atomic commit of Deno KV can hold, and how much of it a mutation
 * takes. Separate, because the ledger, large values and removals all cut their
 * work to these limits.
 *
 * The numbers are Deno KV's own: a value of 65,536 bytes, and for one atomic
 * 1,000 mutations, 819,200 bytes in all and 81,920 bytes of keys.
 *
 * @see {@link https://docs.deno.com/deploy/kv/manual/transactions/#limits}
 * @see {@link https://github.com/denoland/deno/blob/main/ext/kv/config.rs}
 *
 * @module
 */

/** Bytes aimed at in one value: below the limit, with room for its framing. */
export const VALUE_BYTES = 60_000;

/** Kept free in each atomic for a ledger's head, its session and its tail. */
const RESERVE = { mutations: 10, keys: 4_000, bytes: 30_000 };
/** The most of one atomic; whoever wants to see it cut often makes it smaller. */
export const MOST = {
  mutations: 1_000 - RESERVE.mutations,
  keys: 81_920 - RESERVE.keys,
  bytes: 819_200 - RESERVE.bytes,
};
/** What a value that is kept elsewhere, in pieces, takes at most in its row. */
const POINTER_BYTES = 1_000;

/** What mutations take of one atomic. */
export interface Cost {
  mutations: number;
  /** Bytes of keys. */
  keys: number;
  /** Bytes of keys and values. */
  bytes: number;
}

/** The cost of nothing. */
export const FREE: Cost = { mutations: 0, keys: 0, bytes: 0 };

/** The cost of setting a key; without a value, of deleting it. */
export function costOf(key: Deno.KvKey, value?: Uint8Array): Cost {
  const keys = keyBytes(key);
  const length = value?.length ?? 0;
  const bytes = length <= VALUE_BYTES ? length : POINTER_BYTES;
  return { mutations: 1, keys, bytes: keys + bytes };
}

/** Both costs together. */
export function plus(a: Cost, b: Cost): Cost {
  return {
    mutations: a.mutations + b.mutations,
    keys: a.keys + b.keys,
    bytes: a.bytes + b.bytes,
  };
}

/** Whether one atomic can hold this beside a ledger's head and session. */
export function fits(cost: Cost): boolean {
  return cost.mutations <= MOST.mutations && cost.keys <= MOST.keys &&
    cost.bytes <= MOST.bytes;
}

/**
 * Cuts things into groups that fit one atomic each, in order. A thing too large
 * on its own is a group of its own.
 */
export function groupsThatFit<T>(things: T[], cost: (thing: T) => Cost): T[][] {
  const groups: T[][] = [];
  let sum = FREE;
  for (const thing of things) {
    const next = plus(sum, cost(thing));
    const group = groups.at(-1);
    if (group && fits(next)) {
      group.push(thing);
      sum = next;
    } else {
      groups.push([thing]);
      sum = cost(thing);
    }
  }
  return groups;
}

/** Bytes of an encoded key: two a part beside its own, and 0 bytes doubled. */
function keyBytes(key: Deno.KvKey): number {
  let bytes = 0;
  for (const part of key) {
    if (typeof part === "string") bytes += 2 + textBytes(part);
    else if (part instanceof Uint8Array) bytes += 2 + 2 * part.length;
    else bytes += 12; // a number, a bigint of ours or a boolean
  }
  return bytes;
}

function textBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes += unit === 0 ? 2 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
