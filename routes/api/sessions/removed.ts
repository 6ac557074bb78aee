/**
 * Sessions taken off the list that can still be restored.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";

/** All `SessionInfo` that can be restored. */
export const handler = define.handlers({
  async GET(ctx) {
    const items = await ctx.state.desk.removedSessions();
    return Response.json({ items, cursor: null });
  },
});
