/**
 * The comments feed, newest first. While the host reads further down, new ones
 * wait behind a button, so that nothing moves under the finger.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { FeedComment, Page } from "@/core/views.ts";
import { CommentItem } from "./CommentItem.tsx";
import { feedWhileReading } from "./comment_feed.ts";
import { moveFocus } from "./move_focus.ts";
import { usePanel } from "./panel_state.ts";
import { problemWords } from "../shared/problem_words.ts";
import { Questions } from "./Questions.tsx";
import { SearchField } from "../shared/SearchField.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { idOf, useHeld } from "./use_grip.ts";
import { type Fresh, useFresh } from "../shared/use_fresh.ts";
import { useSlideIn } from "./use_slide_in.ts";
import { yesNo } from "../shared/yes_no.ts";

/** The least time between two looks, in ms: what is deleted must go at once. */
const EVERY_MS = 500;
/** Comments asked for at first, and how many more each time. */
const STEP = 50;
/** The most the feed shows. */
const MOST = 500;
/** Scrolled further than this, the host is reading; in pixels. */
const READING_PX = 24;

const FILTERS = ["all", "questions", "followers", "unused", "hidden"] as const;
type Filter = typeof FILTERS[number];

/** See the module. */
export function CommentsPart() {
  const panel = usePanel();
  const { comments: texts } = panel.texts.value;
  const filter = useSignal<Filter>("all");
  const q = useSignal("");
  const limit = useSignal(STEP);
  const held = useSignal<FeedComment[] | null>(null);
  const list = useRef<HTMLUListElement>(null);

  const url = feedUrl(filter.value, q.value, limit.value);
  const page = useFresh<Page<FeedComment>>(
    panel.frame.value.session ? url : null,
    panel.desk.value,
    EVERY_MS,
  );
  const newest = page.data.value?.items ?? [];
  const feed = feedWhileReading(
    held.value,
    newest,
    page.data.value?.cursor === null,
  );
  const { shown, isHeld, hands, ...pressed } = useHeld(feed.shown, idOf);
  const { fresh } = feed;

  const slide = useSlideIn(list, shown[0]?.id, isHeld || held.value !== null);

  const isAll = q.value === "" && filter.value === "all";
  const nothing = isAll ? texts.empty : texts.noMatch;

  function onScroll(event: Event & { currentTarget: HTMLElement }) {
    const isReading = event.currentTarget.scrollTop > READING_PX;
    if (slide.isOn()) return;
    if (isReading && held.value === null) held.value = newest;
    if (!isReading) letGo();
  }

  /** Nothing moves under a pointer, or under the button that has the focus. */
  function hold() {
    held.value ??= newest;
  }

  function letGo() {
    const element = list.current;
    const isInUse = element?.matches(":hover") ||
      element?.contains(document.activeElement);
    const isAtTop = slide.isOn() || (element?.scrollTop ?? 0) <= READING_PX;
    if (!isInUse && isAtTop) held.value = null;
  }

  function toTop() {
    held.value = null;
    pressed.letGo();
    list.current?.scrollTo({ top: 0 });
  }

  return (
    <section class="part comments" aria-label={texts.title}>
      <header class="part-head">
        <h2>{texts.title}</h2>
        {fresh > 0 && (
          <button type="button" class="button fresh tabular" onClick={toTop}>
            {texts.fresh(fresh)}
          </button>
        )}
      </header>
      <SearchField
        id="comment-search"
        label={texts.search}
        onSearch={(words) => q.value = words}
      />
      <Filters filter={filter} />
      <Questions />
      <div class="feed">
        {shown.length === 0 && <Nothing page={page} words={nothing} />}
        <ul
          class="list"
          ref={list}
          onScroll={onScroll}
          onWheel={slide.stop}
          onKeyDown={moveFocus}
          {...hands}
          onPointerDown={(event) => {
            slide.stop();
            hands.onPointerDown(event);
          }}
          onPointerEnter={(event) => {
            hands.onPointerEnter(event);
            if (event.pointerType === "mouse") hold();
          }}
          onPointerLeave={(event) => {
            hands.onPointerLeave(event);
            letGo();
          }}
          onFocusIn={hold}
          onFocusOut={() => requestAnimationFrame(letGo)}
        >
          {shown.map((comment) => (
            <CommentItem key={comment.id} comment={comment} />
          ))}
          {page.data.value?.cursor && limit.value < MOST && (
            <More onMore={() => limit.value += STEP} />
          )}
        </ul>
      </div>
    </section>
  );
}

/** Which comments are shown. */
function Filters({ filter }: { filter: Signal<Filter> }) {
  const { comments: texts, kept } = usePanel().texts.value;
  return (
    <div class="chips" role="group" aria-label={texts.filter}>
      {FILTERS.map((name) => (
        <button
          key={name}
          type="button"
          class="chip"
          aria-pressed={yesNo(filter.value === name)}
          onClick={() => filter.value = name}
        >
          {name === "hidden" ? kept.filter : texts[name]}
        </button>
      ))}
    </div>
  );
}

function More({ onMore }: { onMore: () => void }) {
  return (
    <li>
      <button type="button" class="button" onClick={onMore}>
        {usePanel().texts.value.app.more}
      </button>
    </li>
  );
}

/** Why the feed is empty: it is on its way, it could not be had, it is. */
function Nothing(
  { page, words }: { page: Fresh<Page<FeedComment>>; words: string },
) {
  const panel = usePanel();
  if (page.data.value || !panel.frame.value.session) {
    return <p class="empty">{words}</p>;
  }
  if (!page.problem.value) return <Skeleton lines={6} />;
  return (
    <p class="empty" role="alert">
      {problemWords(panel.texts.value, page.problem.value)}
    </p>
  );
}

function feedUrl(filter: string, q: string, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (filter !== "all") query.set("filter", filter);
  if (q !== "") query.set("q", q);
  return `/api/comments?${query}`;
}
