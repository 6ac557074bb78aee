/**
 * Turns the props of islands into rows that JSON can carry (see `wire.ts`).
 *
 * @module
 */

import { Signal } from "@preact/signals";
import type { VNode } from "preact";
import * as wire from "../wire.ts";
import { type Ref, TAG, type WireRow } from "../wire.ts";

/** Gathers values of one page into one table, so that shared ones stay one. */
interface Encoder {
  readonly table: WireRow[];
  /**
   * Adds a value.
   *
   * @param path Where the value is, for the message.
   * @throws {TypeError} If the value cannot travel, such as a function.
   */
  add(value: unknown, path: string): Ref;
}

/**
 * @param slotOf Gives JSX found in props a number; the page renders it there.
 */
export function createEncoder(slotOf: (vnode: VNode) => number): Encoder {
  const table: WireRow[] = [];
  const seen = new Map<unknown, Ref>();

  function add(value: unknown, path: string): Ref {
    const constant = constantOf(value);
    if (constant !== null) return constant;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const ref = table.push(null) - 1; // before its parts, which may point back
    seen.set(value, ref);
    table[ref] = row(value, path);
    return ref;
  }

  function row(value: unknown, path: string): WireRow {
    if (value === null || typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return value;
    if (typeof value === "bigint") return [TAG.bigint, String(value)];
    if (typeof value !== "object") throw refusal(value, path);
    // Preact takes a signal for a JSX element, too, so it is tested first.
    if (value instanceof Signal) {
      const tag = isWritable(value) ? TAG.signal : TAG.computed;
      return [tag, add(value.peek(), `${path}.value`)];
    }
    if (isVNode(value)) return [TAG.slot, slotOf(value)];
    if (Array.isArray(value)) {
      return Array.from(value, (item, i) => add(item, `${path}[${i}]`));
    }
    return special(value, path) ?? plain(value, path);
  }

  function special(value: object, path: string): WireRow | null {
    if (value instanceof Date) {
      const time = value.getTime();
      return [TAG.date, Number.isNaN(time) ? null : time];
    }
    if (value instanceof URL) return [TAG.url, value.href];
    if (value instanceof RegExp) {
      return [TAG.regexp, value.source, value.flags];
    }
    if (value instanceof Map) {
      const refs = [...value].flatMap(([key, item], i) => [
        add(key, `${path}.keys[${i}]`),
        add(item, `${path}.get(${isPlain(key) ? String(key) : `#${i}`})`),
      ]);
      return [TAG.map, ...refs];
    }
    if (value instanceof Set) {
      const refs = [...value].map((item, i) =>
        add(item, `${path}.items[${i}]`)
      );
      return [TAG.set, ...refs];
    }
    if (value instanceof Uint8Array) return [TAG.bytes, base64(value)];
    return null;
  }

  function plain(value: object, path: string): WireRow {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      throw refusal(value, path);
    }
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      add(
        item,
        /^[a-z_$][\w$]*$/i.test(key) ? `${path}.${key}` : `${path}["${key}"]`,
      ),
    ]);
    return Object.fromEntries(entries);
  }

  return { table, add };
}

/** Whether a value is a JSX element and not an object without a prototype. */
function isVNode(value: object): value is VNode {
  return Object.hasOwn(value, "constructor") &&
    value.constructor === undefined && "type" in value && "props" in value;
}

function constantOf(value: unknown): Ref | null {
  if (value === undefined) return wire.UNDEFINED;
  if (typeof value !== "number") return null;
  if (Number.isNaN(value)) return wire.NAN;
  if (value === Infinity) return wire.POSITIVE_INFINITY;
  if (value === -Infinity) return wire.NEGATIVE_INFINITY;
  return Object.is(value, -0) ? wire.NEGATIVE_ZERO : null;
}

/** Whether a key can be named as it is. */
function isPlain(key: unknown): boolean {
  return typeof key !== "object" && typeof key !== "function";
}

/** Computed signals have a `value` that can be read only. */
function isWritable(value: Signal): boolean {
  let at: object | null = value;
  while (at) {
    const found = Object.getOwnPropertyDescriptor(at, "value");
    if (found) return found.set !== undefined;
    at = Object.getPrototypeOf(at);
  }
  return false;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function refusal(value: unknown, path: string): TypeError {
  const kind = typeof value === "object"
    ? `an instance of ${value?.constructor?.name ?? "a class"}`
    : `a ${typeof value}`;
  return new TypeError(`Cannot send ${path} to the browser: it is ${kind}`);
}
