/**
 * One key: replaced or taken away. Either ends its streams at once.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { Problem } from "@/routes/(_http)/problem.ts";

/** `MadeKey` for the one in its place, 204 once it is gone; 404 for none. */
export const handler = define.handlers({
  /** Replaces it; the new one is told this once. */
  async POST(ctx) {
    const { keys, hub } = ctx.state;
    const id = ctx.params.id!;
    const made = await keys.replace(id);
    if (!made) throw noKey();
    hub.closeStreams((owner) => owner.keyId === id);
    return Response.json(made);
  },

  async DELETE(ctx) {
    const { keys, hub } = ctx.state;
    const id = ctx.params.id!;
    if (!await keys.revoke(id)) throw noKey();
    hub.closeStreams((owner) => owner.keyId === id);
    return new Response(null, { status: 204 });
  },
});

function noKey(): Problem {
  return new Problem(
    404,
    "There is no such key to change. The host's own can only be replaced",
  );
}
