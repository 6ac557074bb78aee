/**
 * Runs middlewares one inside the other.
 *
 * @module
 */

import type { Context } from "./context.ts";
import type { Middleware } from "./types.ts";

/** Runs the first middleware; each runs those after it with `ctx.next()`. */
export async function runChain(
  chain: Middleware[],
  ctx: Context,
): Promise<Response> {
  const run = async (at: number): Promise<Response> => {
    const middleware = chain[at];
    if (!middleware) throw new Error("Cannot go on: nothing comes after this");
    const outer = ctx.next;
    ctx.next = () => run(at + 1);
    try {
      const response = await middleware(ctx);
      if (response instanceof Response) return response;
      throw new TypeError(
        `Cannot answer ${ctx.req.method} ${ctx.url.pathname}: ` +
          `"${middleware.name}" gave no response`,
      );
    } finally {
      ctx.next = outer; // a middleware may go on twice
    }
  };
  return await run(0);
}
