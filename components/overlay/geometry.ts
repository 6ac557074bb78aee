/**
 * How high rows are and where each place lies, in design pixels (1080 wide, or
 * 1080 high on a wide source). CSS multiplies them by `--u`.
 *
 * @module
 */

/** Height of the safe zone. */
const ZONE = 900;
/** The header above the board, with its gap. */
const HEADER = 60;
/** The line below the rows, with its gap. */
const TICKER = 82;
/** The first row, and the gap below it. */
const LEADER = 148;
const LEADER_GAP = 10;
/** From one row to the next: at most, and where text is 36 px high. */
const PITCH = { most: 114, least: 66 };
/** Space between rows, high and low ones. */
const GAP = { most: 10, least: 7 };
/** Height of rows beside a comment's card, and that card's own. */
const STRIP = ZONE - 420 - 8;

/** Sizes of a board, in design pixels. */
export interface Geometry {
  /** Of a row that is not the first. */
  height: number;
  /** From the upper edge of one such row to that of the next. */
  pitch: number;
  /** Such rows on the screen at a time; more are shown in pages. */
  others: number;
  /** Places that a comment's card leaves on a tall picture. */
  strip: number;
}

/**
 * The largest rows of which so many fit, or as many as can be read.
 *
 * @param rows How many are wanted, the first included.
 * @param above Height of what stands between header and board.
 */
export function fitRows(rows: number, above: number): Geometry {
  const space = ZONE - HEADER - TICKER - above - LEADER - LEADER_GAP;
  const most = Math.floor((space + GAP.least) / PITCH.least);
  const others = Math.max(0, Math.min(rows - 1, Math.max(2, most)));
  const pitch = Math.min(
    PITCH.most,
    Math.floor((space + GAP.least) / Math.max(1, others)),
  );
  const height = pitch - (pitch > 90 ? GAP.most : GAP.least);
  const beside = STRIP - HEADER - above - LEADER - LEADER_GAP;
  const strip = 1 + Math.floor((beside + GAP.least) / pitch);
  return { height, pitch, others, strip: Math.max(0, Math.min(3, strip)) };
}

/** Upper edge of a place, from 1; places beyond the last go on below it. */
export function topOf(place: number, { pitch }: Geometry): number {
  return place <= 1 ? 0 : LEADER + LEADER_GAP + (place - 2) * pitch;
}

/** Lower edge of a board of so many places. */
export function bottomOf(places: number, geometry: Geometry): number {
  if (places === 0) return 0;
  return places === 1 ? LEADER : topOf(places, geometry) + geometry.height;
}

/** Height of all that a board of up to `rows` may show. */
export function boardHeight(rows: number, above: number): number {
  const geometry = fitRows(rows, above);
  return HEADER + above + bottomOf(1 + geometry.others, geometry) + TICKER;
}

/** A size between that of the lowest rows and that of the highest. */
export function sizeIn(
  { height }: Geometry,
  least: number,
  most: number,
): number {
  const part = Math.max(0, Math.min(1, (height - 59) / 45));
  return Math.round(least + (most - least) * part);
}
