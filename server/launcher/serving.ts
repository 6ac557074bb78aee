/**
 * How a package runs the program: with the rights that `deno task serve` gives
 * it, and no other.
 *
 * @module
 */
import config from "@/deno.json" with { type: "json" };

/** The bundled program, from its folder: what it serves is found from there. */
export const PROGRAM = "_fresh/program.js";

/**
 * Arguments of Deno that serve, run in the program's folder.
 *
 * @param data The data folder as a permission names it.
 * @param port Where it listens.
 */
export function servingArguments(data: string, port: number): string[] {
  return [
    "run",
    ...["--no-config", "--no-remote", "--no-npm", "--cached-only"],
    ...config.unstable.map((name) => `--unstable-${name}`),
    ...["--no-prompt", "--allow-net", "--allow-env"],
    ...[`--allow-read=.,${data}`, `--allow-write=${data}`],
    "--allow-sys=networkInterfaces,hostname",
    ...[PROGRAM, "--port", String(port)],
  ];
}
