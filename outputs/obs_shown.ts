/**
 * How OBS stands, as everybody is shown it.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { createListeners } from "@/core/listeners.ts";
import { OBS_OFF, type ObsState } from "@/core/obs.ts";

/** What is known of OBS now. */
type ObsNow = Pick<
  ObsState,
  "state" | "since" | "retryAt" | "scenes" | "current"
>;

/** What is shown. */
export interface ShownObs {
  now(): ObsNow;
  show(change: Partial<ObsNow>): void;
  /** Something else about OBS has changed. */
  tell(): void;
  watch(listener: () => void): () => void;
  clear(): void;
}

/** Nothing is known of OBS but whether it is being looked for. */
export function createShownObs(
  state: "off" | "connecting",
  clock: Clock,
  log: (line: string) => void,
): ShownObs {
  const watchers = createListeners();
  let at: ObsNow = { ...OBS_OFF, state, since: clock.wall() };
  return {
    now: () => at,
    show(change) {
      const isNew = change.state !== undefined && change.state !== at.state;
      at = { ...at, ...change, ...(isNew && { since: clock.wall() }) };
      if (isNew) log(`OBS: ${at.state.replace("_", " ")}`);
      watchers.tell();
    },
    tell: watchers.tell,
    watch: watchers.watch,
    clear: watchers.clear,
  };
}
