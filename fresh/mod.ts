/**
 * The part of Fresh 2's public API that this project uses, on npm packages
 * alone. README.md says what it leaves out.
 *
 * @module
 */

export { HttpError } from "./http_error.ts";
export { App } from "./server/app.ts";
export type { Context } from "./server/context.ts";
export { csp, type CSPOptions } from "./server/csp.ts";
export { createDefine } from "./server/define.ts";
export { page, type PageResponse } from "./server/page.ts";
export { staticFiles } from "./server/static_files.ts";
export type {
  FreshConfig,
  Handlers,
  Middleware,
  PageProps,
  RouteConfig,
} from "./server/types.ts";
