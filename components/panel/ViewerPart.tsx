/**
 * The place for one viewer. What it shows of them comes when the host first
 * taps one.
 *
 * @module
 */
import { useFocusBack } from "./focus_back.ts";
import { Later } from "./Later.tsx";
import { usePanel } from "./panel_state.ts";

/** Gets the card of a viewer; the panel does so ahead of time, too. */
export const loadViewer = async () => (await import("./ViewerCard.tsx")).Viewer;

/** The viewer the host has tapped, or how to tap one. */
export function ViewerPart() {
  const panel = usePanel();
  const id = panel.viewerId.value;
  const texts = panel.texts.value.viewer;
  useFocusBack(id, () => document.querySelector<HTMLElement>(".rows"));
  return (
    <section class="part viewer" aria-label={texts.title}>
      {id === null
        ? <p class="empty">{texts.none}</p>
        : <Later key={id} load={loadViewer} props={{ id }} />}
    </section>
  );
}
