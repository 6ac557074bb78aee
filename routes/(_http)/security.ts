/**
 * Headers that keep browsers from being used against the host. They stand
 * before the static files and the file routes, so that error pages have them
 * too.
 *
 * @module
 */
import { csp } from "fresh";
import { define, type State } from "@/define.ts";

/** Hosts that TikTok serves avatars from. */
const AVATARS = [
  "https://*.tiktokcdn.com",
  "https://*.tiktokcdn-us.com",
  "https://*.tiktokcdn-eu.com",
].join(" ");

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Gives the page its nonce; the policy around it is made below. */
const withNonce = csp<State>({
  useNonce: true,
  csp: ["script-src 'self' 'unsafe-inline'"],
});

const policies = define.middleware(async (ctx) => {
  const response = await ctx.next();
  const { headers } = response;
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  const isApi = ctx.url.pathname.startsWith("/api/");
  const given = headers.get("content-security-policy") ?? "";
  headers.delete("content-security-policy");
  if (isPage) {
    const nonce = /'nonce-[^']+'/.exec(given)?.[0] ?? "";
    headers.set(
      "content-security-policy",
      pagePolicy(nonce, ctx.url.pathname === "/overlay"),
    );
    headers.set("x-frame-options", "SAMEORIGIN");
  } else if (isApi) {
    headers.set("content-security-policy", API_POLICY);
  }
  if ((isPage || isApi) && !headers.has("cache-control")) {
    headers.set("cache-control", "no-store");
  }
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cross-origin-resource-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  return response;
});

/** For `app.use()`, before everything that answers. */
export const secured = define.middleware([policies, withNonce]);

/**
 * What a page may load and do.
 *
 * @param nonce Of its inline scripts and styles; empty if it has none.
 * @param isOverlay OBS puts a `<style>` of its own into overlays, and
 * streamers put fonts there.
 */
export function pagePolicy(nonce: string, isOverlay: boolean): string {
  const styles = isOverlay ? "'unsafe-inline'" : nonce;
  return [
    "default-src 'self'",
    `script-src 'self' ${nonce}`,
    `style-src 'self' ${styles}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob: ${AVATARS}`,
    `font-src 'self' data:${isOverlay ? " https:" : ""}`,
    "media-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].map((directive) => directive.trim()).join("; ");
}
