/**
 * The words that apps and this folder share.
 *
 * @module
 */

import type { ComponentChildren, FunctionComponent } from "preact";
import type { Context } from "./context.ts";
import type { PageResponse } from "./page.ts";

/** Options of an app. */
export interface FreshConfig {
  /** Path under which the whole app lives, such as `/tools`. */
  basePath?: string;
  /**
   * Whether `ctx.url` follows `X-Forwarded-Proto` and `X-Forwarded-Host`. Only
   * for a server that a trusted proxy stands in front of.
   */
  trustProxy?: boolean;
}

/** The options with their defaults, and how the app is being run. */
export interface ResolvedFreshConfig extends Required<FreshConfig> {
  mode: "development" | "production";
}

/** What a handler may give. */
type Awaitable<T> = T | Promise<T>;

/** Answers a request, or hands it on with `ctx.next()`. */
export type Middleware<State = unknown> = (
  ctx: Context<State>,
) => Awaitable<Response>;

/** HTTP methods a route may answer. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH";

/** One method of a route: a response, or `page(data)` to render the page. */
export type HandlerFn<Data = unknown, State = unknown> = (
  ctx: Context<State>,
) => Awaitable<Response | PageResponse<Data>>;

/** Handlers of a route by method. */
export type HandlerByMethod<Data = unknown, State = unknown> = {
  [M in Method]?: HandlerFn<Data, State>;
};

/** Either one handler for every method, or handlers by method. */
export type RouteHandler<Data = unknown, State = unknown> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** Another name of `HandlerByMethod`. */
export type Handlers<Data = unknown, State = unknown> = HandlerByMethod<
  Data,
  State
>;

/** What pages, layouts, the app wrapper and error pages are given. */
export interface PageProps<Data = unknown, State = unknown> extends
  Pick<
    Context<State>,
    | "config"
    | "error"
    | "info"
    | "isPartial"
    | "params"
    | "req"
    | "route"
    | "state"
    | "url"
  > {
  /** What the handler gave to `page()`. */
  data: Data;
  /** The content inside a layout or an app wrapper. */
  Component: FunctionComponent;
}

/** A page, layout or wrapper; an async one may answer with a response. */
export type RouteComponent<Data = unknown, State = unknown> = (
  props: PageProps<Data, State>,
) => ComponentChildren | Promise<ComponentChildren | Response>;

/** What layouts may leave out. */
export interface LayoutConfig {
  /** Leave out the layouts of the folders above. */
  skipInheritedLayouts?: boolean;
  /** Leave out the app wrapper. */
  skipAppWrapper?: boolean;
}

/** The `config` of a route file. */
export interface RouteConfig extends LayoutConfig {
  /** A pattern that takes the place of the one made from the file's name. */
  routeOverride?: string;
  /** The only methods the route answers. */
  methods?: "ALL" | Method[];
}

/** What a route file exports, and what `app.route()` takes as one object. */
export interface RouteModule {
  default?: RouteComponent;
  handler?: RouteHandler;
  handlers?: RouteHandler;
  config?: RouteConfig;
}

/** `app.route()`'s description of a route. */
export interface Route<State = unknown> {
  component?: RouteComponent<never, State>;
  handler?: RouteHandler<unknown, State>;
  config?: RouteConfig;
}

/** What `Deno.serve` tells about a request. */
export type ServeInfo = Deno.ServeHandlerInfo<Deno.Addr>;

/** A request handler, as `Deno.serve` takes it. */
export type Handler = (
  request: Request,
  info?: ServeInfo,
) => Promise<Response>;
