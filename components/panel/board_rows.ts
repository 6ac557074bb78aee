/**
 * The rows the host sees: what the stream says of the top, at once, and what
 * was asked for of the rest. Of a board of any length only the rows in view,
 * and a few around them, are there at all.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";
import type { BoardPage, Made } from "@/core/views.ts";

/** Rows are asked for in steps of so many. */
const STEP_ROWS = 50;
/** Rows drawn above and below those in view. */
const SPARE_ROWS = 8;

/** A row, and what it is made of where that is known. */
export type PanelRow = Row & { made?: Made };

/** A part of the board as the server gave it. */
export interface HeldRows {
  /** Place of its first row, from 0. */
  offset: number;
  /** What was searched for. */
  q: string;
  page: BoardPage;
}

/** Places of rows, `to` not among them. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Which rows to draw.
 *
 * @param top Pixels of the list above the view.
 * @param height Of the view, in pixels.
 */
export function spanInView(
  { top, height, rowHeight, total }: {
    top: number;
    height: number;
    rowHeight: number;
    total: number;
  },
): Span {
  const first = Math.floor(Math.max(0, top) / rowHeight);
  const last = Math.ceil((Math.max(0, top) + height) / rowHeight);
  return {
    from: Math.max(0, Math.min(first, total) - SPARE_ROWS),
    to: Math.min(total, last + SPARE_ROWS),
  };
}

/** What to ask the server for, to draw these rows and scroll a little. */
export function partAround({ from, to }: Span): {
  offset: number;
  limit: number;
} {
  const offset = Math.max(0, Math.floor(from / STEP_ROWS) - 1) * STEP_ROWS;
  const end = (Math.ceil(to / STEP_ROWS) + 1) * STEP_ROWS;
  return { offset, limit: Math.min(500, end - offset) };
}

/**
 * Rows in the places where they were last seen, each as it is now: under a
 * pointer nobody overtakes. Who is new waits; who is gone stays until then.
 *
 * @param before What was drawn, by place.
 * @param now What would be drawn from `from` on.
 */
export function rowsInPlace(
  before: ReadonlyMap<number, PanelRow>,
  now: (PanelRow | null)[],
  from: number,
): (PanelRow | null)[] {
  const stood = new Set([...before.values()].map((row) => row.viewerId));
  const current = new Map(
    now.flatMap((row) => row ? [[row.viewerId, row]] : []),
  );
  return now.map((row, i) => {
    const was = before.get(from + i);
    if (was) return current.get(was.viewerId) ?? was;
    return row && stood.has(row.viewerId) ? null : row;
  });
}

/** The rows of a span; null where one is not known yet. */
export function rowsOfSpan(
  span: Span,
  frameRows: Row[],
  held: HeldRows | null,
): (PanelRow | null)[] {
  const made = new Map(held?.page.rows.map((row) => [row.viewerId, row.made]));
  const shown = new Set<string>();
  return Array.from({ length: Math.max(0, span.to - span.from) }, (_, i) => {
    const place = span.from + i;
    const top = frameRows[place];
    const row = top ?? held?.page.rows[place - held.offset];
    // Two looks at a moving board may show one viewer twice.
    const isTwice = !row || shown.has(row.viewerId) ||
      (!top && frameRows.some((each) => each.viewerId === row.viewerId));
    if (isTwice) return null;
    shown.add(row.viewerId);
    const parts = made.get(row.viewerId);
    return top && parts ? { ...top, made: parts } : row;
  });
}
