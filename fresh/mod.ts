/**
 * The part of Fresh 2's public API that this project uses, on npm packages
 * alone. README.md says what it leaves out.
 *
 * @module
 */

export { HttpError } from "./http_error.ts";
export { App } from "./server/app.ts";
export { type Chunks, Context } from "./server/context.ts";
export { csp, type CspOptions } from "./server/csp.ts";
export { createDefine, type Define } from "./server/define.ts";
export { page, PageResponse } from "./server/page.ts";
export { staticFiles } from "./server/static_files.ts";
export type {
  FreshConfig,
  Handler,
  HandlerByMethod,
  HandlerFn,
  Handlers,
  LayoutConfig,
  Method,
  Middleware,
  PageProps,
  ResolvedFreshConfig,
  Route,
  RouteComponent,
  RouteConfig,
  RouteHandler,
} from "./server/types.ts";
