/**
 * Links that sign another device in.
 *
 * @module
 */
import { isLoopbackHost } from "@/core/loopback.ts";
import { define, type Site } from "@/routes/(_http)/define.ts";
import { qrCode } from "@/outputs/qr.ts";
import { parse, readJson } from "../(_http)/input.ts";
import { pairingLink } from "../(_http)/pairing.ts";
import { Problem } from "../(_http)/problem.ts";
import { NewPairing } from "@/core/shapes/access.ts";

/** `Pairings` to read, `Pairing` for a new link; 409 where no other device comes. */
export const handler = define.handlers({
  /** Where other devices reach this place; none where only this machine does. */
  GET({ state: { site }, url }) {
    return Response.json({ origins: originsOf(site, url) });
  },

  /** 201 with a link that works once, for ten minutes. */
  async POST(ctx) {
    const { role, origin } = parse(NewPairing, await readJson(ctx.req));
    const { keys, caller, site } = ctx.state;
    const origins = originsOf(site, ctx.url);
    const at = origin === undefined ? origins[0] : origin;
    if (at === undefined || !origins.includes(at)) {
      throw new Problem(
        409,
        "No other device reaches this place. Start it with HOST=0.0.0.0",
      );
    }
    const { code, endsAt } = await keys.pair(role, caller!);
    const link = pairingLink(at, code);
    const answer = { link, qr: qrCode(link), endsAt };
    return Response.json(answer, { status: 201 });
  },
});

/** Only our own addresses: a link elsewhere would hand the code over. */
function originsOf(site: Site, url: URL): string[] {
  if (site.publicUrl !== null) return [site.publicUrl];
  const own = isLoopbackHost(url.host) ? [] : [url.origin];
  return [...new Set([...own, ...site.reach?.() ?? []])];
}
