/**
 * Signs this browser out.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { signOutCookie } from "./(_http)/sign_in.ts";

/** 303 to the sign-in once the device is signed out. */
export const handler = define.handlers({
  async POST(ctx) {
    const { accounts = [], caller, hub, keys, site } = ctx.state;
    const id = caller?.signInId ?? null;
    if (id !== null) {
      await keys.signOut(id);
      hub.closeStreams((owner) => owner.signInId === id);
    }
    // All providers' sessions are in one place.
    await accounts[0]?.helpers.signOut(ctx.req);
    const cookie = signOutCookie(ctx.url, site);
    const headers = { location: "/signin", "set-cookie": cookie };
    return new Response(null, { status: 303, headers });
  },
});
