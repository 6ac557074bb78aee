/**
 * Prints where esbuild's program lies, the only one that the build may run.
 *
 * @module
 */
import "esbuild"; // installs it, where nothing is yet
import { createRequire } from "node:module";
import { relative } from "node:path";
import { arch, platform } from "node:process";

const { resolve } = createRequire(import.meta.resolve("esbuild"));
const file = platform === "win32" ? "esbuild.exe" : "bin/esbuild";
const path = resolve(`@esbuild/${platform}-${arch}/${file}`);
console.log(`./${relative(Deno.cwd(), path)}`);
