/**
 * Sends a browser to a provider to sign in there.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { accountFor } from "@/routes/(_http)/accounts.ts";
import { askerOf } from "@/routes/(_http)/peer.ts";

/** 302 to the provider; 404 where nobody signs in with it. */
export const handler = define.handlers({
  GET(ctx) {
    const { id, helpers } = accountFor(ctx);
    const { keys, site } = ctx.state;
    keys.attempts.begin(askerOf(ctx));
    return helpers.signIn(ctx.req, {
      callbackPath: `/oauth/${id}/callback`,
      ...(site.publicUrl && { origin: site.publicUrl }),
    });
  },
});
