/**
 * The program as few files, which start sooner than a thousand: what it always
 * needs in one, and beside it what is loaded when it is used. They lie in
 * `_fresh/`, since the paths of the build are relative to it.
 *
 * @module
 */
import * as esbuild from "esbuild";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importMap } from "@/fresh/build/import_map.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const OUT = join(ROOT, "_fresh");

/** Packages that were written for Node ask for its modules by `require`. */
const REQUIRE =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** What packages use where it happens to be installed. */
const NOT_HERE = [
  ...["@node-rs/xxhash", "@opentelemetry/api", "supports-color"],
  ...["bufferutil", "utf-8-validate"],
];

/** Deno knows Node's own modules by their full names where it has no packages. */
const fullNames: esbuild.Plugin = {
  name: "full-names",
  setup(build) {
    const names = builtinModules.map((name) => name.replaceAll("/", "\\/"));
    const filter = new RegExp(`^(${names.join("|")})$`);
    build.onResolve({ filter }, ({ path }) => ({
      path: path.startsWith("node:") ? path : `node:${path}`,
      external: true,
    }));
  },
};

/**
 * What zod says of bad input is wanted in English alone; its other fifty
 * languages are half a megabyte that every start would read.
 */
const oneLanguage: esbuild.Plugin = {
  name: "one-language",
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** What an earlier build has left. */
async function removeOld(): Promise<void> {
  for await (const { name } of Deno.readDir(OUT)) {
    if (/^program.*\.js$/.test(name)) await Deno.remove(join(OUT, name));
  }
}

/**
 * Makes `_fresh/program.js`; the rest of the build must be there. The real Fresh
 * is no file of this machine that could be bundled: there it is only started.
 */
export async function makeProgram(): Promise<void> {
  await removeOld();
  const { links } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  if (links) await bundleProgram();
  else {
    const start = 'import "../server/start.ts";\n';
    await Deno.writeTextFile(join(OUT, "program.js"), start);
  }
}

async function bundleProgram(): Promise<void> {
  await esbuild.build({
    entryPoints: [{ in: join(ROOT, "server/start.ts"), out: "program" }],
    absWorkingDir: ROOT,
    outdir: OUT,
    bundle: true,
    splitting: true,
    chunkNames: "program-[hash]",
    format: "esm",
    platform: "node",
    target: "esnext",
    conditions: ["deno"],
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    tsconfigRaw: {},
    banner: { js: REQUIRE },
    external: NOT_HERE,
    plugins: [fullNames, oneLanguage, await importMap(ROOT)],
    logLevel: "warning",
  });
  await esbuild.stop();
}
