/**
 * Frames as server-sent events. An `EventSource` gives up for good on an HTTP
 * error, so a bad `?rows=` is answered with the nearest good one.
 *
 * @module
 */
import { type Asker, TooManyError } from "@/access/attempts.ts";
import { MAX_KEYS } from "@/access/key_book.ts";
import type { Holder, Keys } from "@/access/keys.ts";
import { type Caller, callerOf } from "@/access/role.ts";
import { define, type State } from "@/routes/(_http)/define.ts";
import { overlaysAsked, rowsAsked, type StreamState } from "@/outputs/sse.ts";
import { askerOf } from "../(_http)/peer.ts";
import { Problem } from "../(_http)/problem.ts";
import { streamedState } from "../(_http)/state_answer.ts";

const HEADERS = {
  "content-type": "text/event-stream",
  // Compression would hold frames back.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** A stream of server-sent events that ends with its key. */
export const handler = define.handlers({
  /** A stream whose body nobody reads is not even opened. */
  HEAD({ url, state }) {
    stateAsked(url, state);
    return new Response(null, { headers: HEADERS });
  },

  GET(ctx) {
    const { url, state } = ctx;
    const body = state.hub.open({
      rows: rowsAsked(url.searchParams.get("rows")),
      state: stateAsked(url, state),
      overlays: overlaysAsked(url.searchParams.get("overlays")),
      holders: holdersOf(ctx, askerOf(ctx)),
    });
    return new Response(body, { headers: HEADERS });
  },
});

/** Who opens a stream: pages that share one come with a key each. */
function holdersOf(
  { url, state }: { url: URL; state: State },
  asker: Asker,
): (Caller | null)[] {
  const { caller, keys } = state;
  if (caller?.via !== "address") return [caller];
  return url.searchParams.getAll("key").slice(0, MAX_KEYS).map((key) => {
    const holder = holderIn(keys, asker, key);
    if (holder) keys.used(holder);
    return holder && callerOf(holder, "address");
  });
}

function holderIn(keys: Keys, asker: Asker, key: string): Holder | null {
  try {
    return keys.attempts.guess(asker, key, () => keys.holderOfKey(key));
  } catch (error) {
    if (error instanceof TooManyError) return null; // the others may stay
    throw error;
  }
}

function stateAsked(url: URL, state: State): StreamState | undefined {
  if (url.searchParams.get("with") !== "state") return;
  if (state.role !== "host" && state.role !== "moderator") {
    throw new Problem(403, "Only a host or a moderator is told the state");
  }
  return {
    name: `${state.role} ${state.language}`,
    read: () => streamedState(state),
  };
}
