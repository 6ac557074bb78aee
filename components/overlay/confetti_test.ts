import { ok } from "node:assert";
import { CONFETTI_MS, makePieces } from "./confetti.ts";

Deno.test("makePieces() throws what lands in time, inside the picture", () => {
  const pieces = makePieces();
  ok(pieces.length > 20 && pieces.length <= 40);
  for (const { x, aside, delay, ms } of pieces) {
    ok(delay + ms <= CONFETTI_MS);
    ok(Math.min(x, x + aside) > -2 && Math.max(x, x + aside) < 100);
  }
});
