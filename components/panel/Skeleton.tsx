/**
 * The place of something that is on its way. It shows after a moment, so that
 * what comes at once does not flicker.
 *
 * @module
 */
import { usePanel } from "./panel_state.ts";

/** See the module. `lines` is about how many will come. */
export function Skeleton({ lines }: { lines: number }) {
  const { app } = usePanel().texts.value;
  return (
    <div class="skeleton" role="status">
      <span class="unseen-text">{app.loading}</span>
      {Array.from(
        { length: lines },
        (_, i) => <span key={i} class="skeleton-line" aria-hidden="true" />,
      )}
    </div>
  );
}
