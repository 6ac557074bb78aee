/**
 * Finds the files of a project: routes, islands and static files.
 *
 * @module
 */

import { basename, join, sep } from "node:path";
import type { BuilderPlan } from "./options.ts";

/** A file by its absolute place and its path in the folder looked at. */
export interface FoundFile {
  file: string;
  /** With slashes on every system. */
  path: string;
}

/** What a project consists of. */
export interface Project {
  routes: FoundFile[];
  islands: FoundFile[];
  statics: FoundFile[];
}

const CODE = /\.[jt]sx?$/;

/**
 * @throws {Error} If two islands have the same name, whatever their folders
 * and however it is written: `my-timer` and `MyTimer` are one name.
 */
export async function scan(plan: BuilderPlan): Promise<Project> {
  const find = async (folder: string) => {
    const files = await Array.fromAsync(walk(folder, folder));
    return files
      .filter(({ file }) => !plan.ignore.some((pattern) => pattern.test(file)))
      .sort((a, b) => a.path < b.path ? -1 : 1);
  };
  const inRoutes = (await find(plan.routeDir))
    .filter(({ path }) => CODE.test(path));
  const beside = (path: string) => /(^|\/)\(_islands\)\//.test(path);
  const islands = [
    ...(await find(plan.islandDir)).filter(({ path }) => CODE.test(path)),
    ...inRoutes.filter(({ path }) => beside(path)),
  ];
  refuseTwins(islands);
  return {
    routes: inRoutes.filter(({ path }) => !/(^|\/)\(_[^/]*\)\//.test(path)),
    islands,
    statics: await find(plan.staticDir),
  };
}

/** The name of an island: its file's name in PascalCase. */
export function islandName({ path }: FoundFile): string {
  return basename(path).replace(CODE, "")
    .replace(/(?:^|[-_])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function refuseTwins(islands: FoundFile[]): void {
  const known = new Map<string, string>();
  for (const island of islands) {
    const name = islandName(island);
    const twin = known.get(name);
    if (twin) {
      throw new Error(
        `Cannot build: the islands "${twin}" and "${island.file}" have one name`,
      );
    }
    known.set(name, island.file);
  }
}

/** All files below a folder but hidden ones and links that lead out of it. */
async function* walk(top: string, folder: string): AsyncGenerator<FoundFile> {
  for await (const entry of readFolder(folder)) {
    if (entry.name.startsWith(".")) continue;
    const file = join(folder, entry.name);
    const { isDirectory, isFile } = entry.isSymlink
      ? await linked(top, file)
      : entry;
    if (isDirectory) yield* walk(top, file);
    if (isFile) {
      yield { file, path: file.slice(top.length + 1).replaceAll(sep, "/") };
    }
  }
}

/** Entries of a folder; none if there is no such folder. */
async function* readFolder(folder: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** What a link leads to; nothing if that lies outside, or is a folder. */
async function linked(top: string, link: string) {
  const nothing = { isDirectory: false, isFile: false };
  try {
    const target = await Deno.realPath(link);
    const inside = target.startsWith(await Deno.realPath(top) + sep);
    const { isFile } = await Deno.stat(target);
    return inside ? { isDirectory: false, isFile } : nothing;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return nothing; // leads nowhere
    throw error;
  }
}
