/**
 * Whether this process leads: only one that does, with what ran before open
 * again, may decide and change anything.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { StandbyError } from "@/core/desk.ts";
import type { Live, LiveHealth, Store } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import { createTurn } from "@/core/turn.ts";
import { whyOf } from "@/core/why.ts";
import { openOwner, type Owner } from "./owner.ts";
import { openStandby, type Standby } from "./standby.ts";

/** Redis where nothing keeps it from being written. */
const USABLE = new Set<LiveHealth["state"]>(
  ["ok", "not_safe", "unchecked", "behind"],
);
/** What is wrong with a Redis that can be reached; the bus logs the way to it. */
const IN_THE_WAY = new Set<LiveHealth["state"]>(
  ["not_safe", "unchecked", "read_only", "full", "loading", "failing"],
);

/** What leading needs. */
interface LeadingOptions {
  store: Store;
  clock: Clock;
  /** Goes on where this program, or the one that led before, stopped. */
  takeUp(): Promise<void>;
  /** It leads, and what ran before runs again. */
  onUp(): void;
  /** Leaves everything to another process, as it is. */
  giveUp(): Promise<void>;
  /** What was begun alone is what runs, for all. */
  join(): Promise<void>;
  /** Called each time it leads, but for the start of the only process. */
  onLead(): Promise<void>;
  /** The session that runs, here or elsewhere, as it is kept. */
  running(): Promise<string | null>;
  /** A session was deleted here because it was elsewhere. */
  onCleared(sessionId: string): void;
  /** The live store has something to say, or to ask for. */
  onNews(): void;
  onChange(): void;
  log(line: string): void;
}

/** Whether this process leads, and what only one that does may do. */
export interface Leading {
  isUp(): boolean;
  /** Whether it is not known yet, after the start, if it leads or stands by. */
  loads(): boolean;
  /**
   * Makes sure that it leads.
   *
   * @throws {StandbyError} Why it does not.
   */
  must(): void;
  /** Does what only the process that leads may, and still leads in its turn. */
  doing<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when what is being done in turn is done. */
  idle(): Promise<void>;
  /** Who may be given commands, where several processes could. */
  leader(): { here: boolean; name: string | null } | null;
  /** What it writes with; 0 while it does not lead. */
  token(): number;
  /** Asks at once who leads. */
  doubt(): void;
  /** Takes a session out as far as it was followed; null if it was not. */
  followed(id: string): Session | null;
  /** Leads, or stands by; resolves once that is known. */
  begin(): Promise<void>;
  /** Takes nothing any more. */
  end(): void;
  /** Lets another lead at once. */
  release(): Promise<void>;
}

/** Leads nothing before `begin()`. */
export function createLeading(options: LeadingOptions): Leading {
  const { store: { live }, clock, log } = options;
  /** Where several processes could lead; null where this is the only one. */
  let owner: Owner | null = null;
  /** What of the session that runs elsewhere is known here. */
  let standby: Standby | null = null;
  /** Whether what ran before runs here again. */
  let isUp = false;
  /** Whether it has led, or has stood by. */
  let hasBegun = false;
  /** Sessions change one at a time. */
  const inTurn = createTurn();

  function must() {
    if (!isUp) throw new StandbyError(whyNot(owner, live));
  }

  async function lead() {
    await inTurn(async () => {
      await options.takeUp();
      isUp = hasBegun = true;
      options.onUp();
    });
    // Not at the start; and it may give commands, which take turns.
    if (owner) await options.onLead();
  }

  function standBy() {
    return inTurn(async () => {
      isUp = false;
      await options.giveUp();
    });
  }

  function join() {
    inTurn(options.join).catch((error) => {
      log(`What runs could not be told to others: ${whyOf(error)}`);
    });
  }

  async function beginAmongOthers(live: Live) {
    followHealth(live, log, options.onNews);
    owner = await openOwner({
      lease: live.lease,
      clock,
      onLead: lead,
      onStandBy: standBy,
      onJoin: join,
      onChange: options.onChange,
      log,
    });
    standby = openStandby({
      store: options.store,
      live,
      clock,
      standsBy: () => owner !== null && !owner.leads(),
      running: options.running,
      onCleared: options.onCleared,
      inTurn,
      log,
    });
  }

  return {
    isUp: () => isUp,
    loads: () => !hasBegun,
    must,
    async doing(work) {
      must();
      return await inTurn(() => {
        must();
        return work();
      });
    },
    idle: () => inTurn(() => {}),
    leader() {
      if (!owner) return null;
      const isLoading = owner.leads() && !isUp;
      return { here: isUp, name: isLoading ? null : owner.leader() };
    },
    token: () => isUp ? owner?.token() ?? 1 : 0,
    doubt: () => owner?.doubt(),
    followed: (id) => standby?.take(id) ?? null,
    async begin() {
      await (live ? beginAmongOthers(live) : lead());
      hasBegun = true;
    },
    end() {
      standby?.close();
      isUp = false;
    },
    async release() {
      await owner?.close();
    },
  };
}

/** Says what becomes of a live store, where that is for people to read. */
function followHealth(
  live: Live,
  log: (line: string) => void,
  onNews: () => void,
) {
  let told: LiveHealth["state"] = "ok";
  live.watch(() => {
    const { state, detail } = live.health();
    if (state !== told && (state === "ok" || IN_THE_WAY.has(state))) {
      told = state;
      log(state === "ok" ? "Redis is well again" : detail);
    }
    onNews();
  });
}

function whyNot(owner: Owner | null, live: Live | undefined): string {
  if (!owner || owner.leads()) {
    return "The program is loading the game; try again in a moment";
  }
  const leader = owner.leader();
  if (leader !== null) {
    return `This process stands by; ${leader} leads and takes commands`;
  }
  const { state, detail } = live!.health();
  return USABLE.has(state)
    ? "No process leads yet: Redis has only just come, and whoever led gets some seconds to go on"
    : `No process leads yet: ${detail}`;
}
