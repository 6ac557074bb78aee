/**
 * The rows the host sees: what the stream says of the top, at once, and what
 * was asked for of the rest.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";
import type { BoardPage, Made } from "@/core/views.ts";

/** Rows on one page of the panel's board. */
export const PAGE_ROWS = 50;

/** A row, and what it is made of where that is known. */
export type PanelRow = Row & { made?: Made };

/**
 * The first page of the board: the frame's rows, then those of the page that
 * the frame does not reach.
 */
export function topRows(frameRows: Row[], page: BoardPage | null): PanelRow[] {
  const made = new Map(page?.rows.map((row) => [row.viewerId, row.made]));
  const top = frameRows.map((row) => {
    const parts = made.get(row.viewerId);
    return parts ? { ...row, made: parts } : row;
  });
  const shown = new Set(frameRows.map((row) => row.viewerId));
  const rest = (page?.rows ?? []).filter((row) =>
    row.rank > frameRows.length && !shown.has(row.viewerId)
  );
  return [...top, ...rest];
}
