/**
 * One viewer of a session.
 *
 * @module
 */
import { define } from "@/define.ts";
import { noViewer, sessionOf } from "../../../../../(_http)/sessions.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const viewer = (await sessionOf(ctx)).viewer(ctx.params.viewer!);
    if (!viewer) throw noViewer();
    return Response.json(viewer);
  },
});
