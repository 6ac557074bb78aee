/**
 * Which rows of a long board are on the screen: the first always, the others in
 * pages.
 *
 * @module
 */
import type { Frame, Row } from "@/core/frame.ts";
import { headHeight, headParts } from "./game_head.ts";
import { fitRows, type Geometry } from "./geometry.ts";
import type { OverlayOptions } from "./options.ts";

/** A page of the board. */
export interface BoardPage {
  /** Ranked among all that the host wants to be seen. */
  rows: Row[];
  /** How many pages there are. */
  pages: number;
}

/** Sizes of the board under what a frame has above it. */
export function geometryOf(
  frame: Frame | null,
  options: Pick<OverlayOptions, "show" | "rows">,
): Geometry {
  const above = headHeight(frame, headParts(frame, options));
  return fitRows(options.rows, above);
}

/** The page whose turn it is. */
export function pageOf(
  frame: Frame,
  options: OverlayOptions,
  turn: number,
): BoardPage {
  const { others } = geometryOf(frame, options);
  const all = frame.rows
    .filter((row) => row.points >= options.minPoints)
    .slice(0, options.rows)
    .map((row, index) => ({ ...row, rank: index + 1 }));
  const pages = Math.max(1, Math.ceil((all.length - 1) / Math.max(1, others)));
  const from = 1 + (turn % pages) * others;
  return {
    rows: [...all.slice(0, 1), ...all.slice(from, from + others)],
    pages,
  };
}
