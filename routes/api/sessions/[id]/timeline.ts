/**
 * How a session went over time.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { sessionOf } from "@/routes/(_http)/sessions.ts";

/** `Timeline`; 404 for no session. */
export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    return Response.json(await session.timeline());
  },
});
