/**
 * Whether the program is alive.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";

export const handler = define.handlers({
  GET: (ctx) => Response.json({ ok: true, version: ctx.state.site.version }),
});
