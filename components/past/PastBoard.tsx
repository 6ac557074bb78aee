/**
 * The board of a game of the past, a page at a time, with a search; as it is,
 * or as it was.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { BoardPage } from "@/core/views.ts";
import type { Texts } from "@/locales/mod.ts";
import { Avatar } from "../shared/Avatar.tsx";
import { whole } from "../shared/clock.ts";
import { Pages } from "../shared/Pages.tsx";
import { problemWords } from "../shared/problem_words.ts";
import { SearchField } from "../shared/SearchField.tsx";
import { useFresh } from "../shared/use_fresh.ts";
import { yesNo } from "../shared/yes_no.ts";

/** Rows of a page; the server draws the first. */
export const PAST_ROWS = 20;

/** The least time between two looks while the host goes through time, in ms. */
const EVERY_MS = 120;

/** See the module. `at` is Unix ms, or null for the board as it is. */
export function PastBoard(
  { api, first, at, texts }: {
    api: string;
    first: BoardPage;
    at: number | null;
    texts: Texts;
  },
) {
  const { board: words, sessions, timeline } = texts;
  const q = useSignal("");
  const offset = useSignal(0);
  const url = urlOf(api, { q: q.value, offset: offset.value, at });
  const { data, problem, waiting } = useFresh<BoardPage>(url, null, EVERY_MS);
  const { rows, total } = (url && data.value) || first;

  useEffect(() => {
    offset.value = 0;
  }, [q.value, at]);
  // What cannot be pressed yet looks so.
  const isAlive = useSignal(false);
  useEffect(() => {
    isAlive.value = true;
  }, []);

  return (
    <section class="card">
      <header class="part-head">
        <h2>{sessions.board}</h2>
        <span class="count tabular" role="status">
          {at === null ? words.viewers(total) : timeline.at(sessions.clock(at))}
        </span>
      </header>
      <SearchField
        id="past-search"
        label={words.search}
        onSearch={(wanted) => q.value = wanted}
      />
      {problem.value && (
        <p class="note bad" role="alert">
          {problemWords(texts, problem.value)}
        </p>
      )}
      {rows.length === 0 && (
        <p class="note">
          {q.value === "" ? words.empty : words.noMatch(q.value)}
        </p>
      )}
      <ol
        class={first.total > PAST_ROWS ? "wins paged" : "wins"}
        aria-busy={yesNo(waiting.value)}
      >
        {rows.map((row) => (
          <li key={row.viewerId}>
            <span class="rank tabular">{row.rank}</span>
            <Avatar
              url={row.avatarUrl}
              name={row.nickname}
              id={row.viewerId}
              size={36}
            />
            <span class="line-text">
              <bdi>{row.nickname}</bdi>
            </span>
            <b class="tabular">{whole(row.points)}</b>
          </li>
        ))}
      </ol>
      {first.total > PAST_ROWS && (
        <Pages
          isAlive={isAlive.value}
          size={PAST_ROWS}
          from={offset.value}
          total={total}
          words={words}
          onGo={(from) => offset.value = from}
        />
      )}
    </section>
  );
}

/** Where a page is; null for the first one, which the server has drawn. */
function urlOf(
  api: string,
  { q, offset, at }: { q: string; offset: number; at: number | null },
): string | null {
  if (q === "" && offset === 0 && at === null) return null;
  const query = new URLSearchParams({
    offset: String(offset),
    limit: String(PAST_ROWS),
  });
  if (q !== "") query.set("q", q);
  if (at !== null) query.set("at", String(at));
  return `${api}/board?${query}`;
}
