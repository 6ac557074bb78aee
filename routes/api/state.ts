/**
 * How everything stands now.
 *
 * @module
 */
import { define } from "@/define.ts";
import { stateAnswer } from "../(_http)/state_answer.ts";

export const handler = define.handlers({
  GET: (ctx) => Response.json(stateAnswer(ctx.state)),
});
