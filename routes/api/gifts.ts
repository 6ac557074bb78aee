/**
 * Gifts that came, the most frequent first.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { running } from "../(_http)/sessions.ts";

/** `GiftsAnswer`. */
export const handler = define.handlers({
  /** None while no session runs. */
  async GET(ctx) {
    const session = await running(ctx);
    return Response.json({ items: await session?.gifts() ?? [] });
  },
});
