/**
 * Who won a game, read from its ledger: a win that was undone does not count,
 * one that was done again does.
 *
 * @module
 */

/** A win that stands. */
export interface Winner {
  seq: number;
  /** Unix ms. */
  at: number;
  viewerId: string;
  /** Points held then. */
  won: number;
  commentId: string | null;
}

/** The entries that say so; everything else is passed over unread. */
const CONCERNS = /"type":"(winnerSelected|undone|redone)"/;

/** Reads the lines of an export; gives the wins in order. */
export async function winnersIn(
  lines: AsyncIterable<string>,
): Promise<Winner[]> {
  const wins = new Map<number, { winner: Winner; stands: boolean }>();
  for await (const line of lines) {
    if (!CONCERNS.test(line)) continue;
    const entry: Partial<Winner> & { type: string; of?: number } = JSON.parse(
      line,
    );
    if (entry.type === "winnerSelected") {
      const { seq, at, viewerId, won, commentId } = entry as Winner;
      const winner = { seq, at, viewerId, won, commentId };
      wins.set(seq, { winner, stands: true });
    } else {
      const win = wins.get(entry.of ?? 0);
      if (win) win.stands = entry.type === "redone";
    }
  }
  return [...wins.values()].filter((win) => win.stands)
    .map((win) => win.winner);
}
