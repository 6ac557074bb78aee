/**
 * Commands that may come twice: the same key gives the same answer, without a
 * second effect, while the first is still under way and for a day after.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Command } from "@/core/shapes/commands.ts";
import type { Sessions } from "@/core/ports.ts";
import { AwayError, KeyReusedError, type Outcome } from "@/core/desk.ts";
import type { Keyed } from "./inbox.ts";

/**
 * Refusals that are no decision of the game: OBS was not there, or (as older
 * versions wrote down) this process did not lead. Another time is another try.
 */
const PASSING = new Set(["obs_off", "standing_by"]);

function isPassing(outcome: Outcome): boolean {
  return !outcome.ok && PASSING.has(outcome.code);
}

/**
 * Carries out a command at most once for each key. What is thrown (the game
 * could not be reached) is not kept: the key works afterwards.
 */
export function createAnswers(store: Sessions) {
  const underWay = new Map<
    string,
    { digest: string; outcome: Promise<Outcome> }
  >();

  async function answer(
    keyed: Keyed,
    carryOut: (keyed: Keyed) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { key, digest } = keyed;
    const kept = await store.answer(key);
    if (kept && !isPassing(kept.body as Outcome)) {
      mustMatch(kept.digest, digest);
      return kept.body as Outcome;
    }
    const outcome = await carryOut(keyed);
    // A recorded command's answer is in the ledger's own commit already.
    if (!isPassing(outcome) && (!outcome.ok || outcome.entry === null)) {
      const status = outcome.ok ? 200 : 409;
      try {
        await store.putAnswer({ key, digest, status, body: outcome });
      } catch (error) {
        // It is done, or is not: that it cannot be remembered changes neither.
        if (!(error instanceof AwayError)) throw error;
      }
    }
    return outcome;
  }

  return {
    async once(
      command: Command,
      key: string | undefined,
      carryOut: (keyed?: Keyed) => Promise<Outcome>,
    ): Promise<Outcome> {
      if (key === undefined) return await carryOut();
      const digest = createHash("sha256")
        .update(JSON.stringify(command)).digest("hex");
      const first = underWay.get(key);
      if (first) {
        mustMatch(first.digest, digest);
        return await first.outcome;
      }
      const outcome = answer({ key, digest }, carryOut)
        .finally(() => underWay.delete(key));
      underWay.set(key, { digest, outcome });
      return await outcome;
    },
  };
}

function mustMatch(kept: string, digest: string): void {
  if (kept !== digest) {
    throw new KeyReusedError(
      "Cannot take the command: its Idempotency-Key was used with another body",
    );
  }
}
