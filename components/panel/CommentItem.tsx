/**
 * One comment with what can be done with it: put it on screen, line it up,
 * mark it, hide it.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { CommentRow } from "@/core/ports.ts";
import type { FeedComment } from "@/core/views.ts";
import { useFocusBack } from "./focus_back.ts";
import { Icon } from "../shared/Icon.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { type Shortcut, shortcutOf } from "./shortcut.ts";
import { yesNo } from "../shared/yes_no.ts";

/** A comment of the feed, or of one viewer, whose name need not be said. */
export function CommentItem(
  { comment }: { comment: AnyComment | FeedComment },
) {
  const panel = usePanel();
  const more = useSignal(false);
  return (
    <li
      class={comment.used ? "comment used" : "comment"}
      onKeyDown={(event) => {
        if (event.key === "Escape" && more.value) {
          event.stopPropagation();
          more.value = false;
          return;
        }
        const shortcut = shortcutOf(event, false);
        if (shortcut) followKey(panel, comment, shortcut);
      }}
    >
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
  { comment, at }: { comment: AnyComment; at: number },
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
  comment: AnyComment;
  /** Whether the seldom ones are in sight. */
  more: Signal<boolean>;
}

function CommentButtons({ comment, more }: ButtonsProps) {
  const panel = usePanel();
  const { app, comments: texts, queue } = panel.texts.value;
  const { id: commentId } = comment;
  const isKept = comment.hidden === true || comment.masked === true;
  const isQueued = isInQueue(panel, commentId);
  const toggle = useRef<HTMLButtonElement>(null);
  useFocusBack(more.value || null, () => toggle.current);

  return (
    <div class="comment-buttons">
      {panel.isHost && !isKept && (
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.show}
          title={texts.show}
          disabled={!panel.canAct.value}
          onClick={() => show(panel, comment)}
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
          disabled={!panel.canAct.value}
          onClick={() => queueOrNot(panel, comment)}
        >
          <Icon name={isQueued ? "minus" : "plus"} />
        </button>
      )}
      <button
        ref={toggle}
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
  const { comments: texts, kept, queue } = panel.texts.value;
  const hidden = comment.hidden === true;
  const isKept = hidden || comment.masked === true;
  const isQueued = isInQueue(panel, comment.id);

  /** Closes them, and does one. */
  const does = (act: (panel: Panel, comment: AnyComment) => void) => () => {
    more.value = false;
    act(panel, comment);
  };

  return (
    <div class="comment-more">
      {!isKept && (
        <button
          type="button"
          class="button tight"
          onClick={does(queueOrNot)}
        >
          <Icon name={isQueued ? "minus" : "plus"} />
          {isQueued ? queue.remove : queue.add}
        </button>
      )}
      <button type="button" class="button" onClick={does(mark)}>
        <Icon name="check" />
        {comment.used ? texts.markUnused : texts.markUsed}
      </button>
      <button type="button" class="button" onClick={does(hide)}>
        <Icon name={hidden ? "eye" : "ban"} />
        {hidden ? kept.show : kept.hide}
      </button>
    </div>
  );
}

/** A comment as far as it takes to do something with it. */
type AnyComment = CommentRow & { masked?: boolean };

/** The keys while a comment has the focus. */
function followKey(
  panel: Panel,
  comment: AnyComment,
  shortcut: Shortcut,
): void {
  const isKept = comment.hidden === true || comment.masked === true;
  if (shortcut === "mark") mark(panel, comment);
  if (shortcut === "hide") hide(panel, comment);
  if (isKept) return;
  if (shortcut === "queue") queueOrNot(panel, comment);
  if (shortcut === "show" && panel.isHost) show(panel, comment);
}

function show(panel: Panel, { viewerId, id: commentId }: AnyComment): void {
  void panel.send({ type: "showComment", viewerId, commentId }, {
    words: panel.texts.value.done.shown,
    step: "commentShown",
  });
}

function mark(
  panel: Panel,
  { viewerId, id: commentId, used }: AnyComment,
): void {
  const { done } = panel.texts.value;
  void panel.send(
    { type: "markComment", viewerId, commentId, used: !used },
    { words: used ? done.unmarked : done.marked, step: "commentMarked" },
  );
}

function hide(
  panel: Panel,
  { viewerId, id: commentId, hidden = false }: AnyComment,
): void {
  const { kept } = panel.texts.value;
  void panel.send(
    { type: "hideComment", viewerId, commentId, hidden: !hidden },
    { words: hidden ? kept.shown : kept.hidden, step: "commentHidden" },
  );
}

function queueOrNot(panel: Panel, comment: AnyComment): void {
  void toggleQueued(panel, comment, isInQueue(panel, comment.id));
}

function isInQueue(panel: Panel, commentId: string): boolean {
  return `${panel.queued.value} `.includes(` ${commentId} `);
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
