/**
 * Whether the program is alive.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";

/** `{ ok: true }` as long as the program answers at all. */
export const handler = define.handlers({
  GET: (ctx) => Response.json({ ok: true, version: ctx.state.site.version }),
});
