/**
 * Writes a build to disk: the bundles, a list of all files, and `server.js`,
 * which imports routes and islands where they are. All paths are relative, so
 * that the project may be moved.
 *
 * @module
 */

import { join } from "node:path";
import type { Manifest } from "../server/start_build.ts";
import { basename, fromFileUrl, importPath } from "./file_paths.ts";
import { islandName, type Project } from "./scan.ts";
import { etagOf } from "./static_list.ts";
import type { Bundle } from "./bundle.ts";
import type { BuilderPlan } from "./options.ts";
import type { ListedFile } from "./static_list.ts";

/** Everything a build consists of. */
export interface BuildParts {
  id: string;
  project: Project;
  statics: ListedFile[];
  bundle: Bundle;
}

const BUNDLE_FOLDER = "bundles";

/** Writes a build in the place of the one before. */
export async function writeBuild(
  plan: BuilderPlan,
  parts: BuildParts,
): Promise<void> {
  const folder = join(plan.outDir, BUNDLE_FOLDER);
  await removeFolder(folder);
  await Deno.mkdir(folder, { recursive: true });
  for (const [address, bytes] of parts.bundle.files) {
    await Deno.writeFile(join(folder, basename(address)), bytes);
  }
  await Deno.writeTextFile(
    join(plan.outDir, "build.json"),
    JSON.stringify(await manifestOf(plan, parts), null, 2),
  );
  await Deno.writeTextFile(
    join(plan.outDir, "server.js"),
    serverModule(plan, parts.project),
  );
}

async function removeFolder(folder: string): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function manifestOf(
  plan: BuilderPlan,
  { id, project, statics, bundle }: BuildParts,
): Promise<Manifest> {
  const listed = statics.map(({ file, path, etag }) => ({
    path: `/${path}`,
    file: urlPath(importPath(plan.outDir, file)),
    etag,
    immutable: false,
  }));
  const bundles = [...bundle.files].map(async ([path, bytes]) => ({
    path,
    file: `./${BUNDLE_FOLDER}/${basename(path)}`,
    etag: await etagOf(bytes),
    immutable: true,
  }));
  return {
    id,
    boot: bundle.boot,
    islands: project.islands.map((island, i) => ({
      name: islandName(island),
      scripts: bundle.islands[i]!,
    })),
    files: [...listed, ...await Promise.all(bundles)],
  };
}

/** Text of the module that serves the build. */
function serverModule(plan: BuilderPlan, project: Project): string {
  const at = (file: string) =>
    JSON.stringify(urlPath(importPath(plan.outDir, file)));
  const startBuild = fromFileUrl(
    new URL("../server/start_build.ts", import.meta.url),
  );
  const { routes, islands } = project;
  return `// Written by the build. Changes are lost with the next one.
import { startBuild } from ${at(startBuild)};
import manifest from "./build.json" with { type: "json" };
import * as main from ${at(plan.serverEntry)};
${lines(routes, ({ file }, i) => `import * as route${i} from ${at(file)};`)}
${lines(islands, ({ file }, i) => `import * as island${i} from ${at(file)};`)}

export default startBuild({
  url: import.meta.url,
  manifest,
  main,
  routes: [
${
    lines(routes, ({ path }, i) =>
      `    { path: ${JSON.stringify(path)}, module: route${i} },`)
  }
  ],
  islands: [${islands.map((_, i) => `island${i}`).join(", ")}],
});
`;
}

function lines<T>(items: T[], line: (item: T, i: number) => string): string {
  return items.map(line).join("\n");
}

/** A path written as part of an address: `[id].ts` needs no escape, `#` does. */
function urlPath(path: string): string {
  return path.replace(/[%#?]/g, encodeURIComponent);
}
