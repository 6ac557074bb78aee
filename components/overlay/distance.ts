/**
 * How far each row is from the next place.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";

/** What a row lacks to pass the one above it. */
export interface Distance {
  /** Points to be ahead, 1 or more. */
  points: number;
  /** How near it is, 0–1. */
  near: number;
}

/** By viewer; the first place has nobody to pass. */
export function distances(rows: Row[]): Map<string, Distance> {
  return new Map(
    rows.slice(1).map((row, index) => {
      const above = rows[index]?.points ?? row.points;
      const points = Math.max(1, above - row.points + 1);
      const near = above > 0 ? Math.max(0, Math.min(1, row.points / above)) : 0;
      return [row.viewerId, { points, near }];
    }),
  );
}
