/**
 * A session's whole ledger, to keep, to check, or to import elsewhere.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { download, namesOf } from "@/routes/(_http)/download.ts";
import { sessionOf } from "@/routes/(_http)/sessions.ts";

/** The ledger to save, a line an entry; 404 for no session. */
export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    return download(session.exportJsonl(), {
      type: "application/jsonl",
      parts: namesOf(await session.summary()),
      ending: "jsonl",
    });
  },
});
