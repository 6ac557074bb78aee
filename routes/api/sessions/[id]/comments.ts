/**
 * Comments of a session, newest first.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { readQuery } from "@/routes/(_http)/input.ts";
import { CommentsQuery } from "@/core/shapes/queries.ts";
import { sessionOf } from "@/routes/(_http)/sessions.ts";

/** A page of `FeedComment`; 404 for no session. */
export const handler = define.handlers({
  async GET(ctx) {
    const query = readQuery(ctx.url, CommentsQuery);
    const session = await sessionOf(ctx);
    return Response.json(await session.comments(query));
  },
});
