/**
 * Finds what answers a request and runs everything that applies to it.
 *
 * @module
 */

import { HttpError } from "../http_error.ts";
import type { Build } from "./build.ts";
import { runChain } from "./chain.ts";
import { Context, type ContextInit } from "./context.ts";
import { createFinder, type Endpoint, type Found } from "./endpoints.ts";
import { errorBoundary, plainError } from "./error_boundary.ts";
import { type FileEndpoints, fileEndpoints } from "./file_endpoints.ts";
import type { Item } from "./items.ts";
import { pathPattern, pathPrefix } from "./paths.ts";
import { effectiveLayouts, type Scope, setScope } from "./scope.ts";
import type { Middleware } from "./types.ts";

/** A request, and its path without the base path. */
export type RouterInput =
  & Omit<ContextInit, "params" | "route">
  & { path: string };

/** An item that may cover a path, with its place in the app. */
interface Step {
  item: Item;
  order: number;
  covers: (path: string) => boolean;
  files: FileEndpoints | null;
}

/** Compiles an app's items into a function that answers requests. */
export function createRouter(
  items: Item[],
  build: Build,
): (input: RouterInput) => Promise<Response> {
  const steps = items.map((item, order): Step => ({
    item,
    order,
    covers: pathPrefix(item.path),
    files: item.type === "files"
      ? fileEndpoints(build.routes, item.path, order)
      : null,
  }));
  const find = createFinder(steps.flatMap(endpointsOf));

  return async ({ path: asked, ...init }) => {
    const path = withoutSlashes(asked);
    const found = find(init.req.method, path);
    const route = found.endpoint?.pattern.source ?? null;
    const ctx = new Context({ ...init, params: found.params, route });
    const around = steps.filter(({ covers }) => covers(path));
    const scope: Scope = {
      ...wrappersOf(around, found.endpoint),
      build,
      nonce: null,
      rendered: false,
    };
    setScope(ctx, scope);
    const chain = chainOf(around, found, path);
    return await runChain(chain, ctx)
      .catch((error: unknown) => plainError(ctx, error));
  };
}

/** `//admin` and `/admin/` are answered as `/admin` is. */
function withoutSlashes(path: string): string {
  return path.replaceAll(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
}

function endpointsOf({ item, order, files }: Step): Endpoint[] {
  if (files) return files.endpoints;
  if (item.type !== "route") return [];
  const { path, methods, run } = item;
  const pattern = pathPattern(path);
  return [{ pattern, methods, run, layouts: [], order, fromFile: false }];
}

/** The app wrapper that comes last, and the layouts before the endpoint. */
function wrappersOf(around: Step[], endpoint: Endpoint | null) {
  const layouts = upTo(endpoint, around).flatMap(({ item }) =>
    item.type === "layout" ? [item] : []
  );
  const app =
    around.flatMap(({ item, files }) =>
      item.type === "appWrapper" ? [item.component] : files?.appWrapper ?? []
    ).at(-1) ?? null;
  const all = [...layouts, ...endpoint?.layouts ?? []];
  return { app, ...effectiveLayouts(all, app) };
}

function chainOf(around: Step[], found: Found, path: string): Middleware[] {
  const { endpoint, allowed } = found;
  const steps = upTo(endpoint, around).flatMap(({ item }) => {
    if (item.type === "middleware") return item.run;
    return item.type === "error" ? [errorBoundary(() => item.run)] : [];
  });
  const chain = [outermost(around), ...steps];
  if (endpoint) return [...chain, ...endpoint.run, notFound];
  if (allowed.length > 0) return [...chain, refuseMethod(allowed)];
  const folders = around.flatMap(({ files }) => files?.folderChain(path) ?? []);
  return [...chain, ...folders, ...missing(around)];
}

/** Items before the one that answers. */
function upTo(endpoint: Endpoint | null, around: Step[]): Step[] {
  const end = endpoint?.order ?? Infinity;
  return around.filter(({ order }) => order < end);
}

/** Shows what was thrown before any other boundary was reached. */
function outermost(around: Step[]): Middleware {
  const shows = around.flatMap(({ item, files }) =>
    item.type === "error" ? [item.run] : files?.showError ?? []
  );
  return errorBoundary(() => shows.at(-1) ?? null);
}

function missing(around: Step[]): Middleware[] {
  const own = around.flatMap(({ item }) =>
    item.type === "notFound" ? [item.run] : []
  ).at(-1);
  if (!own) return [notFound];
  return [(ctx) => {
    ctx.error = new HttpError(404);
    return own(ctx);
  }];
}

function notFound(): never {
  throw new HttpError(404);
}

function refuseMethod(allowed: string[]): Middleware {
  const headers = { allow: allowed.join(", ") };
  return (ctx) => ctx.text("Method Not Allowed", { status: 405, headers });
}
