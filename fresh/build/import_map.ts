/**
 * Lets esbuild find what `deno.json` names: files of the project, and npm
 * packages in `node_modules`.
 *
 * @module
 */

import type { Plugin } from "esbuild";
import { dirname, join } from "node:path";

/** Names and what they stand for. */
type Imports = Record<string, string>;

/** Resolves imports by the `deno.json` in `root` or the nearest above it. */
export async function importMap(root: string): Promise<Plugin> {
  const { folder, imports } = await readConfig(root);
  return {
    name: "import-map",
    setup(build) {
      build.onResolve({ filter: /^[^./]|^@\// }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData === PASSED) return;
        const target = lookUp(imports, args.path);
        if (target?.startsWith(".")) return { path: join(folder, target) };
        const name = (target ?? args.path).replace(NPM, "$1$2");
        // What the project names is one for all who import it: one Preact.
        const from = target === undefined ? args.resolveDir : folder;
        const { kind } = args;
        const how = { kind, resolveDir: from, pluginData: PASSED };
        return await build.resolve(name, how);
      });
    },
  };
}

const PASSED = Symbol("passed on to esbuild");

/** `npm:preact@10.29.8/hooks` is `preact` and `/hooks`. */
const NPM = /^npm:\/?((?:@[^/]+\/)?[^/@]+)(?:@[^/]+)?(\/.*)?$/;

/** `jsr:@scope/name@1.2.3/part` is `@scope/name` and `/part`. */
const JSR = /^jsr:(@[^/]+\/[^/@]+)(?:@[^/]+)?(\/.*)?$/;

async function readConfig(
  root: string,
): Promise<{ folder: string; imports: Imports }> {
  for (let folder = root;; folder = dirname(folder)) {
    try {
      const text = await Deno.readTextFile(join(folder, "deno.json"));
      const { imports = {}, links = [] } = JSON.parse(text);
      return { folder, imports: await linked(folder, imports, links) };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      if (dirname(folder) === folder) {
        throw new Error(`Cannot bundle: no deno.json in "${root}" or above`);
      }
    }
  }
}

/** The same, where a folder beside the project stands for a package of JSR. */
async function linked(
  folder: string,
  imports: Imports,
  links: string[],
): Promise<Imports> {
  const found = { ...imports };
  for (const link of links) {
    const text = await Deno.readTextFile(join(folder, link, "deno.json"));
    const { name, exports } = JSON.parse(text);
    for (const [key, target] of Object.entries(imports)) {
      const [, its, part = ""] = JSR.exec(target) ?? [];
      const file = its === name && exports[`.${part}`];
      if (file) found[key] = `./${join(link, file)}`;
    }
  }
  return found;
}

/** A name itself, or the longest `folder/` that it begins with. */
function lookUp(imports: Imports, name: string): string | undefined {
  if (Object.hasOwn(imports, name)) return imports[name];
  const prefix = Object.keys(imports)
    .filter((key) => key.endsWith("/") && name.startsWith(key))
    .sort((a, b) => b.length - a.length)[0];
  return prefix && imports[prefix] + name.slice(prefix.length);
}
