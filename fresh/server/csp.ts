/**
 * `csp()`: a Content-Security-Policy for every response.
 *
 * @module
 */

import { scopeOf } from "./scope.ts";
import type { Middleware } from "./types.ts";

/** Options of `csp()`. */
interface CspOptions {
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

/** A middleware that sets the policy on what comes after it. */
export function csp<State>(options: CspOptions = {}): Middleware<State> {
  const { reportOnly, reportTo, useNonce } = options;
  const directives = merge([
    ...DEFAULTS,
    ...options.csp ?? [],
    ...reportTo ? [`report-uri ${reportTo}`, "report-to csp"] : [],
  ]);
  const header = reportOnly
    ? "content-security-policy-report-only"
    : "content-security-policy";

  return (ctx) => {
    const scope = scopeOf(ctx);
    if (useNonce) scope.nonce = crypto.randomUUID().replaceAll("-", "");
    // Error pages made outside of this middleware are covered, too.
    scope.finish.push(({ headers }) => {
      headers.set(header, policy(directives, scope.rendered && scope.nonce));
      if (reportTo) headers.set("reporting-endpoints", `csp="${reportTo}"`);
    });
    return ctx.next();
  };
}

/** Directives by name; the last of a name counts. */
function merge(directives: string[]): Map<string, string> {
  return new Map(directives.map((directive) => {
    const [name = "", ...values] = directive.trim().split(/\s+/);
    return [name.toLowerCase(), values.join(" ")];
  }));
}

function policy(directives: Map<string, string>, nonce: string | false | null) {
  return [...directives].map(([name, values]) => {
    const takesNonce = nonce &&
      /^(script|style)-src(-elem)?$/.test(name);
    const allowed = takesNonce
      ? values.replaceAll("'unsafe-inline'", `'nonce-${nonce}'`)
      : values;
    return `${name} ${allowed}`.trim();
  }).join("; ");
}
