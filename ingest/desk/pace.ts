/**
 * How much a writer takes at a time, and how often it keeps a snapshot: the one
 * place for it, so that a test can have rare ways gone often.
 *
 * @module
 */

/** What a writer goes by; all of it counts in pieces, not in time. */
export interface Pace {
  /** Most events and commands of one tick: a larger batch only adds latency. */
  batch: number;
  /** From so many waiting events on the next batch is played ahead. */
  busy: number;
  /**
   * Comments by viewer are stored with batches of up to so many entries. Under
   * more load they wait for a calmer moment: the ledger has them already.
   */
  calm: number;
  /**
   * Comments stored with one batch. Many more wait where a session was opened
   * from its ledger; Redis would do nothing else meanwhile.
   */
  comments: number;
  /**
   * Entries after which a new snapshot is worth its time: making one holds the
   * game up for a moment, so it waits for a freeze as long as it reasonably can.
   */
  snapshots: { frozen: number; running: number };
}

/** As it is for people. */
export const PACE: Pace = {
  batch: 2_000,
  busy: 500,
  calm: 500,
  comments: 1_000,
  snapshots: { frozen: 20_000, running: 500_000 },
};
