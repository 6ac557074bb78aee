/**
 * Keeps one document of the server fresh: asks for it at once, and again after
 * something changed, but never twice within its interval and never twice at
 * the same time. Ten frames a second must not become ten requests.
 *
 * @module
 */
import { type Problem, problemOf } from "./send_command.ts";

/** What became of a request for a document. */
export type Got<T> = { ok: true; data: T } | { ok: false; problem: Problem };

/** A document that is being kept fresh. */
export interface Kept {
  /** Something it shows has changed. */
  touch(): void;
  close(): void;
}

/** Gets one JSON document of our own server. */
export async function getJson<T>(
  url: string,
  init?: RequestInit,
  get: typeof fetch = (input, options) => fetch(input, options),
): Promise<Got<T>> {
  try {
    const response = await get(url, init);
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, data: await response.json() as T };
  } catch {
    return { ok: false, problem: { kind: "network" } }; // said by the caller
  }
}

/**
 * Begins to keep `url` fresh.
 *
 * @param everyMs The least time between two requests.
 */
export function keepFresh<T>(
  url: string,
  everyMs: number,
  tell: (got: Got<T>) => void,
  get: typeof fetch = (input, options) => fetch(input, options),
): Kept {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let changed = false;
  let askedAt = -Infinity;

  async function ask() {
    timer = undefined;
    busy = true;
    changed = false;
    askedAt = performance.now();
    const got = await getJson<T>(url, { signal: abort.signal }, get);
    busy = false;
    if (abort.signal.aborted) return;
    tell(got);
    if (changed) touch();
  }

  function touch() {
    changed = true;
    if (busy || timer !== undefined || abort.signal.aborted) return;
    const wait = Math.max(0, askedAt + everyMs - performance.now());
    timer = setTimeout(ask, wait);
  }

  touch();
  return {
    touch,
    close() {
      clearTimeout(timer);
      abort.abort();
    },
  };
}
