/**
 * Takes an exported ledger as a session of this place.
 *
 * @module
 */
import { ImportError } from "@/core/desk.ts";
import { define } from "@/routes/(_http)/define.ts";
import { readLines } from "@/routes/(_http)/input.ts";
import { Problem } from "@/routes/(_http)/problem.ts";

/** 201 with the `SessionInfo` of what came in; 400 with the line that is wrong. */
export const handler = define.handlers({
  /** 201 with the session, or 400 with the line that is wrong. */
  async POST(ctx) {
    try {
      const info = await ctx.state.desk.importSession(readLines(ctx.req));
      const location = `/api/sessions/${encodeURIComponent(info.id)}`;
      return Response.json(info, { status: 201, headers: { location } });
    } catch (error) {
      if (error instanceof ImportError) {
        throw new Problem(400, error.message);
      }
      throw error;
    }
  },
});
