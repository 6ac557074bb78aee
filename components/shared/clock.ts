/**
 * Times on the panel's face: how long is left, how long it has run.
 *
 * @module
 */

/** Whole seconds a countdown shows: 5 for the last five seconds, 0 at the end. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** A running time such as `12:41` or `1:02:41`, from milliseconds. */
export function runningTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${rest}`
    : `${two(minutes)}:${rest}`;
}

/** A whole number with its thousands apart; the same in every language here. */
export function whole(n: number): string {
  return n.toLocaleString("en");
}
