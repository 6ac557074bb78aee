/**
 * What a request carries besides the public `ctx`: how its page is wrapped and
 * which build it belongs to. Kept out of `ctx`, as apps must not lean on it.
 *
 * @module
 */

import type { Build } from "./build.ts";
import type { Context } from "./context.ts";
import type { LayoutConfig, RouteComponent } from "./types.ts";

/** A layout with what it leaves out. */
export interface Layout {
  component: RouteComponent;
  config: LayoutConfig;
}

/** What a page is put into, outermost first. */
interface Wrappers {
  appWrapper: RouteComponent | null;
  layouts: Layout[];
}

/** How pages of one request are made. */
export interface Scope extends Wrappers {
  build: Build;
  /** The app's wrapper, whether or not this page leaves it out. */
  app: RouteComponent | null;
  /** Set by `csp()`: written on inline scripts and styles. */
  nonce: string | null;
  /** Whether a page was rendered, which `csp()` asks afterwards. */
  rendered: boolean;
}

const scopes = new WeakMap<object, Scope>();

/** Gives a request its scope, once, before anything runs. */
export function setScope(ctx: Context, scope: Scope): void {
  scopes.set(ctx, scope);
}

/** The scope of a request. */
export function scopeOf<State>(ctx: Context<State>): Scope {
  const scope = scopes.get(ctx);
  if (!scope) throw new Error("Cannot render: this context serves no request");
  return scope;
}

/** What is left once layouts have had their say on those above them. */
export function effectiveLayouts(
  layouts: Layout[],
  appWrapper: RouteComponent | null,
): Wrappers {
  const first = layouts.findLastIndex(({ config }) =>
    config.skipInheritedLayouts
  );
  const left = layouts.slice(Math.max(0, first));
  const skipsApp = left.some(({ config }) => config.skipAppWrapper);
  return { layouts: left, appWrapper: skipsApp ? null : appWrapper };
}
