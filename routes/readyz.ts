/**
 * Whether the program can do its work now: write the ledger.
 *
 * @module
 */
import { define } from "@/define.ts";
import { problem } from "./(_http)/problem.ts";

export const handler = define.handlers({
  /** 200, or 503 with the reason. */
  async GET(ctx) {
    try {
      await ctx.state.desk.check();
      return Response.json({ ok: true });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return problem(503, why);
    }
  },
});
