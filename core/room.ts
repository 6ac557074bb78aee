/**
 * What a room has sent, over all its sessions: message ids, and units by combo.
 * A session knows what it counted itself; the room knows what any of them did,
 * and what came while none ran, so that nothing earns twice and nothing from
 * before a game earns in it.
 *
 * What is noted is kept in parts that only grow, so that a store can write the
 * newest part again and again and leave the others alone. Combos are kept by a
 * hash of their key: nothing in here names a viewer.
 *
 * @module
 */
import type { Entry } from "./shapes/entries.ts";
import type { LiveEvent } from "./shapes/events.ts";
import { createMessageIds, halvesOf } from "./message_ids.ts";
import { comboKey, countedUnits, countUnits } from "./combos.ts";
import type { Combos } from "./combos.ts";

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
/** Numbers of a note that waits, and the value of one that is a message id. */
const NOTE_SIZE = 4;
const ID = -1;

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

/** The memory of a room. */
export interface Room {
  has(id: string): boolean;
  /** Units that any session has counted, or that came while none ran. */
  readonly combos: Combos;
  /** Notes a message that has arrived. */
  see(event: LiveEvent): void;
  /** Notes what a ledger tells of a message. */
  seeEntry(entry: Entry): void;
  /** How much has been noted so far. */
  noted(): number;
  /** What was noted up to there may be kept: its entries are durable. */
  settle(noted: number): void;
  /** Takes back what was noted and is not settled: it was never written. */
  takeBack(): void;
  /** Parts to be kept; nothing new until more is settled. */
  takeChange(): RoomChange;
  /** Puts a kept part in. */
  load(part: RoomPart): void;
}

/** A part that still grows. */
interface Growing {
  name: string;
  ids: number[];
  combos: number[];
}

/**
 * A memory of nothing.
 *
 * @param nameOf Names a new part by its number, unlike any other's parts.
 */
