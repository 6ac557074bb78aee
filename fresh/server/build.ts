/**
 * What a build gives to an app: its file routes, its islands and its files.
 *
 * @module
 */

import type { RouteModule } from "./types.ts";

/** A file that may be served. */
export interface StaticFile {
  /** Strong entity tag, with quotes. */
  etag: string;
  /** Whether its address changes with its content. */
  immutable: boolean;
  /** Bytes in memory, or the place of the file. */
  content: Uint8Array<ArrayBuffer> | URL;
}

/** One island module and what the browser loads for it. */
export interface IslandModule {
  module: Record<string, unknown>;
  /** Name of the file, for messages. */
  name: string;
  /** Address of its bundle, under the base path. */
  script: string;
  /** Addresses of what the bundle imports, directly or not. */
  chunks: string[];
}

/** A file of the routes folder, by its path in it. */
export interface RouteFile {
  path: string;
  module: RouteModule;
}

/** Everything that `fsRoutes()`, islands and `staticFiles()` need. */
export interface Build {
  id: string;
  routes: RouteFile[];
  islands: IslandModule[];
  /** By path, such as `/styles.css`. Nothing else is served. */
  files: Map<string, StaticFile>;
  /** The boot script and its chunks; the first is the script. */
  boot: string[];
  /** More scripts for every page, such as the one that reloads it. */
  scripts: string[];
  mode: "development" | "production";
  /** Only in development: answers with an error and its place. */
  showError?: (error: unknown, request: Request) => Promise<Response>;
}

/** The build of an app that has none: no files, no islands. */
export const EMPTY_BUILD: Build = {
  id: "",
  routes: [],
  islands: [],
  files: new Map(),
  boot: [],
  scripts: [],
  mode: "production",
};
