/**
 * One comment with the two things to do with it: put it on screen, mark it.
 *
 * @module
 */
import type { CommentRow } from "@/core/ports.ts";
import type { FeedComment } from "@/core/views.ts";
import { Icon } from "./Icon.tsx";
import { usePanel } from "./panel_state.ts";
import { yesNo } from "./yes_no.ts";

/** A comment of the feed, or of one viewer, whose name need not be said. */
export function CommentItem(
  { comment }: { comment: CommentRow | FeedComment },
) {
  return (
    <li class={comment.used ? "comment used" : "comment"}>
      {"nickname" in comment
        ? <NamedBody comment={comment} />
        : (
          <div class="comment-body">
            <Times comment={comment} at={comment.lastAt} />
            <span class="comment-text" dir="auto">{comment.text}</span>
          </div>
        )}
      <CommentButtons comment={comment} />
    </li>
  );
}

/** The comment with its name; a tap on it opens the viewer. */
function NamedBody({ comment }: { comment: FeedComment }) {
  const panel = usePanel();
  return (
    <button
      type="button"
      class="comment-body"
      onClick={() => panel.viewerId.value = comment.viewerId}
    >
      <span class="comment-head">
        <bdi class="cut">{comment.nickname}</bdi>
        <Times comment={comment} at={comment.firstAt} />
      </span>
      <span class="comment-text" dir="auto">{comment.text}</span>
    </button>
  );
}

/** When it was sent, how often, and whether it was used. */
function Times({ comment, at }: { comment: CommentRow; at: number }) {
  const { comments: words, connection } = usePanel().texts.value;
  return (
    <small class="tabular">
      {connection.clock(at)}
      {comment.times > 1 && ` · ${words.times(comment.times)}`}
      {comment.used && ` · ${words.used}`}
    </small>
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
        aria-pressed={yesNo(used)}
        aria-label={used ? texts.markUnused : texts.markUsed}
        title={used ? texts.markUnused : texts.markUsed}
        onClick={mark}
      >
        <Icon name="check" />
      </button>
    </div>
  );
}
