/**
 * Small projects in temporary folders, for tests of builds.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A project that is removed at the end of its block (`await using`). */
export interface TestProject extends AsyncDisposable {
  root: string;
  /** Writes a file in the project. */
  write(path: string, content: string): Promise<void>;
}

const repository = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A project with this repository's `deno.json`, packages and `fresh` folder.
 *
 * @param files Contents by path.
 */
export async function testProject(
  files: Record<string, string>,
): Promise<TestProject> {
  // Browsers and esbuild name files by their real paths.
  const root = await Deno.realPath(await Deno.makeTempDir());
  const write = async (path: string, content: string) => {
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await Deno.writeTextFile(join(root, path), content);
  };
  const config = JSON.parse(
    await Deno.readTextFile(join(repository, "deno.json")),
  );
  await write(
    "deno.json",
    JSON.stringify({ ...config, nodeModulesDir: "manual", lock: false }),
  );
  for (const folder of ["fresh", "node_modules"]) {
    await Deno.symlink(join(repository, folder), join(root, folder));
  }
  for (const [path, content] of Object.entries(files)) {
    await write(path, content);
  }
  return {
    root,
    write,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}
