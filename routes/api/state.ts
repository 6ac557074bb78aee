/**
 * How everything stands now.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { displayAnswer, stateAnswer } from "../(_http)/state_answer.ts";

/** `StateAnswer`, or `DisplayAnswer` for a display. */
export const handler = define.handlers({
  GET: ({ state }) =>
    Response.json(
      state.role === "display" ? displayAnswer(state) : stateAnswer(state),
    ),
});
