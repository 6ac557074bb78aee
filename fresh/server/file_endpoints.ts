/**
 * Makes route files part of the router: every file becomes an endpoint that
 * runs through its folders' error pages and middlewares.
 *
 * @module
 */

import { HttpError } from "../http_error.ts";
import type { Context } from "./context.ts";
import type { RouteFile } from "./build.ts";
import type { Endpoint } from "./endpoints.ts";
import { errorBoundary, errorStatus } from "./error_boundary.ts";
import { readFileRoutes, type RouteFolder } from "./file_routes.ts";
import { joinPaths, pathPattern, pathPrefix } from "./paths.ts";
import { methodsOf, routeHandler } from "./route_handler.ts";
import { effectiveLayouts, type Layout, scopeOf } from "./scope.ts";
import type { Middleware, RouteComponent } from "./types.ts";

/** What the file routes at one place of the app give to the router. */
export interface FileEndpoints {
  endpoints: Endpoint[];
  appWrapper: RouteComponent | null;
  /** What runs for a path that no endpoint answers, down to its folder. */
  folderChain(path: string): Middleware[];
  /** Shows what was thrown outside of the files; null without an error page. */
  showError: Middleware | null;
}

/** Reads a build's route files, placed under `prefix`. */
export function fileEndpoints(
  files: RouteFile[],
  prefix: string,
  order: number,
): FileEndpoints {
  const { routes, folders } = readFileRoutes(files);
  const root = folders.find((folder) => folder.depth === 0);

  const endpoints = routes.map(({ file, pattern, folders }): Endpoint => ({
    pattern: pathPattern(joinPaths(prefix, pattern)),
    methods: methodsOf(file.module),
    run: [...chainOf(folders), routeHandler(file)],
    layouts: layoutsOf(folders),
    order,
    fromFile: true,
  }));
  // A path that is no route lies in no group, and has no parts to read.
  const places = folders.filter(({ path }) => !/[([]/.test(path))
    .map((folder) => ({
      folder,
      covers: pathPrefix(joinPaths(prefix, folder.pattern)),
    }));

  return {
    endpoints,
    appWrapper: root?.files._app?.module.default ?? null,
    folderChain(path) {
      const around = places.filter(({ covers }) => covers(path));
      return chainOf(around.map(({ folder }) => folder));
    },
    showError: root?.files._error ? errorPage(root.files._error, [root]) : null,
  };
}

/**
 * Error pages and middlewares of folders, outermost first. The error page of
 * the routes' root is not among them: it stands outside of all middlewares. A
 * `_404` answers in its folder, with 200 like any page.
 */
function chainOf(folders: RouteFolder[]): Middleware[] {
  return folders.flatMap(({ files }, depth) => {
    const around = folders.slice(0, depth + 1);
    const missing = files._404 && errorPage(files._404, around, () => 200);
    const failed = depth > 0 && files._error &&
      errorPage(files._error, around);
    const boundary = errorBoundary((error) =>
      (isNotFound(error) && missing) || failed || null
    );
    const own = files._middleware ? middlewaresOf(files._middleware) : [];
    return missing || failed ? [boundary, ...own] : own;
  });
}

function isNotFound(error: unknown): boolean {
  return error instanceof HttpError && error.status === 404;
}

/** An error page wrapped as a page of its own folder would be. */
function errorPage(
  file: RouteFile,
  around: RouteFolder[],
  statusOf = (ctx: Context) => errorStatus(ctx.error),
): Middleware {
  const show = routeHandler(file, statusOf);
  const layouts = layoutsOf(around);
  return (ctx) => {
    const scope = scopeOf(ctx);
    Object.assign(scope, effectiveLayouts(layouts, scope.app));
    return show(ctx);
  };
}

function layoutsOf(folders: RouteFolder[]): Layout[] {
  return folders.flatMap(({ files }) => {
    const { default: component, config = {} } = files._layout?.module ?? {};
    return component ? [{ component, config }] : [];
  });
}

function middlewaresOf({ path, module }: RouteFile): Middleware[] {
  const given = [module.handler ?? module.handlers ?? module.default].flat();
  return given.map((middleware) => {
    if (typeof middleware === "function") return middleware as Middleware;
    throw new TypeError(`Cannot use "${path}": it exports no middleware`);
  });
}
