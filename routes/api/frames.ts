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

export const handler = define.handlers({
  GET({ url, state }) {
    const body = state.hub.open({
      rows: rowsAsked(url.searchParams.get("rows")),
      state: url.searchParams.get("with") === "state"
        ? stateFor(state)
        : undefined,
      overlays: overlaysAsked(url.searchParams.get("overlays")),
      owner: state.caller!,
    });
    return new Response(body, {
      headers: {
        "content-type": "text/event-stream",
        // Compression would hold frames back.
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  },
});

function stateFor(state: State): StreamState {
  if (state.role !== "host" && state.role !== "moderator") {
    throw new Problem(403, "Only a host or a moderator is told the state");
  }
  return {
    name: `${state.role} ${state.language}`,
    read: () => streamedState(state),
  };
}
