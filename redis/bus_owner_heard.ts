/**
 * Who leads, as a member of the bus hears it: whether there is an owner to ask,
 * since when nothing was heard of it, and what is said about that.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import { AwayError } from "@/core/desk.ts";
import { createListeners } from "@/core/listeners.ts";
import { type News, PATIENCE_MS, SILENCE_MS } from "./bus.ts";

/** How long an ask waits for a way to Redis that has just broken. */
const BROKEN_MS = 2_000;
/** How often it is looked whether the owner has fallen silent. */
export const LOOK_MS = 500;

/** What is said where there is none. */
export const NO_OWNER =
  "The process that runs the game (ROLE=ingest) is not there. Start it, or wait until another one takes over; what was recorded is safe";

/** One that did not answer, and when that was noticed, by the clock that only runs forward. */
export interface Gone {
  owner: string;
  at: number;
}

/** What a member knows of the owner. */
export interface OwnerHeard {
  now(): string | null;
  /** Whether one has ever been heard, and not only been kept. */
  isHeard(): boolean;
  /** Unix ms when it was heard last, or since when it is waited for. */
  heardAt(): number;
  hear(news: News["owner"], wasKept: boolean): void;
  /** Null, or in plain words why it cannot be asked. */
  trouble(): string | null;
  watchTrouble(listener: () => void): () => void;
  /** Looks whether that has changed, and says so. */
  look(): void;
  /**
   * The owner to ask, waiting for one while it is likely that one comes.
   *
   * @throws {AwayError} If none does.
   */
  by(deadline: number, gone: Gone | null): Promise<string>;
  /** Resolves at the next news of an owner. */
  next(): Promise<void>;
  close(): void;
}

/** What hearing of the owner needs. */
interface OwnerHeardOptions {
  clock: Clock;
  /** Null, or in plain words why Redis cannot be reached. */
  linkTrouble(): string | null;
  /** Another one leads, or none: asks to the one before are in vain. */
  onChange(before: string | null, now: string | null): void;
  /** Takes a trouble for the log, null once it is over. */
  onTrouble?(trouble: string | null): void;
}

/** No owner has been heard yet. */
export function createOwnerHeard(options: OwnerHeardOptions): OwnerHeard {
  const { clock, linkTrouble } = options;
  const troubleWatchers = createListeners();
  /** Those who wait for an owner to be there. */
  let patient: (() => void)[] = [];
  let owner: string | null = null;
  /** When the owner was heard last: ms, monotonic, and Unix ms. */
  let heard = -Infinity;
  let heardAt = clock.wall();
  let told: string | null = null;
  /** What was logged last; at first it is only waited for the owner. */
  let logged: string | null | undefined;
  const openedAt = clock.elapsed();
  let closed = false;

  /**
   * One that was only kept may be gone long since: when it is asked, that is
   * known at once.
   */
  function hear(news: News["owner"], wasKept: boolean) {
    const before = owner;
    owner = news?.id ?? null;
    if (owner && !wasKept) {
      heard = clock.elapsed();
      heardAt = clock.wall();
    }
    if (owner !== before) options.onChange(before, owner);
    wakePatient();
    look();
  }

  function wakePatient() {
    const waiters = patient;
    patient = [];
    for (const resolve of waiters) resolve();
  }

  function trouble(): string | null {
    const isHeard = owner !== null && clock.elapsed() - heard < SILENCE_MS;
    return linkTrouble() ?? (isHeard ? null : NO_OWNER);
  }

  function look() {
    const found = trouble();
    if (closed) return;
    const isEarly = clock.elapsed() - openedAt < SILENCE_MS;
    if (found !== logged && !(isEarly && found !== null)) {
      logged = found;
      options.onTrouble?.(found);
    }
    if (found === told) return;
    told = found;
    troubleWatchers.tell();
  }

  async function by(deadline: number, gone: Gone | null): Promise<string> {
    for (;;) {
      const broken = linkTrouble();
      const isBack = gone === null || owner !== gone.owner || heard > gone.at;
      if (!broken && owner && isBack) return owner;
      const patience = broken ? BROKEN_MS : PATIENCE_MS;
      const end = Math.min(deadline, heard + patience);
      const left = end - clock.elapsed();
      if (left <= 0 || closed) throw new AwayError(broken ?? NO_OWNER);
      await new Promise<void>((resolve) => {
        const callOff = callAfter(clock, Math.min(left, LOOK_MS), resolve);
        patient.push(() => {
          callOff();
          resolve();
        });
      });
    }
  }

  return {
    now: () => owner,
    isHeard: () => heard > -Infinity,
    heardAt: () => heardAt,
    hear,
    trouble,
    watchTrouble: troubleWatchers.watch,
    look,
    by,
    next: () => new Promise((resolve) => patient.push(resolve)),
    close() {
      closed = true;
      wakePatient();
    },
  };
}
