/**
 * The part of the board that is in view, kept fresh while the list scrolls.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { BoardPage } from "@/core/views.ts";
import {
  type HeldRows,
  partAround,
  type Span,
  spanInView,
} from "./board_rows.ts";
import { keepFresh, type Kept } from "../shared/keep_fresh.ts";
import type { Problem } from "../shared/send_command.ts";

/** The least time between two looks at the whole board, in ms. */
const EVERY_MS = 1_000;
/** The pause in scrolling after which rows are asked for, in ms. */
const PAUSE_MS = 60;
/** Of a row before one could be measured, in pixels. */
const ROW_PX = 56;

/** What of the board to show, and where. */
interface BoardInView {
  span: Span;
  held: HeldRows | null;
  /** Why the last look failed. */
  problem: Problem | null;
  list: RefObject<HTMLOListElement>;
}

/**
 * Watches a list of `total` rows and keeps what is in view fresh.
 *
 * @param sessionId Null asks for nothing.
 * @param version Anything that changes when the board may have.
 */
export function useBoard(
  { sessionId, version, q, total }: {
    sessionId: string | null;
    version: unknown;
    q: string;
    total: (held: HeldRows | null) => number;
  },
): BoardInView {
  const list = useRef<HTMLOListElement>(null);
  const held = useSignal<HeldRows | null>(null);
  const problem = useSignal<Problem | null>(null);
  const rowHeight = useSignal(ROW_PX);
  const view = useSignal({ top: 0, height: 800 });
  const kept = useRef<Kept | null>(null);

  const mine = held.value?.q === q ? held.value : null;
  const span = spanInView({
    ...view.value,
    rowHeight: rowHeight.value,
    total: total(mine),
  });
  const { offset, limit } = partAround(
    mine ? span : { from: span.from, to: span.from + 1 },
  );

  useEffect(() => watchScroll(list, view, rowHeight), []);

  useEffect(() => {
    if (sessionId === null) {
      held.value = null;
      return;
    }
    const query = new URLSearchParams({
      offset: String(offset),
      limit: String(limit),
    });
    if (q !== "") query.set("q", q);
    const timer = setTimeout(() => {
      kept.current = keepFresh<BoardPage>(
        `/api/board?${query}`,
        EVERY_MS,
        (got) => {
          problem.value = got.ok ? null : got.problem;
          if (got.ok) held.value = { offset, q, page: got.data };
        },
      );
    }, held.value?.q === q ? PAUSE_MS : 0);
    return () => {
      clearTimeout(timer);
      kept.current?.close();
      kept.current = null;
    };
  }, [sessionId, offset, limit, q]);

  useEffect(() => kept.current?.touch(), [version]);
  useEffect(() => {
    list.current?.scrollTo({ top: 0 });
  }, [q]);

  return { span, held: mine, problem: problem.value, list };
}

/** Follows the list as it moves, itself or with the page around it. */
function watchScroll(
  list: RefObject<HTMLOListElement>,
  view: Signal<{ top: number; height: number }>,
  rowHeight: Signal<number>,
): () => void {
  let drawing = 0;

  function look() {
    drawing = 0;
    const element = list.current;
    if (!element) return;
    const row = element.querySelector(".row:not(.first)");
    if (row) rowHeight.value = row.getBoundingClientRect().height || ROW_PX;
    const { top } = element.getBoundingClientRect();
    const isOwn = element.scrollHeight > element.clientHeight + 1;
    const next = isOwn
      ? { top: element.scrollTop, height: element.clientHeight }
      : { top: Math.max(0, -top), height: innerHeight };
    const { value } = view;
    if (next.top !== value.top || next.height !== value.height) {
      view.value = next;
    }
  }
  const soon = () => drawing ||= requestAnimationFrame(look);

  look();
  addEventListener("scroll", soon, { capture: true, passive: true });
  addEventListener("resize", soon);
  return () => {
    cancelAnimationFrame(drawing);
    removeEventListener("scroll", soon, { capture: true });
    removeEventListener("resize", soon);
  };
}
