/**
 * Calls pages, layouts and the app wrapper, and puts one inside the other.
 *
 * @module
 */

import { type ComponentChildren, type ComponentType, h } from "preact";
import type { Context } from "./context.ts";
import { scopeOf } from "./scope.ts";
import type { PageProps, RouteComponent } from "./types.ts";

/** Puts content into the layouts and the app wrapper of a request's place. */
export async function wrap(
  ctx: Context,
  content: ComponentChildren,
): Promise<ComponentChildren | Response> {
  const { layouts, appWrapper } = scopeOf(ctx);
  const wrappers = layouts.map((layout) => layout.component);
  if (appWrapper) wrappers.unshift(appWrapper);

  let wrapped = content;
  for (const wrapper of wrappers.reverse()) {
    const inner = wrapped;
    const outer = await callComponent(ctx, wrapper, { Component: () => inner });
    if (outer instanceof Response) return outer;
    wrapped = outer;
  }
  return wrapped;
}

/**
 * An element of a page or layout. An async one is called here and may answer
 * with a response; any other is left to Preact, so that it may use hooks.
 */
export async function callComponent(
  ctx: Context,
  component: RouteComponent,
  more: Partial<Pick<PageProps, "data" | "Component">>,
): Promise<ComponentChildren | Response> {
  const { config, error, info, isPartial, params, req, route, state, url } =
    ctx;
  const props: PageProps = {
    ...{ config, error, info, isPartial, params, req, route, state, url },
    data: undefined,
    Component: () => null,
    ...more,
  };
  if (component.constructor.name !== "AsyncFunction") {
    return h(component as ComponentType<PageProps>, props);
  }
  // An async page may answer too, so it is given all of `ctx`.
  return await component(Object.assign(Object.create(ctx), props));
}
