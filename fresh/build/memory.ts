/**
 * Keeps a build in memory, for tests and development.
 *
 * @module
 */

import type { Build, StaticFile } from "../server/build.ts";
import { toFileUrl } from "./file_paths.ts";
import { type FoundFile, islandName } from "./scan.ts";
import { etagOf } from "./static_list.ts";
import type { BuildParts } from "./write.ts";

/** Loads routes and islands and makes a build of them. */
export async function memoryBuild(
  { id, project, statics, bundle }: BuildParts,
): Promise<Build> {
  const files = new Map<string, StaticFile>();
  for (const { path, file, etag } of statics) {
    files.set(`/${path}`, { etag, immutable: false, content: toFileUrl(file) });
  }
  for (const [path, content] of bundle.files) {
    files.set(path, { etag: await etagOf(content), immutable: true, content });
  }
  return {
    id,
    files,
    boot: bundle.boot,
    scripts: bundle.reload?.slice(0, 1) ?? [],
    mode: bundle.reload ? "development" : "production",
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

async function load({ file }: FoundFile): Promise<Record<string, unknown>> {
  return await import(toFileUrl(file).href);
}
