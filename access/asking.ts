/**
 * Reads from a request what decides its role, and nothing else.
 *
 * @module
 */
import { cookieOf } from "./cookies.ts";
import { MAX_KEYS } from "./key_book.ts";
import type { Asking } from "./role.ts";

/** The cookie of a signed-in browser. */
export const SIGN_IN_COOKIE = "sign_in";
/** The cookie of a browser that was signed in here once; it opens nothing. */
export const DEVICE_COOKIE = "device";

/** Headers that a proxy or a tunnel leaves; one is enough. */
const FORWARDING = new Set([
  "forwarded",
  "via",
  "x-real-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-rewrite-url",
  "x-request-id",
  "x-cloud-trace-context",
  "true-client-ip",
  "client-ip",
  "cdn-loop",
  "ngrok-trace-id",
]);
const FORWARDING_PREFIXES = [
  "x-forwarded",
  "x-original-",
  "x-proxy",
  "proxy-",
  "x-envoy-",
  "x-amz",
  "x-arr-",
  "x-azure-",
  "x-appengine-",
  "x-vercel-",
  "x-akamai-",
  "akamai-",
  "cf-",
  "fastly-",
  "fly-",
  "tailscale-",
];

/**
 * What a request says of itself.
 *
 * @param peer The address at the other end of the connection.
 */
export function askingOf(
  request: Request,
  url: URL,
  peer: string | null,
): Asking {
  const { headers } = request;
  return {
    method: request.method,
    path: url.pathname,
    protocol: url.protocol,
    peer,
    host: headers.get("host") ?? url.host,
    isNamed: headers.has("host"),
    origin: headers.get("origin"),
    site: headers.get("sec-fetch-site"),
    mode: headers.get("sec-fetch-mode"),
    dest: headers.get("sec-fetch-dest"),
    forwarded: isForwarded(headers),
    bearer: bearerOf(headers.get("authorization")),
    cookie: cookieOf(headers, SIGN_IN_COOKIE),
    addressKeys: url.searchParams.getAll("key").slice(0, MAX_KEYS),
  };
}

/** Whether any proxy has left a header. */
export function isForwarded(headers: Headers): boolean {
  return [...headers.keys()].some(isForwarding);
}

function isForwarding(name: string): boolean {
  return FORWARDING.has(name) ||
    FORWARDING_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function bearerOf(authorization: string | null): string | null {
  const found = /^bearer(?:\s+(.*))?$/i.exec(authorization?.trim() ?? "");
  return found ? found[1]?.trim() ?? "" : null;
}
