/**
 * Asks an app without a server, and makes builds without files.
 *
 * @module
 */

import { type App, attachBuild } from "../server/app.ts";
import { type Build, EMPTY_BUILD } from "../server/build.ts";
import type { RouteModule } from "../server/types.ts";

/** An answer, read to its end. */
interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

/** Sends one request to an app. */
export async function ask<State>(
  app: App<State>,
  path: string,
  init?: RequestInit,
): Promise<Answer> {
  const request = new Request(`http://localhost${path}`, init);
  const response = await app.handler()(request);
  const { status, headers } = response;
  return { status, headers, body: await response.text() };
}

/** Gives an app route files by path, and other parts of a build. */
export function withRoutes<State>(
  app: App<State>,
  modules: Record<string, RouteModule>,
  more: Partial<Build> = {},
): App<State> {
  const routes = Object.entries(modules).map(([path, module]) => ({
    path,
    module,
  }));
  attachBuild(app, { ...EMPTY_BUILD, routes, ...more });
  return app;
}

/** The page's content without the doctype. */
export function content({ body }: Answer): string {
  return body.replace("<!DOCTYPE html>", "");
}
