/**
 * What was thrown, in words.
 *
 * @module
 */

/**
 * The message of an error, or whatever else was thrown as text.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(whyOf(new Error("the disk is full")), "the disk is full");
 * ```
 */
export function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What was thrown with where it came from, for a log. */
export function traceOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

/** What was thrown as an error, which whatever else it was becomes. */
export function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
