/**
 * Problems as documents (RFC 9457), the same for every program that asks.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9457}
 * @module
 */
import { HttpError } from "fresh";
import { AwayError } from "@/core/desk.ts";
import type { Issue } from "@/core/shapes/problem.ts";

/** Content type of a problem. */
export const PROBLEM_TYPE = "application/problem+json";

/** When to ask again for what is away, in seconds: most is back by then. */
const RETRY_AFTER_S = "2";

/** Reason phrases of RFC 9110. */
const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** What a problem says besides its status and detail. */
interface ProblemMore {
  issues?: Issue[];
  /** Further members of the document. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** A request that cannot be answered as asked; thrown anywhere below a route. */
export class Problem extends HttpError {
  override name = "Problem";

  /** @param detail What to do about it, in one plain sentence. */
  constructor(
    status: number,
    readonly detail: string,
    readonly more: ProblemMore = {},
  ) {
    super(status as ConstructorParameters<typeof HttpError>[0], detail);
  }
}

/** A problem as a response. */
export function problem(
  status: number,
  detail: string,
  more: ProblemMore = {},
): Response {
  const title = TITLES[status] ?? "Error";
  const { issues, members, headers } = more;
  const body = {
    type: "about:blank",
    title,
    status,
    detail,
    ...(issues ? { issues } : {}),
    ...members,
  };
  return Response.json(body, {
    status,
    headers: { ...headers, "content-type": PROBLEM_TYPE },
  });
}

/** What is away, and when to ask again. */
export function awayProblem(
  error: AwayError,
  detail: string = error.message,
): Problem {
  return new Problem(503, detail, {
    members: { code: error.code },
    headers: { "retry-after": RETRY_AFTER_S },
  });
}

/** What was thrown as a response; a surprise says nothing of its inside. */
export function problemOf(error: unknown): Response {
  if (error instanceof AwayError) return problemOf(awayProblem(error));
  if (error instanceof Problem) {
    return problem(error.status, error.detail, error.more);
  }
  if (error instanceof HttpError && error.status < 500) {
    return problem(error.status, error.message);
  }
  return problem(
    error instanceof HttpError ? error.status : 500,
    "Something went wrong here. What was recorded is safe; try again",
  );
}
