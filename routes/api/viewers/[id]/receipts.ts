/**
 * Where a viewer's points in the running session come from.
 *
 * @module
 */
import { define } from "@/define.ts";
import { readQuery } from "../../../(_http)/input.ts";
import { ReceiptsQuery } from "../../../(_http)/queries.ts";
import { noViewer, running } from "../../../(_http)/sessions.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const query = readQuery(ctx.url, ReceiptsQuery);
    const session = await running(ctx);
    const receipts = await session?.receipts(ctx.params.id!, query);
    if (!receipts) throw noViewer();
    return Response.json(receipts);
  },
});
