/**
 * One viewer: of the running session, to read; of all, to forget.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { noViewer, running } from "@/routes/(_http)/sessions.ts";

/** `ViewerDetails` to read, `Forgotten` once forgotten; 404 for nobody. */
export const handler = define.handlers({
  async GET(ctx) {
    const session = await running(ctx);
    const viewer = await session?.viewer(ctx.params.id!);
    if (!viewer) throw noViewer();
    return Response.json(viewer);
  },

  /** Forgets the viewer in every session; points stay, under a pseudonym. */
  async DELETE(ctx) {
    const done = await ctx.state.desk.forgetViewer(ctx.params.id!);
    return Response.json(done, { status: done.pending ? 202 : 200 });
  },
});
