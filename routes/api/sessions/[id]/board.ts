/**
 * Any part of a session's board, also as it was at any time.
 *
 * @module
 */
import { define } from "@/define.ts";
import { readQuery } from "../../../(_http)/input.ts";
import { SessionBoardQuery } from "../../../(_http)/queries.ts";
import { sessionOf } from "../../../(_http)/sessions.ts";

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
