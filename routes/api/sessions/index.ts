/**
 * The list of sessions, newest first.
 *
 * @module
 */
import type { SessionInfo } from "@/core/ports.ts";
import type { Page } from "@/core/views.ts";
import { define } from "@/routes/(_http)/define.ts";
import { readQuery } from "@/routes/(_http)/input.ts";
import { SessionsQuery } from "@/core/shapes/queries.ts";

/** A page of `SessionInfo`, newest first. */
export const handler = define.handlers({
  async GET(ctx) {
    const { q, cursor, limit } = readQuery(ctx.url, SessionsQuery);
    const all = await ctx.state.desk.sessions(q);
    const next = cursor + limit;
    const page: Page<SessionInfo> = {
      items: all.slice(cursor, next),
      cursor: next < all.length ? String(next) : null,
    };
    return Response.json(page);
  },
});
