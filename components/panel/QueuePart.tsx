/**
 * Comments lined up for the screen: whoever helps fills it, the host airs what
 * is next.
 *
 * @module
 */
import type { FeedComment } from "@/core/views.ts";
import { toggleQueued } from "./CommentItem.tsx";
import { Icon } from "../shared/Icon.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { idOf, useHeld } from "./use_grip.ts";

/** Puts the next one in line on screen; the key `n` does the same. */
export function airNext(panel: Panel): void {
  const next = panel.desk.value.queue[0];
  if (next) air(panel, next);
}

function air(panel: Panel, { viewerId, id: commentId }: FeedComment): void {
  const words = panel.texts.value.done.shown;
  void panel.send({ type: "showComment", viewerId, commentId }, {
    words,
    step: "commentShown",
  });
}

/** See the module. */
export function QueuePart() {
  const panel = usePanel();
  const { queue } = panel.desk.value;
  const { shown, hands } = useHeld(queue, idOf);
  const texts = panel.texts.value.queue;
  return (
    <section class="queue" aria-label={texts.title}>
      <header class="part-head">
        <h3>{texts.title}</h3>
        <span class="count tabular" role="status">
          {queue.length > 0 && texts.count(queue.length)}
        </span>
      </header>
      {queue.length === 0 && <p class="note">{texts.empty}</p>}
      {panel.isHost && queue.length > 0 && (
        <button
          type="button"
          class="button"
          disabled={!panel.canAct.value}
          onClick={() => airNext(panel)}
        >
          <Icon name="screen" />
          {texts.airNext}
        </button>
      )}
      <ol class="list" {...hands}>
        {shown.map((comment) => (
          <Queued
            key={comment.id}
            comment={comment}
            isNext={comment.id === queue[0]?.id}
          />
        ))}
      </ol>
    </section>
  );
}

function Queued(
  { comment, isNext }: { comment: FeedComment; isNext: boolean },
) {
  const panel = usePanel();
  const texts = panel.texts.value.queue;
  return (
    <li class={isNext ? "comment next" : "comment"}>
      <span class="comment-body">
        <span class="comment-head">
          <bdi class="cut">{comment.nickname}</bdi>
        </span>
        <span class="comment-text" dir="auto">{comment.text}</span>
      </span>
      <div class="comment-buttons">
        {panel.isHost && !isNext && (
          <button
            type="button"
            class="button quiet square"
            aria-label={texts.air}
            title={texts.air}
            disabled={!panel.canAct.value}
            onClick={() => air(panel, comment)}
          >
            <Icon name="screen" />
          </button>
        )}
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.remove}
          title={texts.remove}
          disabled={!panel.canAct.value}
          onClick={() => toggleQueued(panel, comment, true)}
        >
          <Icon name="minus" />
        </button>
      </div>
    </li>
  );
}
