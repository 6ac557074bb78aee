/**
 * Stands before Fresh. An address that cannot be read, a `Host` that cannot be
 * one and a method that nobody knows throw in Fresh before any middleware runs:
 * 500 without headers, and the address with its key in the log.
 *
 * @module
 */
import { problem } from "./problem.ts";

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;
/** What every answer has, also one that no middleware has seen. */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

type Handler<Info extends unknown[]> = (
  request: Request,
  ...info: Info
) => Promise<Response>;

/** Answers what Fresh would throw at; all else goes on. */
export function guarded<Info extends unknown[]>(
  handler: Handler<Info>,
): Handler<Info> {
  return async (request, ...info) =>
    refused(request) ?? await handler(request, ...info);
}

function refused({ url, method }: Request): Response | null {
  if (!isReadable(url)) {
    return problem(400, "This address cannot be read", { headers: HEADERS });
  }
  if (METHODS.test(method)) return null;
  const headers = { ...HEADERS, allow: "GET, HEAD, POST, PUT, PATCH, DELETE" };
  return problem(405, "Nothing here takes this method", { headers });
}

function isReadable(url: string): boolean {
  try {
    decodeURI(new URL(url).pathname);
    return true;
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return false;
    throw error;
  }
}
