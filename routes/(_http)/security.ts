/**
 * Headers that keep browsers from being used against the host. They stand
 * before the static files and the file routes, so that those have them too.
 *
 * @module
 */
import { csp } from "fresh";
import { h } from "preact";
import { traceOf } from "@/core/why.ts";
import { ErrorPage, headersOf, statusOf } from "../(_pages)/ErrorPage.tsx";
import { define, type State } from "./define.ts";
import { problem } from "./problem.ts";

/** On rendered pages, `csp()` puts a nonce in the place of `'unsafe-inline'`. */
const PAGES = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  // With a capital, which browsers do not mind: `csp()` would put its nonce
  // here, too, and elements' own styles take none.
  "style-src-attr 'Unsafe-inline'",
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
  // Of a directive that is there twice browsers take the first.
  ...PAGES.filter((directive) => !/^(style|font)-src /.test(directive)),
  "style-src 'self' 'Unsafe-inline'",
  "font-src 'self' data: https:",
];

/** One file with all it needs, which says itself exactly what it may run. */
const VERIFY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
];

const API = PAGES.map((directive) => `${directive.split(" ")[0]} 'none'`);

const POLICY = "content-security-policy";

const forPages = csp<State>({ useNonce: true, csp: PAGES });
const forOverlay = csp<State>({ useNonce: true, csp: OVERLAY });
const forVerify = csp<State>({ csp: VERIFY });
const forApi = csp<State>({ csp: API });

const policy = define.middleware(async (ctx) => {
  const pathname = ctx.url.pathname.replace(/(.)\/$/, "$1");
  const respond = pathname === "/overlay"
    ? forOverlay
    : /^\/verify(\.html)?$/.test(pathname)
    ? forVerify
    : /^\/api(\/|$)/.test(pathname)
    ? forApi
    : forPages;
  const response = await respond(ctx);
  const policy = response.headers.get(POLICY);
  if (policy) response.headers.set(POLICY, overPlainHttp(policy));
  return response;
});

/** Pages come over plain HTTP at home, and so do their styles and scripts. */
function overPlainHttp(policy: string): string {
  return policy.split("; ")
    .filter((directive) => directive !== "upgrade-insecure-requests")
    .join("; ");
}

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

/**
 * Shows what was thrown while the other middlewares can still see the answer:
 * the error page of the routes stands outside of all of them.
 */
const errorPages = define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    const status = statusOf(error);
    if (status >= 500 && status !== 503) {
      const where = `${ctx.req.method} ${ctx.url.pathname}`;
      ctx.state.site.log(`Cannot answer ${where}: ${traceOf(error)}`);
    }
    const { req, state } = ctx;
    const shown = h(ErrorPage, { error, req, state });
    return await ctx.render(shown, { status, headers: headersOf(error) });
  }
});

/** The body that a `HEAD` does not get is not left open. */
const heads = define.middleware(async (ctx) => {
  const response = await ctx.next();
  if (ctx.req.method !== "HEAD" || !response.body) return response;
  await response.body.cancel();
  return new Response(null, response);
});

function hostOf(address: string): string | null {
  return URL.parse(address)?.host ?? null;
}

/** For `app.use()`, before everything that answers. */
export const secured = define.middleware([
  policy,
  headers,
  heads,
  errorPages,
  addressed,
]);
