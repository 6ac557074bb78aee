/**
 * Puts a removed session back into the list.
 *
 * @module
 */
import { define } from "@/define.ts";
import { noSession } from "../../../(_http)/sessions.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const id = ctx.params.id!;
    if (!await ctx.state.desk.restoreSession(id)) throw noSession(id);
    return new Response(null, { status: 204 });
  },
});
