/**
 * A viewer's receipts to give away, with the proof that they belong to the
 * evening.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { download, namesOf } from "@/routes/(_http)/download.ts";
import { noViewer, sessionOf } from "@/routes/(_http)/sessions.ts";

/** The file to save; 404 for no session or nobody. */
export const handler = define.handlers({
  async GET(ctx) {
    const session = await sessionOf(ctx);
    const file = await session.proof(ctx.params.viewer!);
    if (!file) throw noViewer();
    async function* lines() {
      yield await Promise.resolve(`${JSON.stringify(file)}\n`);
    }
    return download(lines(), {
      type: "application/json",
      parts: ["receipts", ...namesOf(await session.summary())],
      ending: "json",
    });
  },
});