export function createRoom(nameOf: (number: number) => string): Room {
  const ids = createMessageIds();
  const values = new Map<number, number>();
  /** The combo being looked at, and its hash. */
  let looked = "";
  const key = new Uint32Array(2);
  /**
   * Noted, and not to be kept yet: hash, value and the one before it, `ID` for
   * a message id.
   */
  let waiting: number[] = [];
  let noted = 0;
  let settled = 0;
  /** Parts that grow no more, the oldest first, and the one that does. */
  const full: RoomPart[] = [];
  let growing: Growing | null = null;
  let hasGrown = false;
  let change: RoomChange = { parts: [], gone: [] };
  let kept = 0;
  let number = 0;

  function note([high, low]: Uint32Array, value: number, before: number) {
    waiting.push(high!, low!, value, before);
    noted++;
  }

  function look(text: string) {
    if (text !== looked) halvesOf(text, key);
    looked = text;
  }

  function setValue(high: number, low: number, value: number) {
    if (value > 0) values.set(joined(high, low), value);
    else values.delete(joined(high, low));
  }

  function setCombo(text: string, value: number) {
    look(text);
    note(key, value, values.get(joined(key[0]!, key[1]!)) ?? 0);
    setValue(key[0]!, key[1]!, value);
  }

  const combos: Combos = {
    get(text) {
      look(text);
      return values.get(joined(key[0]!, key[1]!));
    },
    set: setCombo,
    delete: (text) => setCombo(text, 0),
  };

  function seeId(id: string) {
    if (ids.add(id)) note(ids.key, ID, ID);
  }

  function keep(high: number, low: number, value: number) {
    growing ??= { name: nameOf(++number), ids: [], combos: [] };
    const { ids, combos } = growing;
    if (value === ID) ids.push(high, low);
    else combos.push(high, low, Math.floor(value / HIGH), value % HIGH);
    hasGrown = true;
    kept++;
    if (notesIn(ids.length, combos.length) < PART_NOTES) return;
    const part = toPart(growing);
    full.push(part);
    change.parts.push(part);
    growing = null;
    forgetOldest();
  }

  function forgetOldest() {
    while (kept > MOST_NOTES && full.length > 1) forget(full.shift()!);
  }

  function forget({ name, bytes }: RoomPart) {
    const part = fromBytes(bytes);
    kept -= notesIn(part.ids.length, part.combos.length);
    change.gone.push(name);
    for (let i = 0; i < part.ids.length; i += ID_SIZE) {
      ids.remove(part.ids[i]!, part.ids[i + 1]!);
    }
    for (const { high, low, value } of combosIn(part.combos)) {
      // What was noted again since is in a later part.
      if (values.get(joined(high, low)) === value) setValue(high, low, 0);
    }
  }

  return {
    has: ids.has,
    combos,
    see(event) {
      seeId(event.id);
      if (event.type !== "gift" || !event.combo) return;
      const counted = countedUnits(combos, event);
      if (counted === Infinity) return; // its combo is over
      const repeatCount = Math.max(counted, event.repeatCount);
      if (repeatCount === counted && !event.end) return;
      countUnits(combos, { ...event, repeatCount });
    },
    seeEntry(entry) {
      if ("id" in entry) seeId(entry.id);
      if (entry.type !== "gifted" || !entry.combo) return;
      const isMore = entry.total > (combos.get(comboKey(entry)) ?? 0);
      if (isMore || entry.end) countUnits(combos, entry);
    },
    noted: () => noted,
    settle(upTo) {
      const end = (upTo - settled) * NOTE_SIZE;
      for (let i = 0; i < end; i += NOTE_SIZE) {
        keep(waiting[i]!, waiting[i + 1]!, waiting[i + 2]!);
      }
      waiting = waiting.slice(end);
      settled = upTo;
    },
    takeBack() {
      for (let i = waiting.length - NOTE_SIZE; i >= 0; i -= NOTE_SIZE) {
        const [high, low, , before] = waiting.slice(i, i + NOTE_SIZE);
        if (before === ID) ids.remove(high!, low!);
        else setValue(high!, low!, before!);
      }
      waiting = [];
      noted = settled;
    },
    takeChange() {
      const taken = change;
      if (growing && hasGrown) taken.parts.push(toPart(growing));
      hasGrown = false;
      change = { parts: [], gone: [] };
      return taken;
    },
    load(part) {
      const held = fromBytes(part.bytes);
      full.push(part);
      kept += notesIn(held.ids.length, held.combos.length);
      number = Math.max(number, Number.parseInt(part.name) || 0);
      ids.addAll(held.ids);
      for (const { high, low, value } of combosIn(held.combos)) {
        setValue(high, low, value);
      }
      forgetOldest();
    },
  };
}

/** Both halves of a hash as one number: 53 bits of it. */
function joined(high: number, low: number): number {
  return (high & 0x1fffff) * HIGH + low;
}

function notesIn(idNumbers: number, comboNumbers: number): number {
  return idNumbers / ID_SIZE + comboNumbers / COMBO_SIZE;
}

function toPart({ name, ids, combos }: Growing): RoomPart {
  const numbers = new Uint32Array(HEAD_SIZE + ids.length + combos.length);
  numbers[0] = ids.length;
  numbers.set(ids, HEAD_SIZE);
  numbers.set(combos, HEAD_SIZE + ids.length);
  return { name, bytes: new Uint8Array(numbers.buffer) };
}

function fromBytes(bytes: Uint8Array) {
  const numbers = new Uint32Array(bytes.slice().buffer); // on its own, aligned
  const end = HEAD_SIZE + (numbers[0] ?? 0);
  return {
    ids: numbers.subarray(HEAD_SIZE, end),
    combos: numbers.subarray(end),
  };
}

function* combosIn(combos: Uint32Array) {
  for (let i = 0; i < combos.length; i += COMBO_SIZE) {
    const [high, low, above, below] = combos.subarray(i, i + COMBO_SIZE);
    yield { high: high!, low: low!, value: above! * HIGH + below! };
  }
}
