/**
 * Paths of files as modules name them: with slashes on every system.
 *
 * @module
 */

import { basename as nameOf, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The last part of a path. */
export const basename = (path: string): string => nameOf(path);

/** The way from a folder to a file as an import needs it, with a dot first. */
export function importPath(folder: string, file: string): string {
  const path = relative(folder, file).replaceAll(sep, "/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** The path of a `file:` address. */
export const fromFileUrl = (url: URL): string => fileURLToPath(url);

/** The `file:` address of a path. */
export const toFileUrl = (path: string): URL => pathToFileURL(path);
