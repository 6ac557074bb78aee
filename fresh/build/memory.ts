/**
 * Keeps a build in memory, for tests and development.
 *
 * @module
 */

import type { Build, StaticFile } from "../server/build.ts";
import { toFileUrl } from "./file_paths.ts";
import { type FoundFile, islandName } from "./scan.ts";
import { etagOf, type ListedFile } from "./static_list.ts";
import type { BuildParts } from "./write.ts";

/** Loads routes and islands and makes a build of them. */
export async function memoryBuild(
  { id, project, statics, bundle }: BuildParts,
  mode: Build["mode"],
): Promise<Build> {
  const files = new Map<string, StaticFile>();
  addStatics(files, statics);
  for (const [path, content] of bundle.files) {
    files.set(path, { etag: await etagOf(content), immutable: true, content });
  }
  return {
    id,
    files,
    mode,
    boot: bundle.boot,
    scripts: [],
    routes: await Promise.all(project.routes.map(async (found) => ({
      path: found.path,
      module: await load(found),
    }))),
    islands: await Promise.all(project.islands.map(async (found, i) => {
      const [script = "", ...chunks] = bundle.islands[i]!;
      const module = await load(found);
      return { name: islandName(found), module, script, chunks };
    })),
  };
}

/** Puts static files where they are served from. */
export function addStatics(
  files: Map<string, StaticFile>,
  statics: ListedFile[],
): void {
  for (const { path, file, etag } of statics) {
    files.set(`/${path}`, { etag, immutable: false, content: toFileUrl(file) });
  }
}

async function load({ file }: FoundFile): Promise<Record<string, unknown>> {
  return await import(toFileUrl(file).href);
}
