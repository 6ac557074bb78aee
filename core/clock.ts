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
