/**
 * What an app was told, in order, as data. The router reads it once.
 *
 * @module
 */

import type {
  LayoutConfig,
  Method,
  Middleware,
  RouteComponent,
} from "./types.ts";

/** One call on an app, for `path` and what lies below it. */
export type Item =
  & { path: string }
  & (
    | { type: "middleware"; run: Middleware[] }
    | { type: "route"; methods: "ALL" | Method[]; run: Middleware[] }
    | { type: "layout"; component: RouteComponent; config: LayoutConfig }
    | { type: "appWrapper"; component: RouteComponent }
    | { type: "error"; run: Middleware }
    | { type: "notFound"; run: Middleware }
    | { type: "files" }
  );
