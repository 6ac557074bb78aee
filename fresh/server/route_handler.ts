/**
 * Turns what a route file exports into a handler.
 *
 * @module
 */

import type { Context } from "./context.ts";
import { HttpError } from "../http_error.ts";
import { PageResponse } from "./page.ts";
import { scopeOf } from "./scope.ts";
import type {
  HandlerFn,
  Method,
  Middleware,
  RouteComponent,
  RouteModule,
} from "./types.ts";
import { callComponent } from "./wrap.ts";

/** The methods a route answers. A page answers GET, which serves HEAD too. */
export function methodsOf(module: RouteModule): "ALL" | Method[] {
  if (module.config?.methods) return module.config.methods;
  const handler = module.handler ?? module.handlers;
  if (typeof handler === "function") return "ALL";
  const methods = Object.keys(handler ?? {}) as Method[];
  return module.default ? [...new Set<Method>(["GET", ...methods])] : methods;
}

/**
 * @param path The route's file, for messages.
 * @param status Given if the route is an error page, whose status follows the
 * error.
 */
export function routeHandler(
  { path, module }: { path: string; module: RouteModule },
  statusOf: (ctx: Context) => number = () => 200,
): Middleware {
  const component = module.default;
  const handlers = module.handler ?? module.handlers ?? {};

  return async function route(ctx) {
    const handler = typeof handlers === "function"
      ? handlers
      : handlerFor(ctx.req.method, handlers);
    const given = await handler?.(ctx);
    if (given instanceof Response) return given;
    if (!component) {
      if (!handler) throw new HttpError(405);
      throw new TypeError(`Cannot answer with "${path}": it gave no response`);
    }
    skipWrappers(ctx, module);
    const status = given?.status ?? statusOf(ctx);
    const init = { status, headers: given?.headers };
    return await renderComponent(ctx, component, given, init);
  };
}

function handlerFor(
  method: string,
  handlers: { [M in Method]?: HandlerFn },
): HandlerFn | undefined {
  const own = Object.hasOwn(handlers, method)
    ? handlers[method as Method]
    : undefined;
  return own ?? (method === "HEAD" ? handlers.GET : undefined);
}

async function renderComponent(
  ctx: Context,
  component: RouteComponent,
  given: PageResponse<unknown> | undefined,
  init: ResponseInit,
): Promise<Response> {
  const content = await callComponent(ctx, component, { data: given?.data });
  if (content instanceof Response) return content;
  return await ctx.render(content, init);
}

function skipWrappers(ctx: Context, { config }: RouteModule): void {
  const scope = scopeOf(ctx);
  if (config?.skipInheritedLayouts) scope.layouts = [];
  if (config?.skipAppWrapper) scope.appWrapper = null;
}
