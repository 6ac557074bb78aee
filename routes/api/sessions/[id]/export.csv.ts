/**
 * A session's board as a table for people.
 *
 * @module
 */
import { define } from "@/define.ts";
import { download, namesOf } from "../../../(_http)/download.ts";
import { sessionOf } from "../../../(_http)/sessions.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    return download(session.exportCsv(), {
      type: "text/csv",
      parts: namesOf(await session.summary()),
      ending: "csv",
    });
  },
});
