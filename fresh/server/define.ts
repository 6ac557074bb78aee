/**
 * Functions that give back what they are given, with the app's types on it.
 *
 * @module
 */

import type {
  HandlerByMethod,
  HandlerFn,
  Middleware,
  RouteComponent,
  RouteHandler,
} from "./types.ts";

/** The data that a route's handlers give to its page. */
type DataOf<Handler, State> = Handler extends HandlerFn<infer Data, State>
  ? Data
  : Handler extends HandlerByMethod<infer Data, State> ? Data
  : never;

/** What `createDefine()` gives. */
interface Define<State> {
  /** Handlers of a route: one function, or an object by method. */
  handlers<Data, Handler extends RouteHandler<Data, State>>(
    handlers: Handler & RouteHandler<Data, State>,
  ): Handler;
  /** A page; `define.page<typeof handler>` types its `data`. */
  page<
    Handler extends RouteHandler<unknown, State> = never,
    Data = DataOf<Handler, State>,
  >(page: RouteComponent<Data, State>): RouteComponent<Data, State>;
  /** A layout or an app wrapper. */
  layout(layout: RouteComponent<never, State>): RouteComponent<never, State>;
  /** A middleware. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(
    middleware: M & (Middleware<State> | Middleware<State>[]),
  ): M;
}

/** Helpers that type routes with the app's state. They do nothing when run. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (page) => page,
    layout: (layout) => layout,
    middleware: (middleware) => middleware,
  };
}
