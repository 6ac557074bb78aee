/**
 * Who is nearest to the next place.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";

/** From how near on it is worth telling. */
const NEAR = .9;

/** Somebody who is about to pass. */
export interface Near {
  viewerId: string;
  /** Points to be level. */
  points: number;
  /** How near it is, 0–1, in steps: not in motion all the time. */
  part: number;
}

/** The one that lacks least of the place above; null where nobody is near. */
export function nearest(rows: Row[]): Near | null {
  const all = rows.slice(1).flatMap((row, index) => {
    const above = rows[index]!.points;
    const part = above > 0 ? row.points / above : 0;
    if (part < NEAR || part >= 1) return [];
    const points = above - row.points;
    return [{ viewerId: row.viewerId, points, part: inSteps(part) }];
  });
  return all.reduce<Near | null>(
    (best, each) => best && best.points <= each.points ? best : each,
    null,
  );
}

function inSteps(part: number): number {
  return Math.round(part * 50) / 50;
}
