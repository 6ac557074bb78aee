/**
 * What is looked after from time to time: what is due to be forgotten, what
 * others have deleted, and whether what is kept is still there.
 *
 * @module
 */
import type { Chance } from "@/core/chance.ts";
import { callEvery, type Clock } from "@/core/clock.ts";
import type { InOrder } from "@/core/in_order.ts";
import type { Store } from "@/core/ports.ts";
import type { Settings } from "@/core/shapes/settings.ts";
import { whyOf } from "@/core/why.ts";
import { createForgetting } from "../past/forgetting.ts";
import { reasonOf } from "./session_here.ts";

/** How often it is looked for what is to be forgotten, in ms. */
const TIDY_MS = 60 * 60 * 1000;

/** How often it is looked whether what is kept is still there, in ms. */
const INSPECT_MS = 2_000;

/** What housekeeping needs. */
interface HousekeepingOptions {
  store: Store;
  clock: Clock;
  chance: Chance;
  alone: InOrder;
  /** The session that runs here; null where none does. */
  running(): string | null;
  /** Whether this process leads. */
  isUp(): boolean;
  settings(): Settings;
  /** A session was written anew, or is gone. */
  onForgotten(sessionId: string): void;
  onChange(): void;
  log(line: string): void;
}

/** Looks after what is kept. */
export interface Housekeeping {
  /** Forgets what is due, where this process may write. */
  tidy(): void;
  forgetViewer(id: string): Promise<{ sessions: number; pending: boolean }>;
  /** A session was deleted elsewhere. */
  forget(sessionId: string): void;
  /** Deletes what another process has deleted while this one was away. */
  clearAway(): Promise<void>;
  /** Why what is kept is not there any more, or null. */
  missing(): string | null;
  /** Resolves when nothing is being forgotten. */
  idle(): Promise<void>;
  stop(): void;
}

/** Looks from now on, until it is stopped. */
export function createHousekeeping(
  options: HousekeepingOptions,
): Housekeeping {
  const { store, clock, alone, isUp, onForgotten, log } = options;
  const forgetting = createForgetting({
    store,
    running: options.running,
    alone,
    goesOn: isUp,
    onChange: onForgotten,
    now: clock.wall,
    chance: options.chance,
  });
  let missing: string | null = null;

  function tidy() {
    if (!isUp()) return;
    forgetting.tidy(options.settings()).catch((error) => {
      log(`Cannot forget what is due: ${whyOf(error)}`);
    });
  }

  /** Looks whether the store is still there: a quiet game would not notice. */
  async function inspect() {
    const why = await reasonOf(store.inspect?.());
    if (why === missing) return;
    missing = why;
    log(why ?? "The data folder is there again");
    options.onChange();
  }

  const stopTidying = callEvery(clock, TIDY_MS, tidy);
  const stopInspecting = callEvery(clock, INSPECT_MS, inspect);
  return {
    tidy,
    forgetViewer: forgetting.viewer,
    forget: onForgotten,
    async clearAway() {
      try {
        const { cleared } = await store.live?.clear() ?? { cleared: [] };
        cleared.forEach(onForgotten);
      } catch (error) {
        log(`Cannot look for what others have deleted: ${whyOf(error)}`);
      }
    },
    missing: () => missing,
    idle: forgetting.idle,
    stop() {
      stopTidying();
      stopInspecting();
    },
  };
}
