/**
 * Any part of a session's board, also as it was at any time.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { readQuery } from "@/routes/(_http)/input.ts";
import { SessionBoardQuery } from "@/core/shapes/queries.ts";
import { sessionOf } from "@/routes/(_http)/sessions.ts";

/** `BoardPage`, or `PastBoard` for a moment; 404 for no session. */
export const handler = define.handlers({
  async GET(ctx) {
    const { at, ...query } = readQuery(ctx.url, SessionBoardQuery);
    const session = await sessionOf(ctx);
    return Response.json(
      at === undefined
        ? await session.board(query)
        : await session.boardAt(at, query),
    );
  },
});
