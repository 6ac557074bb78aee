/**
 * Errors that went over Redis, as a name and a message.
 *
 * @module
 */
import { AwayError, ImportError, KeyReusedError } from "@/core/desk.ts";

/** The error again that the owner threw; of a name unknown here, a plain one. */
export function reviveError(name: string, message: string): Error {
  if (name === "KeyReusedError") return new KeyReusedError(message);
  if (name === "ImportError") return new ImportError(message);
  if (name === "AwayError") return new AwayError(message);
  const error = new Error(message);
  error.name = name;
  return error;
}

/** For what is told again when whoever is away is back; throws all else. */
export function ignoreAway(error: unknown): void {
  if (!(error instanceof AwayError)) throw error;
}
