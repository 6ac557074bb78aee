/**
 * The cookies of a signed-in browser, and where it goes.
 *
 * @module
 */
import { DEVICE_COOKIE, SIGN_IN_COOKIE } from "@/access/asking.ts";
import { cookieOf, setCookie } from "@/access/cookies.ts";
import { SIGN_IN_MS } from "@/access/keys.ts";
import type { Role } from "@/core/views.ts";
import type { Site, State } from "./define.ts";

/** How long a browser keeps the mark that it was here, in seconds. */
const DEVICE_SECONDS = 400 * 24 * 60 * 60;

/** Where a role goes on after its sign-in. */
export function homeOf(role: Role): string {
  return role === "host" || role === "moderator" ? "/admin" : "/overlay";
}

/** The page that a role may begin at; a stranger's is the sign-in. */
export function beginningOf(role: Role | null | undefined): string {
  if (role === "host" || role === "moderator") return "/";
  return role === "display" ? "/overlay" : "/signin";
}

/**
 * Cookies of a browser that is let in: a token, out of the reach of scripts and
 * other sites, and a mark by which the device is known again.
 */
export function signInCookies(
  token: string,
  { req, url, state: { keys, site } }: { req: Request; url: URL; state: State },
): [string, string][] {
  const known = cookieOf(req.headers, DEVICE_COOKIE);
  const mark = keys.deviceOf(known) === null ? keys.markDevice() : known!;
  const isSecure = isEncrypted(url, site);
  // Lax: whoever follows the host's link from a chat brings the mark along.
  const device = setCookie(DEVICE_COOKIE, mark, {
    path: "/",
    sameSite: "Lax",
    secure: isSecure,
    maxAge: DEVICE_SECONDS,
  });
  return [
    ["set-cookie", signInCookie(token, SIGN_IN_MS / 1000, isSecure)],
    ["set-cookie", device],
  ];
}

/** Takes the sign-in away. */
export function signOutCookie(url: URL, site: Site): string {
  return signInCookie("", 0, isEncrypted(url, site));
}

function isEncrypted(url: URL, site: Site): boolean {
  return url.protocol === "https:" ||
    (site.publicUrl?.startsWith("https:") ?? false);
}

function signInCookie(value: string, maxAge: number, secure: boolean): string {
  const rest = { path: "/", sameSite: "Strict", secure, maxAge } as const;
  return setCookie(SIGN_IN_COOKIE, value, rest);
}
