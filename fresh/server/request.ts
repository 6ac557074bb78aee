/**
 * Reads a request as the app should see it: behind a proxy, under a base path.
 *
 * @module
 */

import type { RouterInput } from "./router.ts";
import type { ResolvedFreshConfig, ServeInfo } from "./types.ts";

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/**
 * What the router is given for a request; null outside of the base path.
 *
 * @throws {Error} For an address that cannot be read, and a method unknown.
 */
export function toInput(
  req: Request,
  config: ResolvedFreshConfig,
  info: ServeInfo = NO_INFO,
): RouterInput | null {
  const url = new URL(req.url);
  decodeURI(url.pathname);
  if (!METHODS.test(req.method)) {
    throw new Error(`Unknown HTTP method: ${req.method}`);
  }
  if (config.trustProxy) followProxy(url, req.headers);
  const path = withoutBase(url.pathname, config.basePath);
  return path === null ? null : { req, url, path, config, info };
}

/** Where requests come from that no server took in, as in tests. */
const NO_INFO: ServeInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

function followProxy(url: URL, headers: Headers): void {
  const protocol = headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim();
  if (protocol === "http" || protocol === "https") {
    url.protocol = `${protocol}:`;
  }
  if (host) {
    url.port = "";
    url.host = host; // a malformed one leaves the host as it is
  }
}

/** The path inside the base path; null if it lies outside. */
function withoutBase(path: string, basePath: string): string | null {
  if (basePath === "") return path;
  if (path === basePath) return "/";
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : null;
}
