/**
 * Where pieces of confetti fall: beside the card, left and right, each in its
 * own time. Few elements that move by themselves cost less than a canvas.
 *
 * @module
 */

/** How long the last piece is in the air. */
export const CONFETTI_MS = 3200;
const PIECES = 36;

/** One piece; lengths in percent of the picture's width, times in ms. */
export interface Piece {
  x: number;
  /** Drifts so far aside. */
  aside: number;
  /** Degrees, at the start. */
  turn: number;
  delay: number;
  ms: number;
  /** Index of its colour. */
  colour: number;
}

/** Pieces for one throw. */
export function makePieces(random: () => number = Math.random): Piece[] {
  return Array.from({ length: PIECES }, (_, index) => {
    const isLeft = index % 2 === 0;
    return {
      x: isLeft ? 1 + random() * 12 : 86 + random() * 11,
      aside: (random() - .5) * 5,
      turn: random() * 360,
      delay: random() * 900,
      ms: 1500 + random() * 800,
      colour: index % 5,
    };
  });
}
