/**
 * How OBS is set up. Its password is written here and read nowhere.
 *
 * @module
 */
import { ObsChange } from "@/core/shapes/obs.ts";
import { define } from "@/routes/(_http)/define.ts";
import { parse, readJson } from "../(_http)/input.ts";
import { Problem } from "../(_http)/problem.ts";

/** `ObsSettings`, also after a change. */
export const handler = define.handlers({
  GET: async (ctx) => Response.json(await ctx.state.desk.obsSettings()),

  /** Changes what is named; answers all of it. 409 for what is set outside. */
  async PATCH(ctx) {
    const { desk } = ctx.state;
    const change = parse(ObsChange, await readJson(ctx.req));
    const { fixed } = await desk.obsSettings();
    for (const name of ["address", "password"] as const) {
      if (fixed[name] && change[name] !== undefined) {
        const setting = name === "address" ? "OBS_URL" : "OBS_PASSWORD";
        throw new Problem(409, `The environment sets this, as ${setting}`);
      }
    }
    return Response.json(await desk.changeObs(change));
  },
});
