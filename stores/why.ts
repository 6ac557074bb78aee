/**
 * Why the disk or the database said no, in plain words for whoever runs the
 * program.
 *
 * @module
 */

import { AwayError } from "../core/desk.ts";
import { whyOf } from "../core/why.ts";

/** SQLite's texts are those of `sqlite3_errstr()`, os errors those of errno. */
const REASONS: [RegExp, string][] = [
  [/disk is full|no space left|os error 28/i, "the disk is full"],
  [/readonly database|read-only file system|os error 30/i, "it is read-only"],
  [/not a database/i, "its database file is not a database"],
  [/malformed/i, "its database file is damaged"],
  [/not a directory|file exists|os error (17|20)\b/i, "a file is in its place"],
  [/is a directory|os error 21\b/i, "a folder is in the place of a file"],
  [/unable to open database/i, "its database file cannot be opened"],
  [/disk i\/o error|os error 5\b/i, "the disk cannot be read or written"],
  [
    /file was removed/i,
    "its database file was removed or replaced; put it back, or start again",
  ],
  [
    /requires (read|write) access/i,
    "Deno was started without the right to read and write it",
  ],
  [
    /permission denied|access is denied|not permitted \(os error 1\)/i,
    "this user has no right to write to it",
  ],
];

/**
 * The error `Cannot <what>: <why>`, with its cause; an `AwayError` where disk or
 * database said no, which is nobody's mistake and may pass.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert";
 *
 * const full = new Error("database or disk is full");
 * strictEqual(cannot("save", full).message, "Cannot save: the disk is full");
 * ```
 */
export function cannot(what: string, cause: unknown): Error {
  const why = reasonOf(cause);
  return why === null
    ? new Error(`Cannot ${what}: ${whyOf(cause)}`, { cause })
    : new AwayError(`Cannot ${what}: ${why}`, { cause });
}

/** Why disk or database said no; null where it was something else. */
export function reasonOf(cause: unknown): string | null {
  const text = whyOf(cause);
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
