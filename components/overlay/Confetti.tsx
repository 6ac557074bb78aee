/**
 * Confetti on one canvas of half the resolution: nobody looks for sharp edges
 * on paper that falls, and a quarter of the pixels is a quarter of the work.
 *
 * @module
 */
import { useEffect, useRef } from "preact/hooks";
import { CONFETTI_MS, makePieces, type Piece, placeOf } from "./confetti.ts";

const PIECES = 110;
/** Begins when the winner's name lands. */
const AFTER_MS = 850;

/** One throw of confetti; then an empty canvas. */
export function Confetti() {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    const paint = canvas?.getContext("2d");
    if (!canvas || !paint) return;
    canvas.width = Math.ceil(innerWidth / 2);
    canvas.height = Math.ceil(innerHeight / 2);
    const pieces = makePieces(PIECES, canvas.height / canvas.width);
    const colours = getComputedStyle(canvas)
      .getPropertyValue("--confetti").split(",").map((each) => each.trim());

    const startedAt = performance.now() + AFTER_MS;
    let request = requestAnimationFrame(draw);
    function draw(at: number) {
      const seconds = (at - startedAt) / 1000;
      paint?.setTransform(1, 0, 0, 1, 0, 0);
      paint?.clearRect(0, 0, innerWidth, innerHeight);
      if (seconds * 1000 > CONFETTI_MS) return;
      if (paint && seconds > 0) drawPieces(paint, pieces, seconds, colours);
      request = requestAnimationFrame(draw);
    }
    return () => cancelAnimationFrame(request);
  }, []);
  return <canvas class="confetti" ref={ref} />;
}

function drawPieces(
  paint: CanvasRenderingContext2D,
  pieces: Piece[],
  seconds: number,
  colours: string[],
) {
  const width = paint.canvas.width;
  for (const piece of pieces) {
    const placed = placeOf(piece, seconds);
    if (!placed) continue;
    const size = piece.size * width;
    const cos = Math.cos(placed.angle);
    const sin = Math.sin(placed.angle);
    const x = placed.x * width;
    const y = placed.y * width;
    paint.setTransform(cos, sin, -sin * placed.flat, cos * placed.flat, x, y);
    paint.globalAlpha = placed.opacity;
    paint.fillStyle = colours[piece.colour % colours.length] ?? "#fff";
    paint.fillRect(-size / 2, -size * 0.8, size, size * 1.6);
  }
}
