/**
 * The countdown to the close: one large numeral a second in a ring that runs
 * out, the last one red, then for a moment the word that it is closed. Loaded
 * once there is a game.
 *
 * @module
 */
import type { Counting } from "./due.ts";
import { useLeaving } from "./use_leaving.ts";

const LEAVE_MS = 160;

/** Nothing, a numeral, or the word. */
export default function Countdown({ counting }: { counting: Counting | null }) {
  const { shown, leaving } = useLeaving(
    counting,
    (each) => each.kind,
    LEAVE_MS,
  );
  if (!shown) return null;
  const isWord = shown.kind === "word";
  return (
    <div
      class="countdown"
      data-kind={shown.kind}
      data-last={shown.what === "1" || undefined}
      data-leaving={leaving || undefined}
    >
      {!isWord && (
        <svg
          class="countdown-ring"
          viewBox="0 0 100 100"
          key={`r${shown.what}`}
        >
          <circle cx="50" cy="50" r="45" pathLength="100" />
        </svg>
      )}
      <span class="countdown-text" key={shown.what}>{shown.what}</span>
    </div>
  );
}
