/**
 * The host's settings.
 *
 * @module
 */
import { SettingsChange } from "@/core/shapes/settings.ts";
import { define } from "@/routes/(_http)/define.ts";
import { parse, readJson } from "../(_http)/input.ts";

/** `Settings`, also after a change of some; 400 for what is none. */
export const handler = define.handlers({
  GET: (ctx) => Response.json(ctx.state.desk.state().settings),

  /** Changes those that are named; answers all. */
  async PATCH(ctx) {
    const change = parse(SettingsChange, await readJson(ctx.req));
    return Response.json(await ctx.state.desk.changeSettings(change));
  },
});
