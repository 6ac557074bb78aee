/**
 * The API, described for programs.
 *
 * @module
 */
import { define, type Site } from "@/routes/(_http)/define.ts";
import { openapi } from "../(_http)/openapi.ts";

/** Made once: it takes some 40 ms of the game's own thread. */
const made = new WeakMap<Site, string>();

function documentOf(site: Site): string {
  const known = made.get(site);
  if (known !== undefined) return known;
  const text = JSON.stringify(openapi(site));
  made.set(site, text);
  return text;
}

/** An OpenAPI 3.1 document, made once. */
export const handler = define.handlers({
  GET: (ctx) =>
    new Response(documentOf(ctx.state.site), {
      headers: { "content-type": "application/json" },
    }),
});
