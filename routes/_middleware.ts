/**
 * The door of every route: who asks, whether they may, and how a no is said to
 * programs.
 *
 * @module
 */
import type { Context } from "fresh";
import { askingOf } from "@/access/asking.ts";
import { cookieOf } from "@/access/cookies.ts";
import { TooManyError } from "@/access/attempts.ts";
import { type Right, rightOf, type Rights, rightsOf } from "@/access/rights.ts";
import { isOwnPage, whoAsks } from "@/access/role.ts";
import { AwayError } from "@/core/desk.ts";
import { traceOf } from "@/core/why.ts";
import { define, type State } from "@/routes/(_http)/define.ts";
import { chooseLanguage, LANGUAGE_COOKIE, textsOf } from "@/locales/mod.ts";
import { askerOf, peerOf } from "./(_http)/peer.ts";
import {
  Problem,
  problem,
  PROBLEM_TYPE,
  problemOf,
} from "./(_http)/problem.ts";

const READS = new Set(["GET", "HEAD"]);

/** Addresses for programs; their problems are documents, not pages. */
const FOR_PROGRAMS = /^\/(api(\/|$)|healthz$|readyz$|metrics$)/;

/** Problems of the API as documents; those of pages go on to the error page. */
const problems = define.middleware(async (ctx) => {
  if (!FOR_PROGRAMS.test(ctx.url.pathname)) return await pageOf(ctx.next());
  const { metrics, site } = ctx.state;
  let response: Response;
  try {
    response = await ctx.next();
  } catch (error) {
    response = problemOf(error);
    // That something is away is logged where it is found out.
    if (response.status >= 500 && response.status !== 503) {
      const where = `${ctx.req.method} ${ctx.url.pathname}`;
      site.log(`Cannot answer ${where}: ${traceOf(error)}`);
    }
  }
  metrics.countAnswer(response.status);
  return response.status < 400 || isProblem(response)
    ? response
    : problem(response.status, "This cannot be answered");
});

/** A page; where the desk is away, that is said on the error page. */
async function pageOf(page: Promise<Response>): Promise<Response> {
  try {
    return await page;
  } catch (error) {
    if (!(error instanceof AwayError)) throw error;
    throw new Problem(503, error.message);
  }
}

/** Finds out who asks, and stops who may not. */
const admit = define.middleware(async (ctx) => {
  try {
    return await admitted(ctx);
  } catch (error) {
    if (!(error instanceof TooManyError)) throw error;
    const headers = { "retry-after": String(error.seconds) };
    const { errors } = textsOf(ctx.state.language);
    throw new Problem(429, errors.tooManyTries(error.seconds), { headers });
  }
});

function admitted(ctx: Context<State>): Promise<Response> {
  const { req, url, state } = ctx;
  state.language = chooseLanguage(
    cookieOf(req.headers, LANGUAGE_COOKIE),
    req.headers.get("accept-language"),
  );
  state.caller = state.role = null;
  const found = rightsOf(url.pathname);
  if (!found) throw new Problem(404, "There is nothing at this address");

  const { keys, site } = state;
  const publicOrigin = originOf(site.publicUrl);
  const peer = peerOf(ctx.info);
  const asking = askingOf(req, url, peer);
  const verdict = whoAsks(asking, {
    localTrust: site.localTrust,
    publicOrigin,
    holderOfKey: (key) =>
      keys.attempts.guess(askerOf(ctx), key, () => keys.holderOfKey(key)),
    holderOfSignIn: keys.holderOfSignIn,
  });
  state.caller = verdict.caller;
  if (verdict.caller) keys.used(verdict.caller);
  state.role = verdict.caller?.role ?? null;

  const right = rightOf(found.rights, req.method);
  const open = right === "anyone" ||
    (found.pattern === "/metrics" && state.site.metricsPublic);
  if (open) {
    // A browser may be let in here: only where our own page asks for it.
    if (READS.has(req.method) || isOwnPage(asking, publicOrigin)) {
      return ctx.next();
    }
    throw new Problem(403, "A page of another site may not ask for this");
  }
  if (verdict.caller === null && !isForAnyone(found.rights)) {
    throw refused(verdict.status, verdict.reason);
  }
  if (right === null) throw wrongMethod(found.rights);
  if (!may(right, state)) {
    throw new Problem(403, "The key or sign-in used here has not the right to");
  }
  return ctx.next();
}

/** What stands before every route: problems become documents, and strangers stay out. */
export default define.middleware([problems, admit]);

function may(right: Right, { role }: State): boolean {
  return right === "anyone" || (role !== null && right.includes(role));
}

function isForAnyone(rights: Rights): boolean {
  return Object.values(rights).every((right) => right === "anyone");
}

function refused(status: number, reason: string): Problem {
  const headers = { "www-authenticate": "Bearer" };
  return new Problem(status, reason, status === 401 ? { headers } : {});
}

function wrongMethod(rights: Rights): Problem {
  const methods = Object.keys(rights);
  if (methods.includes("GET")) methods.push("HEAD");
  const allow = methods.join(", ");
  return new Problem(405, `This address takes ${allow}`, {
    headers: { allow },
  });
}

function isProblem(response: Response): boolean {
  return response.headers.get("content-type")?.startsWith(PROBLEM_TYPE) ??
    false;
}

function originOf(address: string | null): string | null {
  return address && URL.canParse(address) ? new URL(address).origin : null;
}
