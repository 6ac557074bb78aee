/**
 * A hash of what a build is made of: equal sources make builds of one id, so
 * that addresses which name the build stay, browsers keep what they have, and
 * nothing is built twice.
 *
 * @module
 */
const ROOT = new URL("..", import.meta.url);
/** All that becomes bundles, style sheets, fonts, other files, and the list of them. */
const FOLDERS = [
  ...["access", "components", "core", "fresh", "ingest", "islands", "locales"],
  ...["outputs", "redis", "routes", "server", "static", "stores", "tasks"],
];
const FILES = ["deno.json", "deno.lock", "fresh.config.ts", "main.ts"];
/** What the build itself has written is made of the rest. */
const MADE = /^static\/(fonts\/|panel\.css|pages\.css|stream_worker\.js)/;

/** Twenty bytes in hexadecimal, like the name of a commit. */
export async function sourceHash(): Promise<string> {
  const paths = [...FILES];
  for (const folder of FOLDERS) await addFiles(folder, paths);
  const lines: string[] = [];
  for (const path of paths.sort()) {
    if (MADE.test(path) || /_test\.tsx?$|\.tmp$/.test(path)) continue;
    const bytes = await Deno.readFile(new URL(path, ROOT));
    lines.push(`${path} ${await hashOf(bytes)}\n`);
  }
  return await hashOf(new TextEncoder().encode(lines.join("")));
}

async function addFiles(folder: string, paths: string[]): Promise<void> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))
  ) {
    const path = `${folder}/${name}`;
    if (isDirectory) await addFiles(path, paths);
    else paths.push(path);
  }
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return hash.slice(0, 20).toHex();
}
