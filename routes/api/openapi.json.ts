/**
 * The API, described for programs.
 *
 * @module
 */
import { define } from "@/define.ts";
import { openapi } from "../(_http)/openapi.ts";

export const handler = define.handlers({
  GET: (ctx) => Response.json(openapi(ctx.state.site)),
});
