/**
 * Says before a winner is picked that the first two are closer than what TikTok
 * did not attribute.
 *
 * @module
 */
import { couldDecide } from "@/core/coverage.ts";
import { usePanel } from "./panel_state.ts";

/** See the module; nothing where the first place is clear. */
export function Coverage() {
  const panel = usePanel();
  const { health, session } = panel.desk.value;
  const unnamed = session &&
    couldDecide(panel.frame.value.rows, health.counts, session.rates);
  if (!unnamed) return null;
  const { winner: texts } = panel.texts.value;
  return (
    <p class="note coverage" role="note">
      {texts.unnamed(unnamed.likes, unnamed.points)}
    </p>
  );
}
