/**
 * Questions from TikTok's own Q&A, beside the comments. Its place is kept, so
 * that the first question moves nothing.
 *
 * @module
 */
import type { AskedQuestion } from "@/core/shapes/history.ts";
import { usePanel } from "./panel_state.ts";
import { idOf, useHeld } from "./use_grip.ts";
import { useFresh } from "../shared/use_fresh.ts";

/** The least time between two looks, in ms. */
const EVERY_MS = 3_000;

/** See the module. */
export function Questions() {
  const panel = usePanel();
  const texts = panel.texts.value.questions;
  const { session } = panel.frame.value;
  const { data } = useFresh<{ items: AskedQuestion[] }>(
    session ? "/api/questions" : null,
    panel.desk.value,
    EVERY_MS,
  );
  const items = data.value?.items ?? [];
  const { shown, hands } = useHeld(items, idOf);
  return (
    <details class="asked">
      <summary class="button quiet">
        {texts.title} <span class="pill tabular">{items.length}</span>
      </summary>
      {items.length === 0 && <p class="note">{texts.empty}</p>}
      <ul class="list" {...hands}>
        {shown.map((question) => (
          <Question key={question.id} question={question} />
        ))}
      </ul>
    </details>
  );
}

function Question({ question }: { question: AskedQuestion }) {
  const panel = usePanel();
  const { connection } = panel.texts.value;
  return (
    <li class="comment">
      <button
        type="button"
        class="comment-body"
        onClick={() => panel.viewerId.value = question.viewerId}
      >
        <span class="comment-head">
          <bdi class="cut">{question.nickname}</bdi>
          <small class="tabular">{connection.clock(question.at)}</small>
        </span>
        <span class="comment-text" dir="auto">{question.text}</span>
      </button>
    </li>
  );
}
