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

/** The entries that may say so, and whatever quotes their names. */
type Concern =
  | Winner & { type: "winnerSelected" }
  | { type: "undone" | "redone"; of: number }
  | { type: "another" };

/** How such an entry looks; everything else is passed over unread. */
const CONCERNS = /"type":"(winnerSelected|undone|redone)"/;

/** Reads an export, in parts of whole lines; gives the wins in order. */
export async function winnersIn(
  parts: AsyncIterable<string>,
): Promise<Winner[]> {
  const wins = new Map<number, { winner: Winner; stands: boolean }>();
  for await (const part of parts) {
    for (const line of part.split("\n")) {
      if (!CONCERNS.test(line)) continue;
      const entry: Concern = JSON.parse(line);
      if (entry.type === "winnerSelected") {
        const { seq, at, viewerId, won, commentId } = entry;
        const winner = { seq, at, viewerId, won, commentId };
        wins.set(seq, { winner, stands: true });
      } else if (entry.type === "undone" || entry.type === "redone") {
        const win = wins.get(entry.of);
        if (win) win.stands = entry.type === "redone";
      }
    }
  }
  return [...wins.values()].filter((win) => win.stands)
    .map((win) => win.winner);
}
