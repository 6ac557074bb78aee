/**
 * The countdown to the close: one large numeral a second, the last one amber,
 * then for a moment the word that it is closed.
 *
 * @module
 */
import type { Counting } from "./due.ts";
import { useLeaving } from "./use_leaving.ts";

const LEAVE_MS = 200;

/** Nothing, a numeral, or the word. */
export function Countdown({ counting }: { counting: Counting | null }) {
  const { shown, leaving } = useLeaving(
    counting,
    (each) => each.kind,
    LEAVE_MS,
  );
  if (!shown) return null;
  return (
    <div
      class="countdown"
      data-kind={shown.kind}
      data-last={shown.what === "1" || undefined}
      data-leaving={leaving || undefined}
    >
      <div class="countdown-plate" />
      <span class="countdown-text" key={shown.what}>{shown.what}</span>
    </div>
  );
}
