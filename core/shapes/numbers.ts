/**
 * Numbers that are held to bounds.
 *
 * @module
 */
import { z } from "zod";
import type { Bounds } from "../limits.ts";

/** A number within its bounds. */
export function within({ min, max }: Bounds) {
  return z.number().min(min).max(max);
}

/** A whole number within its bounds. */
export function whole({ min, max }: Bounds) {
  return z.number().int().min(min).max(max);
}
