/**
 * The secrets of draws: one that the store keeps beside the ledgers gives each
 * draw of each session its own, so that whoever goes on with a session can
 * reveal what was promised, and no ledger tells what is to come.
 *
 * @module
 */
import { z } from "zod";
import type { Chance } from "@/core/chance.ts";
import type { Store } from "@/core/ports.ts";
import { sha256 } from "@/core/sha256.ts";

const DOCUMENT = "draws";
/** Digits of the kept secret: 160 bits. */
const DIGITS = 32;

const Kept = z.object({ secret: z.string().min(DIGITS) });

/** The secrets of draws. */
export interface KeptDraws {
  /** The secret of a session's draw, by its number. */
  secretOf(sessionId: string, draw: number): string;
  /** Takes what is kept, or begins to keep one. */
  reload(): Promise<void>;
}

/** Secrets that nothing keeps before they are loaded. */
export function createDraws(
  store: Pick<Store, "document" | "putDocument">,
  { choose }: Chance,
): KeptDraws {
  let secret = Array.from({ length: DIGITS }, () => choose(32).toString(32))
    .join("");
  return {
    // What is secret stands last, so that no hash can be continued.
    secretOf: (sessionId, draw) => sha256(`${sessionId}\n${draw}\n${secret}`),
    async reload() {
      const kept = Kept.safeParse(await store.document(DOCUMENT));
      if (kept.success) secret = kept.data.secret;
      else await store.putDocument(DOCUMENT, { secret });
    },
  };
}
