/**
 * Catches what is thrown further in, and shows it.
 *
 * @module
 */

import { HttpError } from "../http_error.ts";
import type { Context } from "./context.ts";
import { scopeOf } from "./scope.ts";
import type { Middleware } from "./types.ts";

/** The status an error is answered with: its own, or 500. */
export function errorStatus(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}

/**
 * A middleware that has what is thrown after it shown.
 *
 * @param choose The error page for what was thrown; null lets it go on to the
 * next boundary.
 */
export function errorBoundary(
  choose: (error: unknown) => Middleware | null,
): Middleware {
  return async function boundary(ctx) {
    try {
      return await ctx.next();
    } catch (error) {
      const show = choose(error);
      if (!show || isForDeveloper(ctx, error)) throw error;
      report(ctx, error);
      ctx.error = error;
      return await show(ctx);
    }
  };
}

/** The last answer to an error: its status, and no word of the inside. */
export async function plainError(
  ctx: Context,
  error: unknown,
): Promise<Response> {
  report(ctx, error);
  if (isForDeveloper(ctx, error)) {
    const shown = scopeOf(ctx).build.showError?.(error, ctx.req);
    if (shown) return await shown;
  }
  const status = errorStatus(error);
  const text = error instanceof HttpError && status < 500
    ? error.message
    : "Internal Server Error";
  return ctx.text(text, { status });
}

/** Whether an error is better shown with its place than as visitors see it. */
function isForDeveloper(ctx: Context, error: unknown): boolean {
  return ctx.config.mode === "development" && !(error instanceof HttpError);
}

/** Tells the operator of errors that no route meant to send. */
function report(ctx: Context, error: unknown): void {
  if (errorStatus(error) < 500) return;
  console.error(`${ctx.req.method} ${ctx.url.pathname} failed:`, error);
}
