/**
 * The memory of a room in parts that only grow, so that a store can write the
 * newest part again and again and leave the others alone. Combos are kept by a
 * hash of their key: nothing in here names a viewer.
 *
 * @module
 */

/** Notes of one part: at most 4 kB, written anew until it is full. */
const PART_NOTES = 250;
/** Most notes; the oldest part goes first. */
const MOST_NOTES = 1_000_000;
/** Numbers of 32 bits that a message id and a combo take. */
const ID_SIZE = 2;
const COMBO_SIZE = 4;
/** Numbers ahead of them: how many ids there are. */
const HEAD_SIZE = 1;
const HIGH = 2 ** 32;
/** The value of a note that is a message id and no combo. */
export const ID = -1;

/** A part as a store keeps it. */
export interface RoomPart {
  /** Parts in the order of their names are in the order of their making. */
  name: string;
  bytes: Uint8Array;
}

/** What changed since it was last asked for. */
export interface RoomChange {
  /** Parts that are new or have grown. */
  parts: RoomPart[];
  /** Names of parts that were forgotten. */
  gone: string[];
}

/** What a part notes: ids as pairs of their halves, and units by combo. */
export interface Held {
  ids: Uint32Array;
  combos(): Iterable<{ high: number; low: number; value: number }>;
}

/** All parts of a room. */
export interface RoomParts {
  /** Notes an id, or what a combo is worth. */
  keep(high: number, low: number, value: number): void;
  /** What changed since it was last asked for. */
  takeChange(): RoomChange;
  /** Puts a kept part in; what it holds. */
  load(part: RoomPart): Held;
}

/** A part that still grows. */
interface Growing {
  name: string;
  ids: number[];
  combos: number[];
}

/**
 * No parts.
 *
 * @param nameOf Names a new part by its number, unlike any other's parts.
 * @param onForgotten Called with the oldest part when there are too many.
 */
export function createParts(
  nameOf: (number: number) => string,
  onForgotten: (held: Held) => void,
): RoomParts {
  /** Parts that grow no more, the oldest first, and the one that does. */
  const full: RoomPart[] = [];
  let growing: Growing | null = null;
  let hasGrown = false;
  let change: RoomChange = { parts: [], gone: [] };
  let kept = 0;
  let number = 0;

  function close(grown: Growing) {
    const part = toPart(grown);
    full.push(part);
    change.parts.push(part);
    growing = null;
    forgetOldest();
  }

  function forgetOldest() {
    while (kept > MOST_NOTES && full.length > 1) {
      const { name, bytes } = full.shift()!;
      kept -= notesIn(bytes);
      change.gone.push(name);
      onForgotten(fromBytes(bytes));
    }
  }

  return {
    keep(high, low, value) {
      const into = growing ??= { name: nameOf(++number), ids: [], combos: [] };
      if (value === ID) into.ids.push(high, low);
      else into.combos.push(high, low, Math.floor(value / HIGH), value % HIGH);
      hasGrown = true;
      kept++;
      if (notesOf(into.ids.length, into.combos.length) >= PART_NOTES) {
        close(into);
      }
    },
    takeChange() {
      const taken = change;
      if (growing && hasGrown) taken.parts.push(toPart(growing));
      hasGrown = false;
      change = { parts: [], gone: [] };
      return taken;
    },
    load(part) {
      full.push(part);
      kept += notesIn(part.bytes);
      number = Math.max(number, Number.parseInt(part.name) || 0);
      forgetOldest();
      return fromBytes(part.bytes);
    },
  };
}

function notesOf(idNumbers: number, comboNumbers: number): number {
  return idNumbers / ID_SIZE + comboNumbers / COMBO_SIZE;
}

function notesIn(bytes: Uint8Array): number {
  const numbers = numbersOf(bytes);
  const ids = numbers[0] ?? 0;
  return notesOf(ids, Math.max(0, numbers.length - HEAD_SIZE - ids));
}

function toPart({ name, ids, combos }: Growing): RoomPart {
  const numbers = new Uint32Array(HEAD_SIZE + ids.length + combos.length);
  numbers[0] = ids.length;
  numbers.set(ids, HEAD_SIZE);
  numbers.set(combos, HEAD_SIZE + ids.length);
  return { name, bytes: new Uint8Array(numbers.buffer) };
}

/** Numbers of their own, aligned. */
function numbersOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer);
}

function fromBytes(bytes: Uint8Array): Held {
  const numbers = numbersOf(bytes);
  const end = HEAD_SIZE + (numbers[0] ?? 0);
  return {
    ids: numbers.subarray(HEAD_SIZE, end),
    combos: () => combosIn(numbers.subarray(end)),
  };
}

function* combosIn(combos: Uint32Array) {
  for (let i = 0; i < combos.length; i += COMBO_SIZE) {
    const [high, low, above, below] = combos.subarray(i, i + COMBO_SIZE);
    yield { high: high!, low: low!, value: above! * HIGH + below! };
  }
}
