/**
 * Where each piece of confetti is at a time, as plain arithmetic: two bursts
 * from the sides, slowed by the air, falling and turning.
 *
 * @module
 */

/** How long the last piece is in the air. */
export const CONFETTI_MS = 3800;

/** One piece; lengths are parts of the picture's width, times seconds. */
export interface Piece {
  /** 0 left, 1 right. */
  x: number;
  /** 0 top; in widths of the picture. */
  y: number;
  vx: number;
  vy: number;
  size: number;
  /** Turns a second and where it starts, in radians. */
  spin: number;
  angle: number;
  /** Index of its colour. */
  colour: number;
  /** Seconds after the start. */
  delay: number;
}

/** A piece in the picture, in widths; `flat` is how much of its face shows. */
interface Placed {
  x: number;
  y: number;
  angle: number;
  flat: number;
  /** 0–1. */
  opacity: number;
}

/** Pieces for a picture `height` times as high as wide. */
export function makePieces(
  count: number,
  height: number,
  random: () => number = Math.random,
): Piece[] {
  return Array.from({ length: count }, (_, index) => {
    const left = index % 2 === 0;
    const up = 0.75 + random() * 0.75;
    return {
      x: left ? -0.02 : 1.02,
      y: height * 0.62,
      vx: (0.25 + random() * 1.05) * (left ? 1 : -1),
      vy: -up * Math.min(1.6, height) * 1.15,
      size: 0.012 + random() * 0.012,
      spin: (random() - 0.5) * 14,
      angle: random() * Math.PI * 2,
      colour: index,
      delay: random() * 0.35,
    };
  });
}

/** Where a piece is `seconds` after the start, or null before it has begun. */
export function placeOf(piece: Piece, seconds: number): Placed | null {
  const t = seconds - piece.delay;
  if (t < 0) return null;
  const drag = (1 - Math.exp(-1.7 * t)) / 1.7; // the air slows what flies fast
  const fall = 0.42 * (t - drag);
  const left = CONFETTI_MS / 1000 - seconds;
  return {
    x: piece.x + piece.vx * drag + Math.sin(t * 3 + piece.angle) * 0.012,
    y: piece.y + piece.vy * drag + fall,
    angle: piece.angle + piece.spin * t * 0.5,
    flat: Math.cos(piece.angle + piece.spin * t),
    opacity: Math.max(0, Math.min(1, left / 0.7)),
  };
}
