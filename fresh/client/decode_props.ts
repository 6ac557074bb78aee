/**
 * Turns rows back into the props of islands (see `wire.ts`). The other half of
 * `server/encode_props.ts`.
 *
 * @module
 */

import { computed, signal } from "@preact/signals";
import * as wire from "../wire.ts";
import { type Ref, TAG, type WireRow } from "../wire.ts";

/**
 * @param slot Gives the JSX of a numbered slot.
 * @returns A function from a value's number to the value.
 */
export function createDecoder(
  table: WireRow[],
  slot: (id: number) => unknown,
): (ref: Ref) => unknown {
  const done = new Map<Ref, unknown>();

  function decode(ref: Ref): unknown {
    if (ref < 0) return CONSTANTS[-ref];
    if (done.has(ref)) return done.get(ref);
    const row = table[ref]!;
    if (typeof row !== "object" || row === null) return row;
    /** Keeps a container before it is filled: its parts may point back. */
    const keep = <T>(value: T): T => (done.set(ref, value), value);

    if (!Array.isArray(row)) {
      const object = keep({});
      for (const key of Object.keys(row)) {
        // A plain assignment would let "__proto__" change the prototype.
        Object.defineProperty(object, key, {
          value: decode(row[key]!),
          configurable: true,
          enumerable: true,
          writable: true,
        });
      }
      return object;
    }

    if (typeof row[0] !== "string") {
      const array: unknown[] = keep([]);
      for (const item of row) array.push(decode(item as Ref));
      return array;
    }

    const [tag, ...rest] = row as [string, ...(string | number | null)[]];
    const first = rest[0]!;
    switch (tag) {
      case TAG.signal: {
        const value = keep(signal<unknown>(undefined));
        value.value = decode(first as Ref);
        return value;
      }
      case TAG.computed:
        return keep(computed(() => decode(first as Ref)));
      case TAG.map: {
        const map = keep(new Map());
        for (let i = 0; i < rest.length; i += 2) {
          map.set(decode(rest[i] as Ref), decode(rest[i + 1] as Ref));
        }
        return map;
      }
      case TAG.set: {
        const set = keep(new Set());
        for (const item of rest) set.add(decode(item as Ref));
        return set;
      }
      case TAG.slot:
        return keep(slot(first as number));
      case TAG.date:
        return keep(new Date(first === null ? NaN : first));
      case TAG.url:
        return keep(new URL(first as string));
      case TAG.regexp:
        return keep(new RegExp(first as string, rest[1] as string));
      case TAG.bytes:
        return keep(
          Uint8Array.from(atob(first as string), (char) => char.charCodeAt(0)),
        );
      default:
        return keep(BigInt(first as string));
    }
  }

  return decode;
}

/** By the constant's number without its sign. */
const CONSTANTS: unknown[] = [];
CONSTANTS[-wire.UNDEFINED] = undefined;
CONSTANTS[-wire.NAN] = NaN;
CONSTANTS[-wire.POSITIVE_INFINITY] = Infinity;
CONSTANTS[-wire.NEGATIVE_INFINITY] = -Infinity;
CONSTANTS[-wire.NEGATIVE_ZERO] = -0;
