/**
 * `App`: gathers middlewares, routes and layouts in order, and answers requests
 * with them.
 *
 * @module
 */

import { setBuildId } from "../asset.ts";
import { type Build, EMPTY_BUILD } from "./build.ts";
import { registerIsland } from "./islands.ts";
import type { Item } from "./items.ts";
import { joinPaths } from "./paths.ts";
import { toInput } from "./request.ts";
import { methodsOf, routeHandler } from "./route_handler.ts";
import { createRouter } from "./router.ts";
import type {
  FreshConfig,
  Handler,
  LayoutConfig,
  Method,
  Middleware,
  ResolvedFreshConfig,
  Route,
  RouteComponent,
  RouteModule,
} from "./types.ts";

/** What apps of any state have in common with their parts. */
interface Inside {
  items: Item[];
  build: Build;
}

const insides = new WeakMap<object, Inside>();

/** A web application. Items apply from top to bottom. */
export class App<State = unknown> {
  /** The options, with their defaults. */
  readonly config: ResolvedFreshConfig;

  constructor(config: FreshConfig = {}) {
    const basePath = joinPaths("/", config.basePath ?? "").replace(/^\/$/, "");
    const trustProxy = config.trustProxy ?? false;
    this.config = { basePath, trustProxy, mode: "production" };
    insides.set(this, { items: [], build: EMPTY_BUILD });
  }

  /** Runs middlewares for every path, or for one and those below it. */
  use(...middlewares: Middleware<State>[]): this;
  use(path: string, ...middlewares: Middleware<State>[]): this;
  use(...given: (string | Middleware<State>)[]): this {
    const path = typeof given[0] === "string" ? given.shift() as string : "*";
    return this.#add({ type: "middleware", path, run: given as Middleware[] });
  }

  get(path: string, ...run: Middleware<State>[]): this {
    return this.#route(["GET"], path, run);
  }

  post(path: string, ...run: Middleware<State>[]): this {
    return this.#route(["POST"], path, run);
  }

  put(path: string, ...run: Middleware<State>[]): this {
    return this.#route(["PUT"], path, run);
  }

  delete(path: string, ...run: Middleware<State>[]): this {
    return this.#route(["DELETE"], path, run);
  }

  patch(path: string, ...run: Middleware<State>[]): this {
    return this.#route(["PATCH"], path, run);
  }

  head(path: string, ...run: Middleware<State>[]): this {
    return this.#route(["HEAD"], path, run);
  }

  /** Answers every method. */
  all(path: string, ...run: Middleware<State>[]): this {
    return this.#route("ALL", path, run);
  }

  /** Adds a route as a file would describe it. */
  route(path: string, { component, handler, config }: Route<State>): this {
    const module = { default: component, handler, config } as RouteModule;
    const run = [routeHandler({ path, module })];
    return this.#route(methodsOf(module), config?.routeOverride ?? path, run);
  }

  /** Puts the file routes here, under `path`. */
  fsRoutes(path = "/"): this {
    return this.#add({ type: "files", path });
  }

  /** Answers what nothing else does. */
  notFound(run: Middleware<State>): this {
    return this.#add({ type: "notFound", path: "*", run: run as Middleware });
  }

  /** Shows what was thrown at a path or below; it is in `ctx.error`. */
  onError(path: string, run: Middleware<State>): this {
    return this.#add({ type: "error", path, run: run as Middleware });
  }

  /** The component around every page, outermost. */
  appWrapper(component: RouteComponent<never, State>): this {
    return this.#add({
      type: "appWrapper",
      path: "*",
      component: component as RouteComponent,
    });
  }

  /** A component around the pages at a path and below. */
  layout(
    path: string,
    component: RouteComponent<never, State>,
    config: LayoutConfig = {},
  ): this {
    return this.#add({
      type: "layout",
      path,
      component: component as RouteComponent,
      config,
    });
  }

  /** Puts all items of another app here, under `path`. */
  mountApp(path: string, app: App<State>): this {
    for (const item of insideOf(app).items) {
      this.#add({ ...item, path: joinPaths(path, item.path) });
    }
    return this;
  }

  /** A function that answers requests, as `Deno.serve` takes it. */
  handler(): Handler {
    let answer: ReturnType<typeof createRouter> | undefined;
    return async (request, info) => {
      const { items, build } = insideOf(this);
      answer ??= createRouter([...items], build);
      try {
        const input = toInput(request, this.config, info);
        if (!input) return new Response("Not Found", { status: 404 });
        const response = await answer(input);
        // What a GET would have sent is left as it is, read by nobody.
        return request.method === "HEAD"
          ? new Response(null, response)
          : response;
      } catch (error) {
        // Before any middleware: an address or a method that cannot be one.
        console.error(request.url, error);
        return new Response("Internal server error", { status: 500 });
      }
    };
  }

  /** Serves the app. */
  listen(
    options: Deno.ServeTcpOptions = {},
  ): Deno.HttpServer<Deno.NetAddr> {
    return Deno.serve(options, this.handler());
  }

  #route(
    methods: "ALL" | Method[],
    path: string,
    run: Middleware<State>[],
  ): this {
    return this.#add({
      type: "route",
      methods,
      path,
      run: run as Middleware[],
    });
  }

  #add(item: Item): this {
    insideOf(this).items.push(item);
    return this;
  }
}

/** Gives an app its build, before it answers a request. */
export function attachBuild<State>(app: App<State>, build: Build): void {
  insideOf(app).build = build;
  app.config.mode = build.mode;
  setBuildId(build.id);
  build.islands.forEach(registerIsland);
}

function insideOf<State>(app: App<State>): Inside {
  const inside = insides.get(app);
  if (!inside) {
    throw new TypeError(
      "Cannot use an app that another copy of this file made",
    );
  }
  return inside;
}
