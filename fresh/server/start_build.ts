/**
 * What `_fresh/server.js` calls: puts a written build into the app.
 *
 * @module
 */

import { type App, attachBuild } from "./app.ts";
import type { IslandModule, RouteFile, StaticFile } from "./build.ts";
import type { Handler } from "./types.ts";

/** What is written as `_fresh/build.json`. */
export interface Manifest {
  id: string;
  boot: string[];
  /** By the order in which the islands are given. */
  islands: { name: string; scripts: string[] }[];
  /** Static files and bundles; `file` is relative to the written build. */
  files: { path: string; file: string; etag: string; immutable: boolean }[];
}

/** What the generated module knows. */
interface WrittenBuild {
  /** Address of the generated module. */
  url: string;
  manifest: Manifest;
  /** The module that exports `app`: it has run before this one. */
  main: { app: App };
  routes: RouteFile[];
  /** Island modules, in the order of the manifest. */
  islands: Record<string, unknown>[];
}

/**
 * Serves a written build. The generated module imports the app's, so that a
 * module which waits for its own server at the top waits for ever.
 */
export function startBuild(written: WrittenBuild): { fetch: Handler } {
  const { url, manifest, main: { app }, routes, islands } = written;
  attachBuild(app, {
    id: manifest.id,
    routes,
    islands: manifest.islands.map(({ name, scripts }, i): IslandModule => {
      const [script = "", ...chunks] = scripts;
      return { name, module: islands[i] ?? {}, script, chunks };
    }),
    files: new Map(manifest.files.map((listed): [string, StaticFile] => {
      const { path, file, etag, immutable } = listed;
      return [path, { etag, immutable, content: new URL(file, url) }];
    })),
    boot: manifest.boot,
    scripts: [],
    mode: "production",
  });
  return { fetch: app.handler() };
}
