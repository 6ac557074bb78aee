/**
 * Who leads: of several processes that could take events in, one holds the
 * lease and the others stand by. An owner that dies is replaced when its lease
 * runs out. One that was only held up (a laptop's lid, a frozen machine) may
 * still believe to lead when it wakes up; its first write is refused, it asks
 * here again, learns who leads now, and stands by.
 *
 * While the live store cannot be asked, whoever led last goes on; and one that
 * has never met another that leads begins alone (`mayPresume`), with token 0.
 * When it can ask again it either gets a token for what it plays, or stands by.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type { Lease } from "@/core/ports.ts";
import { whyOf } from "@/core/why.ts";

/** How often the lease is claimed, in ms: seven times while it lasts. */
const CLAIM_MS = 300;
/** How long a start waits for the live store before it goes on without, in ms. */
const PRESUME_MS = 2_500;

/** What owning needs. */
interface OwnerOptions {
  lease: Lease;
  clock: Clock;
  /** Takes up the work; called again after each time it was given up. */
  onLead(): Promise<void>;
  /** Gives the work up; nothing may be written any more. */
  onStandBy(leader: string | null): Promise<void>;
  /** What was begun alone has its token: others may know of it now. */
  onJoin(): void;
  /** Who leads has changed while this process stands by. */
  onChange(): void;
  log(line: string): void;
}

/** This process, as one of those that may lead. */
export interface Owner {
  leads(): boolean;
  /** What this owner writes with; 0 while it does not lead. */
  token(): number;
  /** Who leads: this process, another one, or null while nobody is known to. */
  leader(): string | null;
  /** A write was refused: asks at once who leads, and begins anew. */
  doubt(): void;
  /** Lets another lead at once. */
  close(): Promise<void>;
}

/**
 * Asks for the lease until it is closed. Resolves when it is first known
 * whether this process leads, with `onLead` done where it does.
 *
 * @throws What the first `onLead` throws.
 */
export async function openOwner(options: OwnerOptions): Promise<Owner> {
  const { lease, clock, log } = options;
  const startedAt = clock.elapsed();
  let token = await lease.remembered();
  let leads = false;
  let leader: string | null = null;
  let closed = false;
  let doubted = false;
  const asking = createAsking(clock, ask);
  /** Taking up and giving up come one after the other, and may take long. */
  let work: Promise<void> = Promise.resolve();

  function lead(words: string) {
    leads = true;
    leader = lease.name;
    log(words);
    work = work.then(options.onLead);
    work.catch(failed);
  }

  function standBy(by: string | null, words: string) {
    leads = false;
    leader = by;
    log(words);
    work = work.catch(() => {}).then(() => options.onStandBy(by)); // told before
    work.catch(failed);
  }

  function failed(error: unknown) {
    log(`Cannot lead: ${whyOf(error)}`);
    doubted = true; // given up at the next claim, and taken up again
  }

  async function ask(): Promise<void> {
    const held = token;
    let claimed: Awaited<ReturnType<Lease["claim"]>>;
    try {
      claimed = await lease.claim(held);
    } catch {
      return await goOnAlone(); // the store is away; its health says why
    }
    if (closed) return;
    const isAlone = leads && held === 0;
    if (isAlone && claimed.token === 0 && claimed.leader === null) return;
    token = claimed.token;
    if (token === 0) return follow(claimed.leader);
    if (isAlone) {
      log("Redis is there: what was begun alone goes on in it");
      options.onJoin();
    }
    // One that stood still may have been replaced, and is asked again since.
    const isAnew = doubted || (held > 0 && token !== held);
    if (leads && isAnew) standBy(null, "Beginning again with what is kept");
    doubted = false;
    if (!leads) lead("This process leads");
  }

  /** Without the store: nobody that may be asked knows better. */
  async function goOnAlone() {
    const waited = clock.elapsed() - startedAt > PRESUME_MS;
    if (closed || leads || !waited || !await lease.mayPresume()) return;
    lease.presume(token);
    lead(
      token > 0
        ? "This process led last, and goes on alone"
        : "Redis cannot be used, and nobody else was ever met here: this process begins a game of its own",
    );
  }

  function follow(by: string | null) {
    doubted = false;
    if (leads) {
      const name = by ?? "Another process";
      standBy(by, `${name} leads now; this process stands by, writing nothing`);
    } else if (by !== leader) {
      leader = by;
      if (by !== null) log(`${by} leads; this process stands by`);
      options.onChange();
    }
  }

  await ask();
  asking.in(CLAIM_MS);
  try {
    await work;
  } catch (error) {
    closed = true;
    asking.stop();
    throw error;
  }
  return {
    leads: () => leads,
    token: () => leads ? token : 0,
    leader: () => leader,
    doubt() {
      doubted = true;
      asking.in(0);
    },
    async close() {
      closed = true;
      asking.stop();
      await work.catch(() => {}); // told by `failed`
      if (leads) await lease.release(token);
      leads = false;
    },
  };
}

/** Asks again and again, the next time when it is said. */
function createAsking(clock: Clock, ask: () => Promise<void>) {
  let callOff = () => {};
  let stopped = false;
  function askIn(ms: number) {
    callOff();
    if (stopped) return;
    callOff = callAfter(clock, ms, () => {
      void ask().finally(() => askIn(CLAIM_MS));
    });
  }
  return {
    in: askIn,
    stop() {
      stopped = true;
      callOff();
    },
  };
}
