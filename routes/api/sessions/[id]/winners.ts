/**
 * Who was picked in a session.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { sessionOf } from "@/routes/(_http)/sessions.ts";

/** `WinnersAnswer`; 404 for no session. */
export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    return Response.json({ items: await session.winners() });
  },
});
