/**
 * Commands that the game was not reached with.
 *
 * @module
 */
import { type AwayCode, AwayError, type Outcome } from "@/core/desk.ts";

/**
 * The outcome of a command; where the game was not reached that is noted, and
 * thrown on.
 */
export async function unlessAway(
  outcome: Promise<Outcome>,
  note: (code: AwayCode) => void,
): Promise<Outcome> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof AwayError) note(error.code);
    throw error;
  }
}
