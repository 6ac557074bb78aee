/**
 * Ends that outlive the process: of sign-ins, pairing links, limits. They are
 * kept as wall time, and the wall clock may have been set since.
 *
 * @module
 */
import type { Clock } from "./clock.ts";

/** Ends that outlive the process, as this process sees them. */
export interface Ends {
  /** Notes an end that is set at this moment: only what elapses counts. */
  begin(name: string, endsAt: number, length: number): void;
  /**
   * Whether an end has come. It is kept as wall time, and where the wall clock
   * was set back meanwhile there is never more left of it than its full length;
   * from the first look on only what has elapsed counts.
   *
   * @param name Of this end, unlike any other's.
   * @param endsAt Unix ms.
   * @param length The full length, in ms.
   */
  isOver(name: string, endsAt: number, length: number): boolean;
}

/** Ends that are remembered; older ones are looked at anew. */
const MOST_ENDS = 1_000;

/** Ends seen by a clock. */
export function createEnds(clock: Omit<Clock, "after">): Ends {
  const seen = new Map<string, number>();
  const note = (key: string, left: number) => {
    seen.set(key, clock.elapsed() + left);
    if (seen.size > MOST_ENDS) seen.delete(seen.keys().next().value!);
  };
  return {
    begin: (name, endsAt, length) => note(`${name} ${endsAt}`, length),
    isOver(name, endsAt, length) {
      const key = `${name} ${endsAt}`;
      if (!seen.has(key)) note(key, Math.min(length, endsAt - clock.wall()));
      return clock.elapsed() >= seen.get(key)!;
    },
  };
}
