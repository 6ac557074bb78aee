/**
 * One comment with what can be done with it: put it on screen, line it up,
 * mark it, hide it.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import type { CommentRow } from "@/core/ports.ts";
import type { FeedComment } from "@/core/views.ts";
import { Icon } from "./Icon.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { yesNo } from "./yes_no.ts";

/** A comment of the feed, or of one viewer, whose name need not be said. */
export function CommentItem(
  { comment }: { comment: (CommentRow & { masked?: boolean }) | FeedComment },
) {
  const more = useSignal(false);
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
      <CommentButtons comment={comment} more={more} />
      {more.value && <MoreButtons comment={comment} more={more} />}
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
function Times(
  { comment, at }: { comment: CommentRow & { masked?: boolean }; at: number },
) {
  const { comments: words, connection, kept } = usePanel().texts.value;
  return (
    <small class="tabular">
      {connection.clock(at)}
      {comment.times > 1 && ` · ${words.times(comment.times)}`}
      {comment.used && ` · ${words.used}`}
      {comment.hidden && ` · ${kept.hidden}`}
      {comment.masked && ` · ${kept.masked}`}
    </small>
  );
}

/** What a comment's buttons need. */
interface ButtonsProps {
  comment: CommentRow & { masked?: boolean };
  /** Whether the seldom ones are in sight. */
  more: Signal<boolean>;
}

function CommentButtons({ comment, more }: ButtonsProps) {
  const panel = usePanel();
  const { app, comments: texts, done, queue } = panel.texts.value;
  const { viewerId, id: commentId } = comment;
  const isKept = comment.hidden === true || comment.masked === true;
  const isQueued = panel.desk.value.queue.some((each) => each.id === commentId);

  const show = () =>
    panel.send({ type: "showComment", viewerId, commentId }, {
      words: done.shown,
      step: "commentShown",
    });

  return (
    <div class="comment-buttons">
      {panel.isHost && !isKept && (
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
      {!isKept && (
        <button
          type="button"
          class="button quiet square roomy"
          aria-pressed={yesNo(isQueued)}
          aria-label={isQueued ? queue.remove : queue.add}
          title={isQueued ? queue.remove : queue.add}
          onClick={() => toggleQueued(panel, comment, isQueued)}
        >
          <Icon name={isQueued ? "minus" : "plus"} />
        </button>
      )}
      <button
        type="button"
        class="button quiet square"
        aria-expanded={yesNo(more.value)}
        aria-label={app.more}
        title={app.more}
        onClick={() => more.value = !more.value}
      >
        <Icon name="dots" />
      </button>
    </div>
  );
}

/** What is seldom done with a comment, in words. */
function MoreButtons({ comment, more }: ButtonsProps) {
  const panel = usePanel();
  const { comments: texts, done, kept, queue } = panel.texts.value;
  const { viewerId, id: commentId, used } = comment;
  const hidden = comment.hidden === true;
  const isKept = hidden || comment.masked === true;
  const isQueued = panel.desk.value.queue.some((each) => each.id === commentId);

  function mark() {
    more.value = false;
    return panel.send(
      { type: "markComment", viewerId, commentId, used: !used },
      { words: used ? done.unmarked : done.marked, step: "commentMarked" },
    );
  }

  function hide() {
    more.value = false;
    return panel.send(
      { type: "hideComment", viewerId, commentId, hidden: !hidden },
      { words: hidden ? kept.shown : kept.hidden, step: "commentHidden" },
    );
  }

  return (
    <div class="comment-more">
      {!isKept && (
        <button
          type="button"
          class="button tight"
          onClick={() => {
            more.value = false;
            void toggleQueued(panel, comment, isQueued);
          }}
        >
          <Icon name={isQueued ? "minus" : "plus"} />
          {isQueued ? queue.remove : queue.add}
        </button>
      )}
      <button type="button" class="button" onClick={mark}>
        <Icon name="check" />
        {used ? texts.markUnused : texts.markUsed}
      </button>
      <button type="button" class="button" onClick={hide}>
        <Icon name={hidden ? "eye" : "ban"} />
        {hidden ? kept.show : kept.hide}
      </button>
    </div>
  );
}

/** Puts a comment into the queue or takes it out. */
export function toggleQueued(
  panel: Panel,
  { viewerId, id: commentId }: Pick<CommentRow, "viewerId" | "id">,
  isQueued: boolean,
): Promise<boolean> {
  const { queue } = panel.texts.value;
  return isQueued
    ? panel.send({ type: "unqueueComment", viewerId, commentId }, {
      words: queue.removed,
    })
    : panel.send({ type: "queueComment", viewerId, commentId }, {
      words: queue.added,
    });
}
