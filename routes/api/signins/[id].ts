/**
 * One signed-in browser, which the host signs out.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { Problem } from "@/routes/(_http)/problem.ts";

/** 204 once the device is signed out; 404 for none. */
export const handler = define.handlers({
  async DELETE(ctx) {
    const { keys, hub } = ctx.state;
    const id = ctx.params.id!;
    if (!await keys.signOut(id)) {
      throw new Problem(404, "No browser is signed in under this id");
    }
    hub.closeStreams((owner) => owner.signInId === id);
    return new Response(null, { status: 204 });
  },
});
