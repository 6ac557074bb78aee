/**
 * Freeze or open, select the winner, and the way back from both.
 *
 * @module
 */
import { Icon } from "../shared/Icon.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { pressResume } from "./RoundPart.tsx";
import { yesNo } from "../shared/yes_no.ts";

/** The two actions of the game, and undo and redo below them. */
export function Actions() {
  return (
    <>
      <div class="actions">
        <FreezeButton />
        <WinnerButton />
      </div>
      <UndoRow />
    </>
  );
}

/** What the freeze control does now; the keys `f` and `o` do the same. */
export function pressFreeze(panel: Panel): void {
  const { done } = panel.texts.value;
  if (panel.frame.value.phase === "closing") {
    void panel.send({ type: "cancelFreeze" }, {
      words: done.freezeCancelled,
      step: "freezeCancelled",
    });
    return;
  }
  void panel.send({ type: "freeze" }, { words: done.closing, step: "closing" });
}

/** Opens the game again; a paused one goes on as it was. */
export function pressOpen(panel: Panel): void {
  if (panel.frame.value.phase === "paused") return pressResume(panel);
  const words = panel.texts.value.done.opened;
  void panel.send({ type: "open" }, { words, step: "opened" });
}

function FreezeButton() {
  const panel = usePanel();
  const { phase } = panel.frame.value;
  const { freezeSeconds } = panel.desk.value.settings;
  const texts = panel.texts.value.game;
  const next = panel.next.value;

  if (phase === "paused") {
    return (
      <button
        type="button"
        class="button action main"
        disabled={!panel.isHost || !panel.canAct.value}
        aria-busy={yesNo(panel.busy.value.includes("resume"))}
        onClick={() => pressResume(panel)}
      >
        <Icon name="play" />
        {panel.texts.value.round.resume}
      </button>
    );
  }
  if (phase === "frozen") {
    return (
      <button
        type="button"
        class={next === "open" ? "button action main" : "button action"}
        disabled={!panel.isHost || !panel.canAct.value}
        aria-busy={yesNo(panel.busy.value.includes("open"))}
        onClick={() => pressOpen(panel)}
      >
        <Icon name="play" />
        {texts.open}
      </button>
    );
  }
  const closing = phase === "closing";
  return (
    <button
      type="button"
      class={next === "freeze" ? "button action main" : "button action"}
      disabled={!panel.isHost || !panel.canAct.value ||
        (phase !== "open" && !closing)}
      aria-busy={yesNo(panel.busy.value.includes("freeze"))}
      onClick={() => pressFreeze(panel)}
    >
      <Icon name={closing ? "play" : "snow"} />
      {closing ? texts.cancelFreeze : texts.freeze(freezeSeconds)}
    </button>
  );
}

function WinnerButton() {
  const panel = usePanel();
  const { phase, viewers } = panel.frame.value;
  const texts = panel.texts.value;
  const isRunning = phase !== "idle" && phase !== "ended";
  const isNext = panel.next.value === "winner";
  return (
    <button
      type="button"
      class={isNext ? "button action main" : "button action"}
      disabled={!panel.isHost || !panel.canAct.value || !isRunning ||
        viewers === 0}
      aria-haspopup="dialog"
      onClick={() => panel.choosing.value = true}
    >
      <Icon name="crown" />
      {texts.winner.select}
    </button>
  );
}

/** Undo and redo, each with what it would do. */
function UndoRow() {
  const panel = usePanel();
  const { undo, redo } = panel.desk.value;
  const { game, keys, steps } = panel.texts.value;
  const undoWords = undo && game.undo(steps[undo.step](undo.viewer));
  const redoWords = redo && game.redo(steps[redo.step](redo.viewer));
  return (
    <div class="undo-row">
      <button
        type="button"
        class="button quiet undo"
        disabled={!undo || !panel.isHost || !panel.canAct.value}
        aria-busy={yesNo(panel.busy.value.includes("undo"))}
        onClick={() => panel.undo()}
      >
        <Icon name="undo" />
        <span class="cut" title={undoWords ?? undefined}>
          <bdi>{undoWords ?? game.nothingToUndo}</bdi>
        </span>
      </button>
      <button
        type="button"
        class="button quiet redo"
        disabled={!redo || !panel.isHost || !panel.canAct.value}
        aria-label={redoWords ?? game.nothingToRedo}
        aria-busy={yesNo(panel.busy.value.includes("redo"))}
        onClick={panel.redo}
      >
        <Icon name="redo" />
        <span class="cut" title={redoWords ?? undefined}>
          <bdi>{redoWords ?? keys.redo}</bdi>
        </span>
      </button>
    </div>
  );
}
