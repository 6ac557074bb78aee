/**
 * Frames as server-sent events. An `EventSource` gives up for good on an HTTP
 * error, so a bad `?rows=` is answered with the nearest good one.
 *
 * @module
 */
import { define, type State } from "@/define.ts";
import { overlaysAsked, rowsAsked, type StreamState } from "@/outputs/sse.ts";
import { Problem } from "../(_http)/problem.ts";
import { streamedState } from "../(_http)/state_answer.ts";

const HEADERS = {
  "content-type": "text/event-stream",
  // Compression would hold frames back.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

export const handler = define.handlers({
  /** A stream whose body nobody reads is not even opened. */
  HEAD({ url, state }) {
    stateAsked(url, state);
    return new Response(null, { headers: HEADERS });
  },

  GET({ url, state }) {
    const body = state.hub.open({
      rows: rowsAsked(url.searchParams.get("rows")),
      state: stateAsked(url, state),
      overlays: overlaysAsked(url.searchParams.get("overlays")),
      owner: state.caller!,
    });
    return new Response(body, { headers: HEADERS });
  },
});

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
