/**
 * How a page tells the browser about its islands: the words both sides share.
 *
 * Values travel as one table. A value is a number: the place of its row in the
 * table, or one of the negative numbers below. A row is a string, a finite
 * number, a boolean or null as itself; an object as `{ key: value }`; an array
 * as `[value, ...]`; anything else as `[tag, ...]` with a tag from `TAG`. As
 * rows point at rows, a value met twice stays one, and circles are possible.
 *
 * @module
 */

/** A value: a row of the table, or below zero a constant. */
export type Ref = number;

/** Constants that JSON cannot say. */
export const UNDEFINED = -1;
export const NAN = -2;
export const POSITIVE_INFINITY = -3;
export const NEGATIVE_INFINITY = -4;
export const NEGATIVE_ZERO = -5;

/** First item of a row that is neither plain object nor array. */
export const TAG = {
  bigint: "n",
  date: "d",
  url: "l",
  regexp: "r",
  map: "m",
  set: "t",
  bytes: "b",
  signal: "s",
  computed: "c",
  slot: "x",
} as const;

/** One row of the table. */
export type WireRow =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Ref }
  | [tag?: string | number, ...rest: (string | number | null)[]];

/** One island of a page: its module, the export in it, and its props. */
export type IslandCall = [module: number, name: string, props: Ref];

/** Everything the boot script reads from the page. */
export interface IslandData {
  /** Addresses of the modules. */
  modules: string[];
  /** The islands by the number in their markers. */
  islands: IslandCall[];
  /** The values of all props. */
  table: WireRow[];
}

/** Marks the element that holds `IslandData` as JSON. */
export const DATA_ATTRIBUTE = "data-islands";
/** Marks a template that holds a slot its island has not rendered yet. */
export const SLOT_ATTRIBUTE = "data-slot";
/** Comments before (with a number) and after an island. */
export const ISLAND_MARK = "island:";
export const ISLAND_END = "/island";
/** Comments before (with a number) and after server-rendered children. */
export const SLOT_MARK = "slot:";
export const SLOT_END = "/slot";
