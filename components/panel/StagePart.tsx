/**
 * What the audience sees of one viewer now, and the link that shows it.
 *
 * @module
 */
import { isWin } from "@/core/frame.ts";
import { type Air, AirPreview } from "../shared/AirPreview.tsx";
import { Avatar } from "../shared/Avatar.tsx";
import { whole } from "../shared/clock.ts";
import { CopyField } from "../shared/CopyField.tsx";
import { Icon } from "../shared/Icon.tsx";
import { OverlayEditorButton } from "./OverlayEditorButton.tsx";
import { ObsScenes } from "./ObsScenes.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { PastWinners } from "./PastWinners.tsx";
import { QueuePart } from "./QueuePart.tsx";

/** Takes what is on screen off it; the key `c` does the same. */
export function clearStage(panel: Panel): void {
  if (!panel.frame.value.stage) return;
  const words = panel.texts.value.done.cleared;
  void panel.send({ type: "clearStage" }, { words, step: "stageCleared" });
}

/** See the module. */
export function StagePart(
  { overlayUrl, air }: { overlayUrl: string; air: Air },
) {
  const panel = usePanel();
  const { app, stage: texts } = panel.texts.value;
  return (
    <section class="part stage" aria-label={texts.title}>
      <header class="part-head">
        <h2>{texts.title}</h2>
      </header>
      <div class={`air air-${air ?? "unsaid"}`}>
        <OnAir />
        <AirPreview air={air} />
      </div>
      <QueuePart />
      {panel.frame.value.session && <PastWinners />}
      <ObsScenes />
      <div class="overlay-link">
        <CopyField label={texts.overlayLink} value={overlayUrl} texts={app} />
        <p class="note">{texts.overlayHelp}</p>
        <a
          class="button"
          href="/overlay?preview"
          target="_blank"
          rel="noopener"
        >
          <Icon name="eye" />
          {texts.openOverlay}
        </a>
        {panel.isHost && <OverlayEditorButton overlayUrl={overlayUrl} />}
      </div>
    </section>
  );
}

function OnAir() {
  const panel = usePanel();
  const { board, stage: texts } = panel.texts.value;
  const { stage } = panel.frame.value;
  if (!stage) {
    const words = panel.isHost ? texts.empty : texts.emptyHelper;
    return <p class="empty on-air">{words}</p>;
  }
  return (
    <div class={`on-air card ${stage.kind}`}>
      <p class="kind">
        <Icon name={isWin(stage) ? "crown" : "comment"} />
        {isWin(stage) ? texts.winner : texts.comment}
      </p>
      <div class="on-air-who">
        <Avatar
          url={stage.avatarUrl}
          name={stage.nickname}
          id={stage.viewerId}
          size={48}
        />
        <span class="who">
          <b class="cut">
            <bdi>{stage.nickname}</bdi>
          </b>
          {stage.points !== null && (
            <small class="tabular">{whole(stage.points)} {board.points}</small>
          )}
        </span>
      </div>
      <p class="on-air-text" dir="auto">
        {stage.comment ?? (isWin(stage) ? texts.noComment : "")}
      </p>
      <button
        type="button"
        class="button"
        disabled={!panel.canAct.value}
        onClick={() => clearStage(panel)}
      >
        <Icon name="close" />
        {texts.clear}
      </button>
    </div>
  );
}
