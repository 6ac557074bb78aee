/**
 * Puts a removed session back into the list.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { noSession } from "@/routes/(_http)/sessions.ts";

/** 204 once it is back; 404 where there is nothing to restore. */
export const handler = define.handlers({
  async POST(ctx) {
    const id = ctx.params.id!;
    if (!await ctx.state.desk.restoreSession(id)) throw noSession(id);
    return new Response(null, { status: 204 });
  },
});
