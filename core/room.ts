/**
 * What a room has sent, over all its sessions: message ids, and units by combo.
 * A session knows what it counted itself; the room knows what any of them did,
 * and what came while none ran, so that nothing earns twice and nothing from
 * before a game earns in it.
 *
 * What is noted waits until its entries are durable, and is then kept in parts.
 *
 * @module
 */
import type { Entry } from "./shapes/entries.ts";
import type { LiveEvent } from "./shapes/events.ts";
import { createMessageIds, halvesOf } from "./message_ids.ts";
import { comboKey, countedUnits, countUnits } from "./combos.ts";
import type { Combos } from "./combos.ts";
import { createParts, type Held, ID } from "./room_parts.ts";
import type { RoomChange, RoomPart } from "./room_parts.ts";

/** Defined there, and part of what this file is about. */
export type { RoomChange, RoomPart } from "./room_parts.ts";

const HIGH = 2 ** 32;
/** Numbers of a note that waits. */
const NOTE_SIZE = 4;

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
  const parts = createParts(nameOf, forget);

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

  function forget({ ids: gone, combos }: Held) {
    for (let i = 0; i < gone.length; i += 2) ids.remove(gone[i]!, gone[i + 1]!);
    for (const { high, low, value } of combos()) {
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
        parts.keep(waiting[i]!, waiting[i + 1]!, waiting[i + 2]!);
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
    takeChange: parts.takeChange,
    load(part) {
      const held = parts.load(part);
      ids.addAll(held.ids);
      for (const { high, low, value } of held.combos()) {
        setValue(high, low, value);
      }
    },
  };
}

/** Both halves of a hash as one number: 53 bits of it. */
function joined(high: number, low: number): number {
  return (high & 0x1fffff) * HIGH + low;
}
