/**
 * One viewer of the running session.
 *
 * @module
 */
import { define } from "@/define.ts";
import { noViewer, running } from "../../../(_http)/sessions.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const session = await running(ctx);
    const viewer = await session?.viewer(ctx.params.id!);
    if (!viewer) throw noViewer();
    return Response.json(viewer);
  },
});
