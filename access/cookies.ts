/**
 * Cookies of a request, and for an answer (RFC 6265).
 *
 * @module
 */

/** What a cookie is besides its value. */
interface CookieOptions {
  path: string;
  sameSite: "Lax" | "Strict";
  secure: boolean;
  /** Seconds; 0 takes it away. */
  maxAge: number;
}

/** A `Set-Cookie` header that scripts cannot read back. */
export function setCookie(
  name: string,
  value: string,
  { path, sameSite, secure, maxAge }: CookieOptions,
): string {
  const parts = [`${name}=${value}`, `Path=${path}`, "HttpOnly"];
  parts.push(`SameSite=${sameSite}`, `Max-Age=${maxAge}`);
  if (secure) parts.push("Secure");
  return parts.join("; ");
}

/** A cookie of a request, or null. */
export function cookieOf(headers: Headers, name: string): string | null {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) {
      return part.slice(at + 1).trim();
    }
  }
  return null;
}
