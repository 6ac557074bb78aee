/**
 * One session: what it is, its title, its place in the list.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { parse, readJson } from "@/routes/(_http)/input.ts";
import { problem } from "@/routes/(_http)/problem.ts";
import { SessionChange } from "@/core/shapes/queries.ts";
import {
  noSession,
  sessionIdOf,
  sessionOf,
} from "@/routes/(_http)/sessions.ts";

/** `SessionSummary` to read, `SessionInfo` under its new title, 204 once removed; 404 for no session, 409 for one that runs. */
export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    return Response.json(await session.summary());
  },

  /** A new title. */
  async PATCH(ctx) {
    const { title } = parse(SessionChange, await readJson(ctx.req));
    const info = await ctx.state.desk.renameSession(sessionIdOf(ctx), title);
    if (!info) throw noSession(ctx.params.id!);
    return Response.json(info);
  },

  /** Off the list; it can be restored for 30 days. 409 while it runs. */
  async DELETE(ctx) {
    const removed = await ctx.state.desk.removeSession(sessionIdOf(ctx));
    if (removed === false) throw noSession(ctx.params.id!);
    if (removed !== true) {
      return problem(409, removed.reason, { members: { ...removed } });
    }
    return new Response(null, { status: 204 });
  },
});
