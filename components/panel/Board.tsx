/**
 * The live board: every viewer, however many, with a search. Only the rows in
 * view are drawn and kept.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { Avatar } from "../shared/Avatar.tsx";
import { type PanelRow, rowsInPlace, rowsOfSpan } from "./board_rows.ts";
import { whole } from "../shared/clock.ts";
import { Icon } from "../shared/Icon.tsx";
import { MadeOf } from "./MadeOf.tsx";
import { moveFocus } from "./move_focus.ts";
import { usePanel } from "./panel_state.ts";
import { problemWords } from "../shared/problem_words.ts";
import { SearchField } from "../shared/SearchField.tsx";
import type { Problem } from "../shared/send_command.ts";
import { Skeleton } from "./Skeleton.tsx";
import { useBoard } from "./use_board.ts";
import { useGrip } from "./use_grip.ts";
import { yesNo } from "../shared/yes_no.ts";

/** A mouse that rests on the board for so long no longer holds it, in ms. */
const REST_MS = 3_000;

/** See the module. */
export function Board() {
  const panel = usePanel();
  const frame = panel.frame.value;
  const texts = panel.texts.value.board;
  const q = useSignal("");
  const isSearch = q.value !== "";
  const { span, held, problem, list } = useBoard({
    sessionId: frame.session?.id ?? null,
    version: frame,
    q: q.value,
    total: (held) => isSearch ? held?.page.total ?? 0 : frame.viewers,
  });
  const total = isSearch ? held?.page.total ?? 0 : frame.viewers;
  const { grip, hands } = useGrip(REST_MS);
  const drawn = useRef<{ of: string; rows: Map<number, PanelRow> }>();
  const now = rowsOfSpan(span, isSearch ? [] : frame.rows, held);
  const of = `${frame.session?.id} ${q.value}`;
  const isHeld = grip.value !== null && drawn.current?.of === of;
  const rows = isHeld ? rowsInPlace(drawn.current!.rows, now, span.from) : now;
  drawn.current = { of, rows: byPlace(rows, span.from) };
  const isEmpty = total === 0 && (!isSearch || held !== null);

  return (
    <section class="part board" aria-label={texts.title}>
      <header class="part-head">
        <h2>{texts.title}</h2>
        <span class="count tabular">
          {texts.viewers(isSearch ? total : frame.viewers)}
        </span>
      </header>
      <SearchField
        id="board-search"
        label={texts.search}
        onSearch={(words) => q.value = words}
      />
      {isEmpty && <p class="empty">{emptyWords(panel, q.value)}</p>}
      {isSearch && held === null && <Searching problem={problem} />}
      <ol
        class="rows"
        ref={list}
        hidden={isEmpty}
        style={{
          "--digits": String(whole(frame.viewers).length),
          "--points": String(whole(frame.rows[0]?.points ?? 0).length),
        }}
        tabIndex={-1}
        onKeyDown={moveFocus}
        {...hands}
      >
        {rows.map((row, i) =>
          row
            ? (
              <BoardRow
                key={row.viewerId}
                row={row}
                place={span.from + i + 1}
                total={total}
              />
            )
            : (
              <li
                key={`open ${i}`}
                class="row-open"
                aria-hidden="true"
                style={placed(span.from + i)}
              />
            )
        )}
        <li
          class="row-space"
          aria-hidden="true"
          style={{ height: below(total) }}
        />
      </ol>
    </section>
  );
}

/**
 * Where a row stands that has so many above it. Rows are moved and not laid
 * out anew when they overtake, so that nothing else on the page has to be.
 */
function placed(above: number) {
  const top = above === 0 ? "0.25rem" : below(above);
  return { transform: `translateY(${top})` };
}

/** How high so many rows are; there is a little more room for the first. */
function below(rows: number): string {
  return rows === 0 ? "0" : `calc(${rows} * 3.5rem + 0.5rem)`;
}

function byPlace(
  rows: (PanelRow | null)[],
  from: number,
): Map<number, PanelRow> {
  return new Map(rows.flatMap((row, i) => row ? [[from + i, row]] : []));
}

function BoardRow(
  { row, place, total }: { row: PanelRow; place: number; total: number },
) {
  const panel = usePanel();
  const texts = panel.texts.value.board;
  const isChosen = panel.viewerId.value === row.viewerId;
  const { rank, nickname, handle, avatarUrl, points, made } = row;
  // Ten times a second there are new rows, most of them as before.
  const seen = [rank, nickname, handle, avatarUrl, points, made];
  return useMemo(() => (
    <li
      aria-posinset={place}
      aria-setsize={total}
      style={placed(place - 1)}
    >
      <button
        type="button"
        class={row.rank === 1 ? "row first" : "row"}
        aria-pressed={yesNo(isChosen)}
        data-viewer={row.viewerId}
        onClick={() => panel.viewerId.value = isChosen ? null : row.viewerId}
      >
        <span class="rank tabular">
          {row.rank === 1 ? <Icon name="crown" /> : null}
          <span class={row.rank === 1 ? "unseen-text" : ""}>
            {whole(row.rank)}
          </span>
        </span>
        <Avatar
          url={row.avatarUrl}
          name={row.nickname}
          id={row.viewerId}
          size={36}
        />
        <span class="who">
          <bdi class="cut">{row.nickname}</bdi>
          {row.made ? <MadeOf made={row.made} /> : (
            <small class="cut">
              <bdi>@{row.handle}</bdi>
            </small>
          )}
        </span>
        <b class="points tabular">
          {whole(row.points)}
          <span class="unseen-text">{texts.points}</span>
        </b>
      </button>
    </li>
  ), [...seen, place, total, isChosen, texts]);
}

/** A search that has no answer yet. */
function Searching({ problem }: { problem: Problem | null }) {
  const { texts } = usePanel();
  if (!problem) return <Skeleton lines={3} />;
  return <p class="empty" role="alert">{problemWords(texts.value, problem)}</p>;
}

function emptyWords(panel: ReturnType<typeof usePanel>, q: string): string {
  const { board } = panel.texts.value;
  if (q !== "") return board.noMatch(q);
  return panel.frame.value.phase === "idle" ? board.emptyIdle : board.empty;
}
