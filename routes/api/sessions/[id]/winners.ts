/**
 * Who was picked in a session.
 *
 * @module
 */
import { define } from "@/define.ts";
import { sessionOf } from "../../../(_http)/sessions.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    return Response.json({ items: await session.winners() });
  },
});
