/**
 * Paths of files as modules name them: with slashes on every system.
 *
 * @module
 */

import { basename as nameOf, relative as way, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The last part of a path. */
export const basename = (path: string): string => nameOf(path);

/** The way from a folder to a file, such as `islands/Timer.tsx`. */
export function relative(folder: string, file: string): string {
  return way(folder, file).replaceAll(sep, "/");
}

/** The same way as an import needs it, starting with a dot. */
export function importPath(folder: string, file: string): string {
  const path = relative(folder, file);
  return path.startsWith(".") ? path : `./${path}`;
}

/** The path of a `file:` address. */
export const fromFileUrl = (url: URL): string => fileURLToPath(url);

/** The `file:` address of a path. */
export const toFileUrl = (path: string): URL => pathToFileURL(path);
