/**
 * The project as a host of programs has it: built, in a folder that nobody may
 * write.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./program.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** What is deployed: code and what the build made, nothing of a machine. */
const LEFT_OUT = new Set(["data", "docs", "node_modules", ".git", ".env"]);

/** A copy of the built project that nobody may write. */
export async function readOnlyCopy(): Promise<string> {
  await build();
  const folder = await Deno.makeTempDir({ prefix: "deployed-" });
  await copy(ROOT, folder);
  await Deno.symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await Deno.chmod(folder, 0o555);
  return folder;
}

async function copy(from: string, to: string): Promise<void> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (LEFT_OUT.has(name)) continue;
    const target = join(to, name);
    if (isFile) {
      await Deno.copyFile(join(from, name), target);
      await Deno.chmod(target, 0o444);
    } else if (isDirectory) {
      await Deno.mkdir(target);
      await copy(join(from, name), target);
      await Deno.chmod(target, 0o555);
    }
  }
}
