/**
 * All signed-in devices at once.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";

/** 204 once every other device is signed out. */
export const handler = define.handlers({
  /** Signs every device out, but for the one that asks. */
  async DELETE(ctx) {
    const { keys, hub, caller } = ctx.state;
    await keys.signOutAll(caller?.signInId ?? null);
    hub.closeStreams((owner) => !keys.stillHolds(owner));
    return new Response(null, { status: 204 });
  },
});
