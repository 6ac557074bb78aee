/**
 * Who has won in this game, the last one first; each win can be taken back,
 * whatever came after it.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import type { Winner } from "@/core/shapes/history.ts";
import { whole } from "../shared/clock.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { PrizeTick } from "./PrizeTick.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { useHeld } from "./use_grip.ts";
import { useFresh } from "../shared/use_fresh.ts";

/** The least time between two looks, in ms. */
const EVERY_MS = 1_000;

function takeBack(panel: Panel, { seq, nickname }: Winner) {
  const { done, steps } = panel.texts.value;
  const isNewest = panel.desk.value.undo?.seq === seq;
  void panel.send({ type: "undo", seq }, {
    words: done.undone(steps.winnerSelected(nickname)),
    // As the newest step it is plainly undone, and redo is the way back.
    ...(!isNewest && { step: "winTakenBack" }),
  });
}

/** See the module. */
export function PastWinners() {
  const panel = usePanel();
  const { board, sessions, winners: texts } = panel.texts.value;
  const isOpen = useSignal(false);
  const { session } = panel.desk.value;
  const { data } = useFresh<{ items: Winner[] }>(
    isOpen.value ? "/api/sessions/current/winners" : null,
    `${session?.seq} ${panel.frame.value.stage?.viewerId}`,
    EVERY_MS,
  );
  const wins = data.value?.items.toReversed();
  const { shown, hands } = useHeld(wins ?? [], ({ seq }) => String(seq));
  return (
    <details
      class="past-winners"
      onToggle={(event) => isOpen.value = event.currentTarget.open}
    >
      <summary class="button">
        <Icon name="crown" />
        {texts.title}
      </summary>
      {isOpen.value && !wins && <Skeleton lines={2} />}
      {wins?.length === 0 && (
        <p class="note">
          {panel.isHost ? texts.none : sessions.noWinners}
        </p>
      )}
      <ol class="list" {...hands}>
        {shown.map((win) => (
          <li key={win.seq} class={win.undone ? "comment used" : "comment"}>
            <button
              type="button"
              class="comment-body"
              onClick={() =>
                panel.viewerId.value = win.viewerId}
            >
              <span class="comment-head">
                <bdi class="cut">{win.nickname}</bdi>
                <small class="tabular">
                  {whole(win.points)} {board.points} · {sessions.clock(win.at)}
                  {win.undone && ` · ${texts.undone}`}
                </small>
              </span>
              <span class="comment-text" dir="auto">{win.comment}</span>
            </button>
            {panel.isHost && !win.undone && <PrizeTick {...win} />}
            {panel.isHost && !win.undone && (
              <ConfirmButton
                icon="undo"
                label={texts.undo}
                confirm={texts.undoConfirm}
                onConfirm={() => takeBack(panel, win)}
              />
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
