/**
 * The board: rows in a stable order of the document, each at its own place.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";
import { BoardRow } from "./BoardRow.tsx";
import { needsExact, pointsText, widthOf } from "./counting.ts";
import { nearest } from "./distance.ts";
import { bottomOf, type Geometry, sizeIn } from "./geometry.ts";
import type { OverlayOptions } from "./options.ts";
import type { Slot } from "./slots.ts";

/** What the audience sees of the game's standing. */
interface BoardProps {
  slots: Slot[];
  geometry: Geometry;
  options: OverlayOptions;
  /** The word for who is new. */
  newWord: string;
  /** Nothing moves. */
  still: boolean;
}

/** The rows. */
export function Board(
  { slots, geometry, options, newWord, still }: BoardProps,
) {
  const rows = here(slots);
  const isExact = needsExact(rows.map((row) => row.points));
  const near = options.hideProgress || options.hidePoints
    ? null
    : nearest(rows);
  return (
    <ol class="rows" style={sizesOf(rows, geometry, isExact, options)}>
      {slots.map((slot) => (
        <BoardRow
          key={slot.viewerId}
          slot={slot}
          geometry={geometry}
          near={near?.viewerId === slot.viewerId ? near.part : null}
          isExact={isExact}
          newWord={newWord}
          options={options}
          still={still}
        />
      ))}
    </ol>
  );
}

/** Rows that stand on the board, best first. */
export function here(slots: Slot[]): Row[] {
  return slots
    .filter((slot) => slot.goneAt === null)
    .sort((a, b) => a.place - b.place)
    .map((slot) => slot.row);
}

/** Sizes of the parts of a row; numbers as large as the longest one allows. */
function sizesOf(
  rows: Row[],
  geometry: Geometry,
  isExact: boolean,
  options: OverlayOptions,
) {
  const em = (some: Row[]) =>
    Math.max(
      2,
      ...some.map((row) => widthOf(pointsText(row.points, isExact))),
    );
  const [all, first] = [em(rows.slice(1)), em(rows.slice(0, 1))];
  const points = Math.min(sizeIn(geometry, 44, 62), 250 / all);
  const large = Math.min(88, 330 / first);
  const cell = (size: number, em: number, beside: number) =>
    options.hidePoints ? 0 : Math.ceil(size * em + beside);
  return {
    "--h": geometry.height,
    "--avatar": options.hideAvatar ? 0 : sizeIn(geometry, 48, 84),
    "--name": sizeIn(geometry, 36, 42),
    "--rank-size": sizeIn(geometry, 42, 60),
    "--points-size": points,
    "--points-first-size": large,
    "--cell-width": cell(points, all, 44),
    "--cell-first-width": cell(large, first, 52),
    height: `calc(${bottomOf(rows.length, geometry)} * var(--u))`,
  };
}
