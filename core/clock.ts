/**
 * The two clocks of the program, as a port: what time it is, and how long
 * something has lasted. They are apart because the first may be set at any
 * moment, by its owner or by the network, and must then move nothing but what
 * people read.
 *
 * @module
 */

/** Time, as all that measures or waits takes it. */
export interface Clock {
  /** Unix ms of the machine's clock: for records and for eyes. */
  wall(): number;
  /** Ms on a clock that only runs forward: for everything that lasts. */
  elapsed(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  after(ms: number, signal: AbortSignal): Promise<void>;
}

const NEVER = new AbortController().signal;

/** Resolves after `ms`, whatever happens. */
export function pause(clock: Clock, ms: number): Promise<void> {
  return clock.after(ms, NEVER);
}

/** Calls once after `ms`; what is given back calls it off. */
export function callAfter(
  clock: Clock,
  ms: number,
  call: () => void,
): () => void {
  const off = new AbortController();
  void clock.after(ms, off.signal).then(() => {
    if (!off.signal.aborted) call();
  });
  return () => off.abort();
}

/** Calls again and again, `ms` apart; what is given back ends it. */
export function callEvery(
  clock: Clock,
  ms: number,
  call: () => void,
): () => void {
  const off = new AbortController();
  const { signal } = off;
  void (async () => {
    while (!signal.aborted) {
      await clock.after(ms, signal);
      if (!signal.aborted) call();
    }
  })();
  return () => off.abort();
}

/** Resolves when `what` has happened, or after `ms`. */
export async function within(
  clock: Clock,
  ms: number,
  what: Promise<void>,
): Promise<void> {
  const off = new AbortController();
  try {
    await Promise.race([what, clock.after(ms, off.signal)]);
  } finally {
    off.abort();
  }
}
