/**
 * The sheet in which the host selects the winner; its inside comes when it is
 * first opened.
 *
 * @module
 */
import { Dialog } from "./Dialog.tsx";
import { Later } from "./Later.tsx";
import { usePanel } from "./panel_state.ts";

/** Gets the inside; the panel does so ahead of time, too. */
export const loadWinnerChoice = async () =>
  (await import("./WinnerChoice.tsx")).Candidate;

/** See the module. */
export function WinnerDialog() {
  const panel = usePanel();
  if (!panel.choosing.value) return null;
  const { app, winner } = panel.texts.value;
  return (
    <Dialog
      title={winner.select}
      closeLabel={app.close}
      onClose={() => panel.choosing.value = false}
    >
      <Later load={loadWinnerChoice} props={{}} />
    </Dialog>
  );
}
