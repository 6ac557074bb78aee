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
/** Height above the rows, for the crown. */
const CROWN_SPACE = 24;
/** Height below the rows, for the tag of a frozen game between two gaps. */
const TAG_SPACE = 14 + 58 + 14;

/** More rows than this stand in two columns below the first. */
const MOST_IN_ONE_COLUMN = 16;
const HIGHEST = { one: 96, two: 62 };

/** Sizes of a board, in design pixels. */
export interface Geometry {
  /** Of a row that is not the first. */
  height: number;
  gap: number;
  columns: 1 | 2;
  /** Places in one column, without the first. */
  perColumn: number;
}

/** Height of all that a board of up to `rows` may show below a head. */
export function boardHeight(
  wanted: number,
  hasTitle: boolean,
  head = 0,
): number {
  const above = (hasTitle ? TITLE_SPACE : 0) + head;
  const rows = rowsThatFit(wanted, BOARD_SPACE - above);
  const geometry = fitRows(rows, BOARD_SPACE - above);
  return CROWN_SPACE + above + bottomOf(rows, geometry) + TAG_SPACE;
}

/** Rows lower than this cannot be read on a phone. */
const LOWEST = 30;

/** The rows that can be read in a space; the last ones give way. */
export function rowsThatFit(wanted: number, space: number): number {
  let rows = wanted;
  while (rows > 1 && fitRows(rows, space).height < LOWEST) rows--;
  return rows;
}

/** Where a place lies. */
export interface Position {
  /** 0 is the left one. */
  column: number;
  /** Top edge. */
  y: number;
}

/** The largest rows, up to a limit, of which `rows` fit into `space`. */
export function fitRows(rows: number, space: number): Geometry {
  const columns = rows > MOST_IN_ONE_COLUMN ? 2 : 1;
  const perColumn = Math.ceil((rows - 1) / columns);
  const gap = perColumn <= 5 ? 14 : perColumn <= 11 ? 9 : 6;
  const height = (space - gap * perColumn) / (perColumn + FIRST);
  const highest = columns === 1 ? HIGHEST.one : HIGHEST.two;
  return { height: Math.min(highest, height), gap, columns, perColumn };
}

/** Where a place, from 1, lies; places beyond the last go on below it. */
export function positionOf(place: number, geometry: Geometry): Position {
  if (place <= 1) return { column: 0, y: 0 };
  const { height, gap, columns, perColumn } = geometry;
  const index = place - 2;
  const column = columns === 2 && index >= perColumn ? 1 : 0;
  const line = index - column * perColumn;
  return { column, y: height * FIRST + gap + line * (height + gap) };
}

/** Bottom edge of a board of so many rows. */
export function bottomOf(rows: number, geometry: Geometry): number {
  if (rows === 0) return 0;
  const lowest = geometry.columns === 2
    ? Math.min(rows, geometry.perColumn + 1)
    : rows;
  if (lowest === 1) return geometry.height * FIRST;
  return positionOf(lowest, geometry).y + geometry.height;
}
