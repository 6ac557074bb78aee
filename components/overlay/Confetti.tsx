/**
 * One throw of confetti, gone when the last piece has fallen.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { CONFETTI_MS, makePieces } from "./confetti.ts";

/** Begins when the winner's points count. */
const AFTER_MS = 1100;

/** Pieces that fall by themselves. */
export function Confetti() {
  const [pieces, setPieces] = useState(makePieces);
  useEffect(() => {
    const timer = setTimeout(() => setPieces([]), AFTER_MS + CONFETTI_MS);
    return () => clearTimeout(timer);
  }, []);
  if (pieces.length === 0) return null;
  return (
    <div class="confetti">
      {pieces.map(({ x, aside, turn, delay, ms, colour }, index) => (
        <i
          key={index}
          data-colour={colour}
          style={{
            left: `${x}%`,
            "--aside": aside,
            "--turn": `${turn}deg`,
            animationDelay: `${AFTER_MS + delay}ms`,
            animationDuration: `${ms}ms`,
          }}
        />
      ))}
    </div>
  );
}
