/**
 * One viewer of a session.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { noViewer, sessionOf } from "@/routes/(_http)/sessions.ts";

/** `ViewerDetails`; 404 for no session or nobody. */
export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    const viewer = await session.viewer(ctx.params.viewer!);
    if (!viewer) throw noViewer();
    return Response.json(viewer);
  },
});
