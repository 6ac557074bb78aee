/**
 * The door of every route: who asks, whether they may, and how a no is said to
 * programs.
 *
 * @module
 */
import { askingOf, cookieOf } from "@/access/asking.ts";
import { type Right, rightOf, type Rights, rightsOf } from "@/access/rights.ts";
import { whoAsks } from "@/access/role.ts";
import { AwayError } from "@/core/desk.ts";
import { define, type State } from "@/define.ts";
import { chooseLanguage, LANGUAGE_COOKIE } from "@/locales/mod.ts";
import {
  Problem,
  problem,
  PROBLEM_TYPE,
  problemOf,
} from "./(_http)/problem.ts";

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
    if (response.status >= 500 && !(error instanceof AwayError)) {
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
const admit = define.middleware((ctx) => {
  const { req, url, state } = ctx;
  state.language = chooseLanguage(
    cookieOf(req.headers, LANGUAGE_COOKIE),
    req.headers.get("accept-language"),
  );
  state.caller = state.role = null;
  const found = rightsOf(url.pathname);
  if (!found) throw new Problem(404, "There is nothing at this address");

  const verdict = whoAsks(askingOf(req, url, peerOf(ctx.info.remoteAddr)), {
    localTrust: state.site.localTrust,
    publicOrigin: originOf(state.site.publicUrl),
    holderOfKey: state.keys.holderOfKey,
    holderOfSignIn: state.keys.holderOfSignIn,
  });
  state.caller = verdict.caller;
  state.role = verdict.caller?.role ?? null;

  const right = rightOf(found.rights, req.method);
  const open = right === "anyone" ||
    (found.pattern === "/metrics" && state.site.metricsPublic);
  if (open) return ctx.next();
  if (verdict.caller === null && !isForAnyone(found.rights)) {
    throw refused(verdict.status, verdict.reason);
  }
  if (right === null) throw wrongMethod(found.rights);
  if (!may(right, state)) {
    throw new Problem(403, "The key or sign-in used here has not the right to");
  }
  return ctx.next();
});

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

function peerOf(address: Deno.Addr): string | null {
  return "hostname" in address ? address.hostname : null;
}

function originOf(address: string | null): string | null {
  return address && URL.canParse(address) ? new URL(address).origin : null;
}

function traceOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
