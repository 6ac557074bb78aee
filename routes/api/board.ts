/**
 * Any part of the running board.
 *
 * @module
 */
import type { BoardPage } from "@/core/views.ts";
import { define } from "@/routes/(_http)/define.ts";
import { readQuery } from "../(_http)/input.ts";
import { BoardQuery } from "@/core/shapes/queries.ts";
import { running } from "../(_http)/sessions.ts";

const EMPTY: BoardPage = { total: 0, rows: [] };

/** `BoardPage`. */
export const handler = define.handlers({
  /** Empty while no session runs. */
  async GET(ctx) {
    const query = readQuery(ctx.url, BoardQuery);
    const session = await running(ctx);
    return Response.json(await session?.board(query) ?? EMPTY);
  },
});
