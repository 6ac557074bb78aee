/**
 * What a build is told, and the places that come of it.
 *
 * @module
 */

import { isAbsolute, join, resolve } from "node:path";

/** Options of a `Builder`. Folders are relative to `root`. */
export interface BuildOptions {
  /** Browsers to write for, as esbuild names them (`chrome103`). */
  target?: string | string[];
  /** Folder of the project (the current one). */
  root?: string;
  /** The module that exports `app` (`main.ts`). */
  serverEntry?: string;
  /** Where a build is written (`_fresh`). */
  outDir?: string;
  /** Files served as they are (`static`). */
  staticDir?: string;
  /** Islands besides those in `(_islands)` folders (`islands`). */
  islandDir?: string;
  /** File routes (`routes`). */
  routeDir?: string;
  /** Paths that are no routes, islands or static files. */
  ignore?: RegExp[];
  /** Source maps beside the bundles; in development they always are. */
  sourceMap?: { kind: boolean | "linked" | "inline" | "external" | "both" };
}

/** The options with absolute paths and defaults. */
export type BuilderPlan =
  & Required<Omit<BuildOptions, "sourceMap">>
  & Pick<BuildOptions, "sourceMap">;

/** Test files are no routes, wherever they lie. */
const TESTS = /[._]test\.[jt]sx?$/;

/** Fills in what was not said. */
export function planOf(options: BuildOptions): BuilderPlan {
  const root = resolve(options.root ?? Deno.cwd());
  const at = (path: string) => isAbsolute(path) ? path : join(root, path);
  return {
    root,
    target: options.target ?? "chrome103",
    serverEntry: at(options.serverEntry ?? "main.ts"),
    outDir: at(options.outDir ?? "_fresh"),
    staticDir: at(options.staticDir ?? "static"),
    islandDir: at(options.islandDir ?? "islands"),
    routeDir: at(options.routeDir ?? "routes"),
    ignore: [TESTS, ...options.ignore ?? []],
    ...(options.sourceMap && { sourceMap: options.sourceMap }),
  };
}
