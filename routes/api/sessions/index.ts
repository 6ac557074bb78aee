/**
 * The list of sessions, newest first.
 *
 * @module
 */
import { define } from "@/define.ts";
import { readQuery } from "../../(_http)/input.ts";
import { SessionsQuery } from "../../(_http)/queries.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { q } = readQuery(ctx.url, SessionsQuery);
    return Response.json({ items: await ctx.state.desk.sessions(q) });
  },
});
