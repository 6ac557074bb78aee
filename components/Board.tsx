/**
 * The live board: every viewer, in pages, with a search.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import type { BoardPage } from "@/core/views.ts";
import { Avatar } from "./Avatar.tsx";
import { PAGE_ROWS, type PanelRow, topRows } from "./board_rows.ts";
import { whole } from "./clock.ts";
import { Icon } from "./Icon.tsx";
import { MadeOf } from "./MadeOf.tsx";
import { Pager } from "./Pager.tsx";
import { usePanel } from "./panel_state.ts";
import { SearchField } from "./SearchField.tsx";
import { useFresh } from "./use_fresh.ts";
import { yesNo } from "./yes_no.ts";

/** The least time between two looks at the whole board, in ms. */
const EVERY_MS = 1_000;

/** See the module. */
export function Board() {
  const panel = usePanel();
  const frame = panel.frame.value;
  const texts = panel.texts.value.board;
  const offset = useSignal(0);
  const q = useSignal("");
  const page = useFresh<BoardPage>(
    frame.session ? boardUrl(offset.value, q.value) : null,
    frame.seq,
    EVERY_MS,
  );
  const isTop = offset.value === 0 && q.value === "";
  const rows: PanelRow[] = isTop
    ? topRows(frame.rows, page.data.value)
    : page.data.value?.rows ?? [];
  const total = isTop ? frame.viewers : page.data.value?.total ?? 0;

  return (
    <section class="part board" aria-label={texts.title}>
      <header class="part-head">
        <h2>{texts.title}</h2>
        <span class="count tabular">{texts.viewers(frame.viewers)}</span>
      </header>
      <SearchField
        id="board-search"
        label={texts.search}
        onSearch={(words) => {
          q.value = words;
          offset.value = 0;
        }}
      />
      {rows.length === 0
        ? <p class="empty">{emptyWords(panel, q.value)}</p>
        : (
          <ol class="rows">
            {rows.map((row) => <BoardRow key={row.viewerId} row={row} />)}
          </ol>
        )}
      <Pager
        offset={offset}
        size={PAGE_ROWS}
        total={total}
        texts={texts}
      />
    </section>
  );
}

function BoardRow({ row }: { row: PanelRow }) {
  const panel = usePanel();
  const texts = panel.texts.value.board;
  const isChosen = panel.viewerId.value === row.viewerId;
  return (
    <li>
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
  );
}

function boardUrl(offset: number, q: string): string {
  const query = new URLSearchParams({
    offset: String(offset),
    limit: String(PAGE_ROWS),
  });
  if (q !== "") query.set("q", q);
  return `/api/board?${query}`;
}

function emptyWords(panel: ReturnType<typeof usePanel>, q: string): string {
  const { board } = panel.texts.value;
  if (q !== "") return board.noMatch(q);
  return panel.frame.value.phase === "idle" ? board.emptyIdle : board.empty;
}
