/**
 * The cookie of a signed-in browser.
 *
 * @module
 */
import { SIGN_IN_COOKIE } from "@/access/asking.ts";
import { SIGN_IN_MS } from "@/access/keys.ts";
import type { Role } from "@/core/views.ts";
import type { Site } from "@/define.ts";

/** Where a role begins. */
export function homeOf(role: Role): string {
  return role === "host" || role === "moderator" ? "/admin" : "/overlay";
}

/** Keeps a token in the browser, out of the reach of scripts and other sites. */
export function signInCookie(token: string, url: URL, site: Site): string {
  return cookie(token, SIGN_IN_MS / 1000, url, site);
}

/** Takes it away. */
export function signOutCookie(url: URL, site: Site): string {
  return cookie("", 0, url, site);
}

function cookie(value: string, seconds: number, url: URL, site: Site): string {
  const encrypted = url.protocol === "https:" ||
    (site.publicUrl?.startsWith("https:") ?? false);
  return [
    `${SIGN_IN_COOKIE}=${value}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Strict",
    `Max-Age=${seconds}`,
    ...encrypted ? ["Secure"] : [],
  ].join("; ");
}
