/**
 * One event stream to the server that comes back forever. It knows a server
 * that has gone silent without saying so, and what it asks for may change.
 *
 * @module
 */
import { MAX_ROWS } from "@/core/frame.ts";

/** Wait before the first new try, its growth with each, and its limit. */
const FIRST_WAIT_MS = 400;
const WAIT_GROWTH = 1.3;
export const LONGEST_WAIT_MS = 1500;
/** The server says something every ten seconds; longer silence is an outage. */
export const SILENCE_MS = 25_000;
/** Events that are handed on. */
const EVENTS = ["frame", "state", "look"];
/** Pages that come and go together ask once. */
const CALM_MS = 250;

/** Milliseconds to wait before the next try, after `failures` in a row. */
export function waitAfter(failures: number): number {
  const wait = FIRST_WAIT_MS * WAIT_GROWTH ** (failures - 1);
  return Math.min(LONGEST_WAIT_MS, Math.round(wait));
}

/** What a stream should carry, for how many overlays, and by which keys. */
interface Wanted {
  state: boolean;
  overlays: number;
  keys: string[];
}

/** The part of `EventSource` that is used. */
interface Source {
  addEventListener(
    name: string,
    listener: (event: { data?: string }) => void,
  ): void;
  close(): void;
}

/** Where what is heard goes, and what tests replace. */
export interface UpstreamOptions {
  /**
   * Whether a new stream speaks before the old one is let go: for a moment
   * there are two.
   */
  overlaps: boolean;
  /** Whether each of the keys that were asked with lets somebody in. */
  onKeys(keys: Map<string, boolean>): void;
  onEvent(name: string, data: string): void;
  onStatus(up: boolean): void;
  open?(url: string): Source;
  /** SILENCE_MS unless a test is in a hurry. */
  silenceMs?: number;
}

/** A stream that is being listened to. */
export interface Upstream {
  want(wanted: Wanted): void;
  /** Asks again for the same: a key may let somebody in by now. */
  renew(): void;
  /** Tries now instead of waiting for the turn. */
  hurry(): void;
  close(): void;
}

/** Listens from the first `want()` until `close()`. */
export function openUpstream(options: UpstreamOptions): Upstream {
  const { overlaps, onKeys, onEvent, silenceMs = SILENCE_MS } = options;
  const open = options.open ?? ((url) => new EventSource(url));
  let wanted: Wanted | null = null;
  let current: Source | null = null;
  let coming: Source | null = null;
  const [retry, silence, calm] = [newTimer(), newTimer(), newTimer()];
  let failures = 0;
  let up: boolean | null = null;

  const say = (now: boolean) => {
    if (up === now) return;
    up = now;
    options.onStatus(now);
  };

  function connect() {
    retry.stop();
    coming?.close();
    if (!wanted) return;
    if (!overlaps) {
      current?.close();
      current = null;
    }
    const { keys } = wanted;
    const source = coming = open(urlOf(wanted));
    subscribe(source, {
      onError: () => lose(source),
      hear(data) {
        if (source !== coming && source !== current) return false;
        if (!isWhole(data)) lose(source);
        else heard(source, keys);
        return isWhole(data);
      },
      onKeys(allowed) {
        onKeys(new Map(keys.map((key, i) => [key, allowed[i] === true])));
      },
      onEvent,
    });
    if (!current) listen();
  }

  function heard(source: Source, keys: string[]) {
    if (source === coming) {
      current?.close();
      current = coming;
      coming = null;
      // Of one key the server says no more than that it lets in.
      if (keys.length === 1) onKeys(new Map([[keys[0]!, true]]));
    }
    failures = 0;
    listen();
    say(true);
  }

  /** Starts the watch over silence anew. */
  function listen() {
    silence.start(silenceMs, () => {
      const silent = current ?? coming;
      if (silent) lose(silent);
    });
  }

  function lose(source: Source) {
    source.close();
    if (source === coming) coming = null;
    else if (source === current) current = null;
    else return;
    failures++;
    if (!current) {
      silence.stop();
      say(false);
    }
    if (!coming) plan();
  }

  function plan() {
    // Not all browsers of a place at the same moment.
    retry.start(waitAfter(failures) * (0.8 + Math.random() / 5), connect);
  }

  return {
    want(next) {
      const first = wanted === null;
      if (wanted && urlOf(wanted) === urlOf(next)) return;
      wanted = next;
      calm.stop();
      if (first) connect();
      else calm.start(CALM_MS, connect);
    },
    renew() {
      if (current && !coming) connect();
    },
    hurry() {
      if (!wanted || current || (coming && failures === 0)) return;
      failures = 0;
      connect();
    },
    close() {
      wanted = null;
      for (const timer of [retry, silence, calm]) timer.stop();
      coming?.close();
      current?.close();
      coming = current = null;
    },
  };
}

/** A timer that is started anew again and again. */
function newTimer() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  return {
    start(ms: number, call: () => void) {
      stop();
      timer = setTimeout(call, ms);
    },
    stop,
  };
}

/** Listens to all that a stream may say; `hear` says whether it counts. */
function subscribe(
  source: Source,
  on: {
    onError(): void;
    hear(data: string | undefined): boolean;
    onKeys(allowed: boolean[]): void;
    onEvent(name: string, data: string): void;
  },
) {
  const listen = (name: string, tell: (data: string) => void) =>
    source.addEventListener(name, ({ data }) => {
      if (on.hear(data)) tell(data!);
    });
  source.addEventListener("error", on.onError);
  listen("heartbeat", () => {});
  listen("keys", (data) => on.onKeys(JSON.parse(data)));
  for (const name of EVENTS) listen(name, (data) => on.onEvent(name, data));
}

function urlOf({ state, overlays, keys }: Wanted): string {
  const query = new URLSearchParams({
    rows: String(MAX_ROWS),
    overlays: String(overlays),
  });
  if (state) query.set("with", "state");
  for (const key of keys) query.append("key", key);
  return `/api/frames?${query}`;
}

/** Whether an event is what our server sends, and not cut off. */
function isWhole(data: string | undefined): data is string {
  if (data === undefined) return false;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false; // a proxy's page, or half a frame: a new stream starts afresh
  }
}
