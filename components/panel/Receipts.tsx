/**
 * Every entry that concerns a viewer, with the sum after it: where each point
 * comes from.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Page, Receipt } from "@/core/views.ts";
import { whole } from "../shared/clock.ts";
import { getJson } from "../shared/keep_fresh.ts";
import { usePanel } from "./panel_state.ts";
import { receiptWords } from "./receipt_words.ts";
import { Skeleton } from "./Skeleton.tsx";

/** Receipts asked for at a time. */
const LIMIT = 50;

/** See the module. `version` changes when there may be new ones. */
export function Receipts(
  { viewerId, version }: { viewerId: string; version: unknown },
) {
  const panel = usePanel();
  const texts = panel.texts.value;
  const pages = useSignal<Page<Receipt>[]>([]);
  const isOpen = useSignal(false);
  const newest = useSignal(true);

  /** Loads the page at `index`; the pages before it stay. */
  async function load(index: number) {
    const query = new URLSearchParams({ limit: String(LIMIT) });
    const cursor = pages.value[index - 1]?.cursor;
    if (cursor) query.set("cursor", cursor);
    if (newest.value) query.set("newest", "1");
    const url = `/api/viewers/${
      encodeURIComponent(viewerId)
    }/receipts?${query}`;
    const got = await getJson<Page<Receipt>>(url);
    if (got.ok) pages.value = [...pages.value.slice(0, index), got.data];
    else panel.sayProblem(got.problem);
  }

  // New ones come on the first page, or on the last.
  useEffect(() => {
    if (!isOpen.value) return;
    void load(newest.value ? 0 : Math.max(0, pages.value.length - 1));
  }, [isOpen.value, version, newest.value]);

  const receipts = pages.value.flatMap((page) => page.items);
  const hasMore = pages.value.at(-1)?.cursor ?? null;
  return (
    <details
      class="receipts"
      onToggle={(event) => isOpen.value = event.currentTarget.open}
    >
      <summary class="button">{texts.viewer.receipts}</summary>
      {isOpen.value && pages.value.length === 0 && <Skeleton lines={4} />}
      {pages.value.length > 0 && receipts.length === 0 && (
        <p class="note">{texts.viewer.noReceipts}</p>
      )}
      {receipts.length > 1 && (
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            pages.value = [];
            newest.value = !newest.value;
          }}
        >
          {newest.value ? texts.order.oldest : texts.order.newest}
        </button>
      )}
      {receipts.length > 0 && (
        <a
          class="button quiet"
          href={`/api/sessions/current/viewers/${
            encodeURIComponent(viewerId)
          }/proof`}
          download
        >
          {texts.viewer.proof}
        </a>
      )}
      <ol class="list">
        {receipts.map((receipt) => (
          <ReceiptLine key={receipt.seq} receipt={receipt} />
        ))}
      </ol>
      {hasMore !== null && (
        <button
          type="button"
          class="button"
          onClick={() => load(pages.value.length)}
        >
          {texts.app.more}
        </button>
      )}
    </details>
  );
}

function ReceiptLine({ receipt }: { receipt: Receipt }) {
  const texts = usePanel().texts.value;
  const { what, theirs, rule } = receiptWords(texts, receipt);
  const sign = receipt.points > 0 ? "+" : "";
  return (
    <li class="receipt">
      <time class="tabular">{texts.sessions.clock(receipt.at)}</time>
      <span class="line-text">
        {what} <bdi>{theirs}</bdi>
        {rule !== "" && <small class="rule">{rule}</small>}
        {receipt.idle && <span class="pill">{texts.idle[receipt.idle]}</span>}
      </span>
      <span class="tabular gain">{sign}{whole(receipt.points)}</span>
      <b class="tabular sum">{whole(receipt.sum)}</b>
    </li>
  );
}
