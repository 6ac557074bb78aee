/**
 * What may stand in the middle of the picture at a time, where two things want
 * to: the seconds that run come before any card, a card before the word that
 * the game is closed.
 *
 * @module
 */
import type { Stage } from "@/core/frame.ts";

/** What the countdown would show. */
export interface Counting {
  kind: "numeral" | "word";
  what: string;
}

/** What is shown. */
interface Due {
  counting: Counting | null;
  stage: Stage | null;
}

/** One of the two at most. */
export function dueOf({ counting, stage }: Due): Due {
  if (counting?.kind === "numeral") return { counting, stage: null };
  return stage ? { counting: null, stage } : { counting, stage: null };
}
