/**
 * The one way pages listen to the server. Its own file, because every page of
 * one browser could share a single stream: HTTP/1.1 allows six per host, and a
 * streamer has several sources, a dock and a tab open at once.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";

/** What a page is told. Every frame and state stands alone. */
export interface StreamEvents<State = unknown> {
  onFrame(frame: Frame): void;
  /** Answers of `/api/state` as they change, on streams that carry them. */
  onState?(state: State): void;
  /** Whether the server can be heard. Not for the audience's eyes. */
  onStatus?(up: boolean): void;
}

/** Wait before the first new try, its growth with each, and its limit. */
export const FIRST_WAIT_MS = 1000;
export const WAIT_GROWTH = 1.3;
export const LONGEST_WAIT_MS = 10_000;

/** Milliseconds to wait before the next try, after `failures` in a row. */
export function waitAfter(failures: number): number {
  const wait = FIRST_WAIT_MS * WAIT_GROWTH ** (failures - 1);
  return Math.min(LONGEST_WAIT_MS, Math.round(wait));
}

/**
 * Listens to `url` until told to stop. An `EventSource` gives up for good when
 * it meets an HTTP error, so every failure closes it and opens a new one, with
 * growing waits, forever. The server begins each stream with its newest frame.
 *
 * @returns Stops listening.
 */
export function openStream<State = unknown>(
  url: string,
  events: StreamEvents<State>,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let up: boolean | null = null;

  const say = (now: boolean) => {
    if (up === now) return;
    up = now;
    events.onStatus?.(now);
  };

  const fail = () => {
    source?.close();
    source = null;
    failures++;
    say(false);
    timer = setTimeout(open, waitAfter(failures));
  };

  const hear = <T>(tell: (data: T) => void) => (event: MessageEvent) => {
    let data: T;
    try {
      data = JSON.parse(event.data) as T;
    } catch {
      return fail(); // not our server, or cut off: a new stream starts afresh
    }
    failures = 0;
    tell(data);
  };

  const onFrame = hear<Frame>((frame) => events.onFrame(frame));
  const onState = hear<State>((state) => events.onState?.(state));

  function open() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(url);
    source.onopen = () => say(true);
    source.onerror = fail;
    source.addEventListener("frame", onFrame);
    source.addEventListener("state", onState);
  }

  // A page that comes back, or a network that does, need not wait its turn.
  const hurry = () => {
    if (source || document.visibilityState === "hidden") return;
    failures = 0;
    open();
  };

  open();
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  return () => {
    clearTimeout(timer);
    source?.close();
    source = null;
    removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", hurry);
  };
}
