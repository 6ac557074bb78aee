/**
 * A module as one file, which needs no folder of packages beside it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { run } from "./tool.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * A module and all that it imports, as one module.
 *
 * @param entry Its path from the project's folder.
 * @throws {Error} If it cannot be bundled.
 */
export async function bundled(entry: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/bundle.js`;
    await run(
      Deno.execPath(),
      ["bundle", "--quiet", "--platform", "deno", "--output", path, entry],
      "",
      { cwd: fileURLToPath(ROOT) },
    );
    return await Deno.readFile(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
