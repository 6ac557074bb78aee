/**
 * A session's whole ledger, to keep, to check, or to import elsewhere.
 *
 * @module
 */
import { define } from "@/define.ts";
import { download, namesOf } from "../../../(_http)/download.ts";
import { sessionOf } from "../../../(_http)/sessions.ts";

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
