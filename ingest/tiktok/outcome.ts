/**
 * How one try to connect ended, and how that is shown.
 *
 * @module
 */
import type { Incoming } from "@/core/shapes/events.ts";
import type { Change } from "./status.ts";
import type { Trouble } from "./trouble.ts";

/** How one try ended. */
export type Outcome =
  | Extract<Incoming, { type: "ended" }>
  | { type: "offline" }
  | { type: "refused"; reason: "not_found" | "age_restricted" }
  | { type: "lost"; message: string; steady: boolean }
  | { type: "trouble" } & Trouble;

/** How a LIVE that has ended is shown. */
export function shownEnd(reason: "ended" | "suspended"): Change {
  return { state: "ended", reason: reason === "suspended" ? reason : null };
}

/** `failed` is for what only the host can change; it is tried again all the same. */
export function shown(outcome: Outcome): Change {
  switch (outcome.type) {
    case "ended":
      return shownEnd(outcome.reason);
    case "offline":
      return { state: "offline" };
    case "refused":
      return { state: "failed", reason: outcome.reason };
    case "lost":
      return { state: "waiting", reason: "lost", message: outcome.message };
    case "trouble": {
      const { reason, message } = outcome;
      return { state: "waiting", reason, message };
    }
  }
}
