/**
 * The keys of this place, and the browsers signed in with them.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { parse, readJson } from "@/routes/(_http)/input.ts";
import { NewKey } from "@/core/shapes/access.ts";

/** `KeysAnswer` to read, 201 `MadeKey` for a new one; 409 where there are too many. */
export const handler = define.handlers({
  GET(ctx) {
    const { keys, caller } = ctx.state;
    return Response.json({
      keys: keys.list(),
      signIns: keys.signIns(),
      self: caller?.signInId ?? null,
    });
  },

  /** 201 with the plain key, which is told this once. */
  async POST(ctx) {
    const { role, label } = parse(NewKey, await readJson(ctx.req));
    const made = await ctx.state.keys.make(role, label);
    return Response.json(made, { status: 201 });
  },
});
