/**
 * Whether the program is alive.
 *
 * @module
 */
import { define } from "@/define.ts";

export const handler = define.handlers({
  GET: (ctx) => Response.json({ ok: true, version: ctx.state.site.version }),
});
