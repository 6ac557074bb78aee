/**
 * What the connection has brought lately. TikTok repeats recent messages after
 * every reconnect, and a combo may be running when a session begins: without
 * this memory a new session would be credited with what came before it.
 *
 * @module
 */
import type { LiveEvent } from "@/core/events.ts";
import { comboKey, countedUnits, countUnits } from "@/core/session.ts";

/** Enough for the minute that TikTok repeats; a `started` entry stays small. */
const MAX_IDS = 2_000;
const MAX_COMBOS = 300;

/** A memory of the newest messages and combos. */
export interface Recent {
  see(events: LiveEvent[]): void;
  /** For the `started` entry of a session; undefined if nothing came. */
  before(): { ids: string[]; combos: [string, number][] } | undefined;
  clear(): void;
}

export function createRecent(): Recent {
  const ids = new Set<string>();
  const combos = new Map<string, number>();
  return {
    see(events) {
      for (const event of events) {
        ids.add(event.id);
        if (event.type === "gift" && event.combo) {
          const counted = countedUnits(combos, event);
          if (counted === Infinity) continue; // its combo is over
          combos.delete(comboKey(event)); // to the newest end
          const repeatCount = Math.max(counted, event.repeatCount);
          countUnits(combos, { ...event, repeatCount });
        }
      }
      forgetOldest(ids, MAX_IDS);
      forgetOldest(combos, MAX_COMBOS);
    },
    before() {
      if (ids.size === 0) return undefined;
      return { ids: [...ids], combos: [...combos] };
    },
    clear() {
      ids.clear();
      combos.clear();
    },
  };
}

/** Sets and maps keep the order of insertion, so the first is the oldest. */
function forgetOldest(
  kept: Set<string> | Map<string, number>,
  most: number,
): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}
