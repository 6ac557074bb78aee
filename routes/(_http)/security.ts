/**
 * Headers that keep browsers from being used against the host. They stand
 * before the static files and the file routes, so that those have them too.
 *
 * @module
 */
import { csp } from "fresh";
import { define, type State } from "./define.ts";
import { problem } from "./problem.ts";

/** On rendered pages, `csp()` puts a nonce in the place of `'unsafe-inline'`. */
const PAGES = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
];

/**
 * OBS puts a `<style>` of its own into overlays, and streamers put fonts there.
 * The keyword begins with a capital, which browsers do not mind, so that
 * `csp()` leaves it: beside a nonce it would not count.
 */
const OVERLAY = [
  ...PAGES,
  "style-src 'self' 'Unsafe-inline'",
  "font-src 'self' data: https:",
];

const API = PAGES.map((directive) => `${directive.split(" ")[0]} 'none'`);

const forPages = csp<State>({ useNonce: true, csp: PAGES });
const forOverlay = csp<State>({ useNonce: true, csp: OVERLAY });
const forApi = csp<State>({ csp: API });

const policy = define.middleware((ctx) => {
  const { pathname } = ctx.url;
  if (pathname === "/overlay") return forOverlay(ctx);
  return pathname.startsWith("/api/") ? forApi(ctx) : forPages(ctx);
});

const headers = define.middleware(async (ctx) => {
  const response = await ctx.next();
  const { headers } = response;
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) {
    headers.set("x-frame-options", "SAMEORIGIN");
  }
  // Static files say themselves how long they may be kept.
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  headers.set("x-content-type-options", "nosniff");
  if (!headers.has("referrer-policy")) {
    headers.set("referrer-policy", "no-referrer");
  }
  headers.set("cross-origin-resource-policy", "same-origin");
  if (ctx.state.site?.publicUrl?.startsWith("https:")) {
    headers.set("strict-transport-security", "max-age=31536000");
  }
  return response;
});

/**
 * A request target may be a whole address, and then names another host than
 * `Host` does (RFC 9112, 3.2.2). Which of the two was meant nobody knows.
 */
const addressed = define.middleware((ctx) => {
  const host = ctx.req.headers.get("host");
  if (!host || hostOf(`${ctx.url.protocol}//${host}`) === ctx.url.host) {
    return ctx.next();
  }
  return problem(400, "The address asked for and the Host header differ");
});

function hostOf(address: string): string | null {
  return URL.parse(address)?.host ?? null;
}

/** For `app.use()`, before everything that answers. */
export const secured = define.middleware([policy, headers, addressed]);
