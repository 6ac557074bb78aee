/**
 * One comment with the two things to do with it: put it on screen, mark it.
 *
 * @module
 */
import type { CommentRow } from "@/core/ports.ts";
import type { FeedComment } from "@/core/views.ts";
import { Icon } from "./Icon.tsx";
import { usePanel } from "./panel_state.ts";

/** A comment of the feed, or of one viewer, whose name need not be said. */
export function CommentItem(
  { comment }: { comment: CommentRow | FeedComment },
) {
  const panel = usePanel();
  const texts = panel.texts.value;
  return (
    <li class={comment.used ? "comment used" : "comment"}>
      <div class="comment-body">
        {"nickname" in comment && (
          <button
            type="button"
            class="name-button cut"
            onClick={() => panel.viewerId.value = comment.viewerId}
          >
            <bdi>{comment.nickname}</bdi>
          </button>
        )}
        <p class="comment-text" dir="auto">{comment.text}</p>
        <small class="tabular">
          {texts.sessions.clock(comment.lastAt)}
          {comment.times > 1 && ` · ${texts.comments.times(comment.times)}`}
          {comment.used && ` · ${texts.comments.used}`}
        </small>
      </div>
      <CommentButtons comment={comment} />
    </li>
  );
}

function CommentButtons({ comment }: { comment: CommentRow }) {
  const panel = usePanel();
  const { comments: texts, done } = panel.texts.value;
  const { viewerId, id: commentId, used } = comment;

  const show = () =>
    panel.send({ type: "showComment", viewerId, commentId }, {
      words: done.shown,
      step: "commentShown",
    });
  const mark = () =>
    panel.send({ type: "markComment", viewerId, commentId, used: !used }, {
      words: used ? done.unmarked : done.marked,
      step: "commentMarked",
    });

  return (
    <div class="comment-buttons">
      {panel.isHost && (
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.show}
          title={texts.show}
          onClick={show}
        >
          <Icon name="screen" />
        </button>
      )}
      <button
        type="button"
        class="button quiet square"
        aria-pressed={used}
        aria-label={used ? texts.markUnused : texts.markUsed}
        title={used ? texts.markUnused : texts.markUsed}
        onClick={mark}
      >
        <Icon name="check" />
      </button>
    </div>
  );
}
