/**
 * A session's board as a table for people.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { download, namesOf } from "@/routes/(_http)/download.ts";
import { sessionOf } from "@/routes/(_http)/sessions.ts";

/** A table of the board to save; 404 for no session. */
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
