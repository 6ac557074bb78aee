/**
 * `keepFresh` as a hook: a document and whether it could be had.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { keepFresh, type Kept } from "./keep_fresh.ts";
import type { Problem } from "./send_command.ts";

/** The newest answer, kept while the next one is on its way. */
export interface Fresh<T> {
  data: Signal<T | null>;
  problem: Signal<Problem | null>;
  /** Whether what is asked for now has no answer yet. */
  waiting: Signal<boolean>;
  /** Asks again. */
  touch(): void;
}

/**
 * Keeps `url` fresh while the component lives; null asks for nothing.
 *
 * @param version Anything that changes when the document may have.
 * @param everyMs The least time between two requests.
 */
export function useFresh<T>(
  url: string | null,
  version: unknown,
  everyMs: number,
): Fresh<T> {
  const data = useSignal<T | null>(null);
  const problem = useSignal<Problem | null>(null);
  const waiting = useSignal(false);
  const kept = useRef<Kept | null>(null);

  useEffect(() => {
    if (url === null) {
      data.value = null;
      waiting.value = false;
      return;
    }
    waiting.value = true;
    kept.current = keepFresh<T>(url, everyMs, (got) => {
      waiting.value = false;
      problem.value = got.ok ? null : got.problem;
      if (got.ok) data.value = got.data;
    });
    return () => kept.current?.close();
  }, [url]);

  useEffect(() => kept.current?.touch(), [version]);

  return { data, problem, waiting, touch: () => kept.current?.touch() };
}
