/**
 * `csp()`: a Content-Security-Policy for every response.
 *
 * @module
 */

import { scopeOf } from "./scope.ts";
import type { Middleware } from "./types.ts";

/** Options of `csp()`. */
export interface CSPOptions {
  /** Directives that are added, or take the place of those of that name. */
  csp?: string[];
  /** Only report, and let everything through. */
  reportOnly?: boolean;
  /** Where browsers send reports. */
  reportTo?: string;
  /**
   * Gives scripts and styles of rendered pages a nonce in the place of
   * `'unsafe-inline'`.
   */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/**
 * A middleware that sets the policy on what comes after it. What is thrown
 * passes it by, and every policy asks for `upgrade-insecure-requests`.
 */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const { reportOnly, reportTo, useNonce } = options;
  const directives = together(options.csp ?? []);
  if (reportTo) directives.push(`report-uri ${reportTo}`, "report-to csp");
  directives.push("upgrade-insecure-requests");
  const header = reportOnly
    ? "content-security-policy-report-only"
    : "content-security-policy";

  return async (ctx) => {
    const scope = scopeOf(ctx);
    if (useNonce) scope.nonce = crypto.randomUUID().replaceAll("-", "");
    const answer = await ctx.next();
    if (answer.status === 101) return answer; // a WebSocket
    const response = new Response(answer.body, answer); // its headers may be set
    const { headers } = response;
    headers.set(header, policy(directives, scope.rendered && scope.nonce));
    if (reportTo) headers.set("reporting-endpoints", `csp="${reportTo}"`);
    return response;
  };
}

/** Defaults without those that are given; of a name given twice, both. */
function together(given: string[]): string[] {
  const names = new Set(given.map(nameOf));
  return [...DEFAULTS.filter((each) => !names.has(nameOf(each))), ...given];
}

function nameOf(directive: string): string {
  return directive.trim().split(/\s+/)[0]!.toLowerCase();
}

/** With a nonce in the place of `'unsafe-inline'`, also where none is read. */
function policy(directives: string[], nonce: string | false | null): string {
  return directives.map((directive) =>
    nonce && /^(default|script|style)-src/.test(nameOf(directive))
      ? directive.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`)
      : directive
  ).join("; ");
}
