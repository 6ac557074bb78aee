/**
 * Bundles the islands for browsers: one module for each, and what they share
 * (Preact above all) once, in chunks of its own.
 *
 * @module
 */

import * as esbuild from "esbuild";
import { basename, fromFileUrl } from "./file_paths.ts";
import { importMap } from "./import_map.ts";
import type { BuilderPlan } from "./options.ts";
import { type FoundFile, islandName } from "./scan.ts";

/** Address of the folder of bundles. */
const BUNDLES = "/_fresh/";

/** Addresses of a module and of all it imports, the module first. */
type ScriptChain = string[];

/** What the browser is given. */
export interface Bundle {
  /** Files by address. Their names change with their content. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  boot: ScriptChain;
  /** In the order of the islands that were given. */
  islands: ScriptChain[];
}

/** How to bundle. */
interface BundleOptions {
  buildId: string;
  development: boolean;
}

const client = (file: string) =>
  fromFileUrl(new URL(`../client/${file}`, import.meta.url));

/** Bundles a project's islands. */
export async function bundle(
  plan: BuilderPlan,
  islands: FoundFile[],
  { buildId, development }: BundleOptions,
): Promise<Bundle> {
  const boot = { in: client("boot.ts"), out: "boot" };
  const islandEntries = islands.map((island) => ({
    in: island.file,
    out: islandName(island),
  }));
  const result = await runEsbuild({
    entryPoints: [boot, ...islandEntries],
    absWorkingDir: plan.root,
    outdir: plan.outDir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: plan.target,
    // Half the bytes of a text that is not Latin; modules are UTF-8 anyway.
    charset: "utf8",
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    minify: !development,
    sourcemap: plan.sourceMap?.kind ?? (development && "linked"),
    jsx: "automatic",
    jsxImportSource: "preact",
    tsconfigRaw: {},
    define: { FRESH_BUILD_ID: JSON.stringify(buildId) },
    plugins: [await importMap(plan.root)],
    metafile: true,
    write: false,
    logLevel: "silent",
  });

  const address = (file: string) => `${BUNDLES}${basename(file)}`;
  const chain = ({ out }: { out: string }): ScriptChain => {
    const [file] = Object.entries(result.metafile.outputs).find(
      ([file, { entryPoint }]) =>
        entryPoint !== undefined && basename(file).startsWith(`${out}-`),
    )!;
    return [...imported(result.metafile, file)].map(address);
  };
  return {
    files: new Map(result.outputFiles.map((file) => [
      address(file.path),
      new Uint8Array(file.contents),
    ])),
    boot: chain(boot),
    islands: islandEntries.map(chain),
  };
}

let running = 0;

/** Bundles, and ends esbuild's process, without which a program would go on. */
async function runEsbuild<Options extends esbuild.BuildOptions>(
  options: esbuild.SameShape<esbuild.BuildOptions, Options>,
): Promise<esbuild.BuildResult<Options>> {
  running++;
  try {
    return await esbuild.build(options);
  } finally {
    running--;
    if (running === 0) await esbuild.stop();
  }
}

/** A file and everything it imports at once, directly or not. */
function imported(
  { outputs }: esbuild.Metafile,
  file: string,
  known = new Set<string>(),
): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const { path, kind } of outputs[file]!.imports) {
    if (kind === "import-statement") {
      imported({ inputs: {}, outputs }, path, known);
    }
  }
  return known;
}
