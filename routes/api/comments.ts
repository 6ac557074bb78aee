/**
 * Comments of the running session, newest first.
 *
 * @module
 */
import type { FeedComment, Page } from "@/core/views.ts";
import { define } from "@/routes/(_http)/define.ts";
import { readQuery } from "../(_http)/input.ts";
import { CommentsQuery } from "@/core/shapes/queries.ts";
import { running } from "../(_http)/sessions.ts";

const NONE: Page<FeedComment> = { items: [], cursor: null };

/** A page of `FeedComment`. */
export const handler = define.handlers({
  /** None while no session runs. */
  async GET(ctx) {
    const query = readQuery(ctx.url, CommentsQuery);
    const session = await running(ctx);
    return Response.json(await session?.comments(query) ?? NONE);
  },
});
