/**
 * Comments of a session, newest first.
 *
 * @module
 */
import { define } from "@/define.ts";
import { readQuery } from "../../../(_http)/input.ts";
import { CommentsQuery } from "../../../(_http)/queries.ts";
import { sessionOf } from "../../../(_http)/sessions.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const query = readQuery(ctx.url, CommentsQuery);
    const session = await sessionOf(ctx);
    return Response.json(await session.comments(query));
  },
});
