/**
 * Why the disk or the database said no, in plain words for whoever runs the
 * program.
 *
 * @module
 */

/** SQLite's texts are those of `sqlite3_errstr()`, os errors those of errno. */
const REASONS: [RegExp, string][] = [
  [/disk is full|no space left|os error 28/i, "the disk is full"],
  [/readonly database|read-only file system|os error 30/i, "it is read-only"],
  [/not a database/i, "its database file is not a database"],
  [/malformed/i, "its database file is damaged"],
  [/not a directory|file exists|os error (17|20)\b/i, "a file is in its place"],
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
 * The error `Cannot <what>: <why>`, with its cause.
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
  const text = cause instanceof Error ? cause.message : String(cause);
  const why = REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? text;
  return new Error(`Cannot ${what}: ${why}`, { cause });
}
