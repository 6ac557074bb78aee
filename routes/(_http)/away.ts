/**
 * Commands that the game was not reached with.
 *
 * @module
 */
import { type AwayCode, AwayError, type Outcome } from "@/core/desk.ts";
import { awayProblem } from "./problem.ts";

/** How a reason begins where that is sure. */
const NOTHING = "Nothing was done.";

/**
 * The outcome of a command; where the game was not reached that is noted.
 *
 * @throws {Problem} 503, saying whether anything was done.
 */
export async function unlessAway(
  outcome: Promise<Outcome>,
  note: (code: AwayCode) => void,
): Promise<Outcome> {
  try {
    return await outcome;
  } catch (error) {
    if (!(error instanceof AwayError)) throw error;
    const { code, message } = error;
    note(code);
    throw awayProblem(
      error,
      code === "unsure" || message.startsWith(NOTHING)
        ? message
        : `${NOTHING} ${message}`,
    );
  }
}
