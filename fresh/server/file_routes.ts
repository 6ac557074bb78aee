/**
 * Reads the routes folder as patterns: which address a file answers, and which
 * folders it lies in.
 *
 * @module
 */

import type { RouteFile } from "./build.ts";

/** Files that stand for something other than a route, by name. */
type SpecialFile =
  | "_app"
  | "_layout"
  | "_middleware"
  | "_error"
  | "_404";

const SPECIAL = ["_app", "_layout", "_middleware", "_error", "_404"];

/** A folder of the routes folder with its special files. */
export interface RouteFolder {
  /** Its path in the routes folder. */
  path: string;
  /** The address of the folder; groups leave no trace in it. */
  pattern: string;
  /** 0 for the routes folder itself. */
  depth: number;
  files: Partial<Record<SpecialFile, RouteFile>>;
}

/** A route file with its address. */
interface FileRoute {
  file: RouteFile;
  pattern: string;
  /** The folders it lies in, outermost first. */
  folders: RouteFolder[];
}

/** What a routes folder holds. */
interface FileRoutes {
  /** In the order in which they are to be tried. */
  routes: FileRoute[];
  folders: RouteFolder[];
}

/** Reads route files. @throws {Error} If two answer the same address. */
export function readFileRoutes(files: RouteFile[]): FileRoutes {
  const folders = new Map<string, RouteFolder>();
  const foldersOf = (path: string) => {
    const names = path.split("/").slice(0, -1);
    return ["", ...names].map((_, depth) => {
      const key = names.slice(0, depth).join("/");
      const folder = folders.get(key) ??
        { path: key, pattern: patternOf(key), depth, files: {} };
      folders.set(key, folder);
      return folder;
    });
  };

  const routes: FileRoute[] = [];
  for (const file of files) {
    const path = file.path.replace(/\.[jt]sx?$/, "");
    const name = path.split("/").at(-1)!;
    const chain = foldersOf(path);
    if (SPECIAL.includes(name)) {
      chain.at(-1)!.files[name as SpecialFile] = file;
    } else {
      const pattern = file.module.config?.routeOverride ?? patternOf(path);
      routes.push({ file, pattern, folders: chain });
    }
  }
  refuseTwins(routes);
  routes.sort((a, b) => compare(a.pattern, b.pattern));
  return { routes, folders: [...folders.values()] };
}

/**
 * The pattern of a file's path without its ending: `users/[id]` is
 * `/users/:id`.
 */
export function patternOf(path: string): string {
  let pattern = "";
  for (const part of path.split("/")) {
    if (part === "" || part === "index" || /^\(.*\)$/.test(part)) continue;
    const optional = /^\[\[(\w+)\]\]$/.exec(part);
    pattern += optional ? `{/:${optional[1]}}?` : "/" + part
      .replace(/\[\.\.\.(\w+)\]/g, ":$1*")
      .replace(/\[(\w+)\]/g, ":$1");
  }
  return pattern || "/";
}

/** Orders patterns so that the one that says more comes first. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((pattern) =>
    pattern.replaceAll("{/", "/{").split("/").slice(1)
  ) as [string[], string[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = weight(left[i]) - weight(right[i]);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : Number(a > b);
}

function weight(part: string | undefined): number {
  if (part === undefined) return 3; // the path ends here
  if (part.endsWith("*")) return 5;
  if (part.startsWith("{")) return 4;
  if (part.startsWith(":")) return part.slice(1).match(/\W/) ? 1 : 2;
  return part.includes(":") ? 1 : 0;
}

function refuseTwins(routes: FileRoute[]): void {
  const known = new Map<string, string>();
  for (const { file, pattern } of routes) {
    const shape = pattern.replaceAll(/:\w+/g, ":");
    const twin = known.get(shape);
    if (twin) {
      throw new Error(
        `Cannot route "${file.path}": "${twin}" answers ${pattern} too`,
      );
    }
    known.set(shape, file.path);
  }
}
