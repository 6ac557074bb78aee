import { ok, strictEqual } from "node:assert";
import { CONFETTI_MS, makePieces, placeOf } from "./confetti.ts";

Deno.test("placeOf() begins outside, flies through the picture and fades", () => {
  const pieces = makePieces(60, 16 / 9);
  const inside = pieces.filter((piece) => {
    const placed = placeOf(piece, 1.2);
    return placed && placed.x > 0 && placed.x < 1;
  });
  ok(inside.length > 40);
  for (const piece of pieces) {
    strictEqual(placeOf(piece, piece.delay - 0.01), null);
    strictEqual(placeOf(piece, CONFETTI_MS / 1000)?.opacity, 0);
  }
});
