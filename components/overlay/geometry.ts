/**
 * How high rows are and where each place lies, in design pixels (1080 wide, or
 * 1080 high on a wide source). CSS multiplies them by `--u`.
 *
 * @module
 */

/** How much larger the first place is. */
export const FIRST = 4 / 3;
/** Height that the safe zone leaves to rows. */
export const BOARD_SPACE = 876;
/** Height of a title above the rows, with its distance. */
export const TITLE_SPACE = 84;

const LARGEST_ROW = 96;

/** Sizes of a board, in design pixels. */
export interface Geometry {
  /** Of a row that is not the first. */
  height: number;
  gap: number;
}

/** The largest rows, up to a limit, of which `rows` fit into `space`. */
export function fitRows(rows: number, space: number): Geometry {
  const gap = rows <= 6 ? 14 : rows <= 12 ? 9 : 4;
  const height = (space - gap * (rows - 1)) / (rows - 1 + FIRST);
  return { height: Math.min(LARGEST_ROW, height), gap };
}

/** Top edge of a place, from 1. */
export function topOf(place: number, { height, gap }: Geometry): number {
  if (place <= 1) return 0;
  return height * FIRST + gap + (place - 2) * (height + gap);
}

/** Bottom edge of a board of so many rows. */
export function bottomOf(rows: number, geometry: Geometry): number {
  return rows === 0 ? 0 : topOf(rows + 1, geometry) - geometry.gap;
}
