/**
 * Where a viewer's points in a session come from.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { readQuery } from "@/routes/(_http)/input.ts";
import { ReceiptsQuery } from "@/core/shapes/queries.ts";
import { noViewer, sessionOf } from "@/routes/(_http)/sessions.ts";

/** A page of `Receipt`; 404 for no session or nobody, 400 for a bad cursor. */
export const handler = define.handlers({
  async GET(ctx) {
    const query = readQuery(ctx.url, ReceiptsQuery);
    const session = await sessionOf(ctx);
    const receipts = await session.receipts(ctx.params.viewer!, query);
    if (!receipts) throw noViewer();
    return Response.json(receipts);
  },
});
